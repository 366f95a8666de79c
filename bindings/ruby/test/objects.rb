# frozen_string_literal: true

require "digest"
require "hazmat"

# Objects that implement interfaces of the library's, for tests that plan what they do.
module Objects
  # Lets a test put other methods in place of an object's own.
  module Planned
    def initialize(plan = {})
      @closed = 0
      plan.each { |name, does| define_singleton_method(name, &does) }
    end
  end

  # SHA-256, with a squeeze that gives nothing but zeros.
  class Sum
    include Planned

    attr_reader :closed

    def algorithm
      Hazmat::HashAlgorithm::SHA256
    end

    def update(data)
      state.update(data)
    end

    def finalize
      state.digest
    end

    def copy
      self.class.new.tap { |copy| copy.instance_variable_set(:@state, state.dup) }
    end

    def squeeze(length)
      "\0" * length
    end

    def close
      @closed += 1
    end

    private

    def state
      @state ||= Digest::SHA256.new
    end
  end

  # A cipher of one byte.
  class Xor
    include Planned

    attr_reader :closed

    def update(data)
      data.bytes.map { |byte| byte ^ 1 }.pack("C*")
    end

    def finalize
      ""
    end

    def close
      @closed += 1
    end
  end

  # The same with a tag that is always right.
  class SealedXor < Xor
    def authenticate_additional_data(data); end

    def tag
      "t" * 16
    end

    def finalize_with_tag(tag)
      raise Hazmat::InvalidTag, "mine is another" unless tag == self.tag

      ""
    end
  end

  # A backend that has SHA-256.
  class SumBackend
    include Planned

    attr_reader :name

    def initialize(name, plan = {})
      @name = name
      super(plan)
    end

    def description
      "Ruby's digest"
    end

    def provides?(which)
      which == Hazmat::Interface::HASH
    end

    def hash_supported?(algorithm)
      algorithm == Hazmat::HashAlgorithm::SHA256
    end

    def create_hash_ctx(_algorithm)
      Sum.new
    end
  end
end
