# frozen_string_literal: true

require_relative "helper"

# The contract that every backend passes, written in Go, on backends written in Ruby. It
# calls from several threads of Go's, each of which Ruby serves with a thread of its own.
class ContractTest < HazmatTest
  CORE = File.expand_path("../../../build/test/libhazmat-core.so", __dir__)

  # Few algorithms of each kind: a new thread for each call takes its time.
  PRELUDE = <<~RUBY
    require "openssl_gem_backend"

    class Few < OpenSSLGemBackend
      def hash_supported?(algorithm)
        algorithm == Hazmat::HashAlgorithm::SHA256
      end

      alias hmac_supported? hash_supported?

      def aead_supported?(algorithm)
        algorithm == Hazmat::AEADAlgorithm::AES_GCM
      end

      def cipher_supported?(cipher, mode)
        cipher == Hazmat::CipherAlgorithm::AES &&
          [Hazmat::CipherMode::CBC, Hazmat::CipherMode::CTR, Hazmat::CipherMode::GCM].include?(mode)
      end
    end

    module Contract
      extend FFI::Library
      ffi_lib ENV.fetch("HAZMAT_CORE")
      attach_function :check, :hz_core_contract, %i[string buffer_out size_t], :size_t, blocking: true

      def self.failure(backend)
        Hazmat.register_backend(backend)
        text = "\\0" * 4000
        text.byteslice(0, check(backend.name, text, text.bytesize))
      end
    end
  RUBY

  def contract(program)
    assert_path_exists CORE, "run make build-contract"
    run_ruby(PRELUDE + program, { "HAZMAT_CORE" => CORE, "RUBYLIB" => __dir__ })
  end

  def test_a_backend_written_in_ruby_passes
    assert_equal "", contract(<<~RUBY)
      print Contract.failure(Few.new("few"))
      abort "not all was freed" unless [Hazmat::ABI.live_handles, Hazmat::Runtime::Implementation::LIVE.size] == [0, 1]
    RUBY
  end

  def test_one_that_breaks_it_is_found_out
    assert_match(/sha256/, contract(<<~RUBY))
      class Wrong < Few
        def create_hash_ctx(algorithm)
          super.tap { |context| context.update("!") }
        end
      end
      print Contract.failure(Wrong.new("wrong"))
    RUBY
  end

  def test_an_aead_that_breaks_it_is_found_out
    assert_match(/AES-GCM/, contract(<<~RUBY))
      class Wrong < Few
        def create_aead(...)
          super.tap { |aead| aead.define_singleton_method(:open) { |nonce, text, _| super(nonce, text, "other") } }
        end
      end
      print Contract.failure(Wrong.new("wrong"))
    RUBY
  end
end
