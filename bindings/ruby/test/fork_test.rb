# frozen_string_literal: true

require_relative "helper"

# A child goes on where its parent was, whatever the parent had done.
class ForkTest < HazmatTest
  PRELUDE = <<~RUBY.freeze
    include Hazmat
    ABC = "#{SHA256_OF_ABC}"
    def digest(backend = Hazmat.default_backend)
      backend.create_hash_ctx(HashAlgorithm::SHA256) { |context| context.update("abc") || context.finalize }.unpack1("H*")
    end

    # Runs the block in a child, which must end well.
    def child(&block)
      _, status = Process.wait2(fork(&block))
      abort "the child ended with \#{status}" unless status.success?
    end

    def check(truth)
      truth or abort "not so: \#{caller.first}"
    end
  RUBY

  def test_a_parent_that_only_loaded_the_library
    run_ruby("#{PRELUDE} 3.times { child { check digest == ABC } }; check digest == ABC")
  end

  def test_a_parent_that_used_it
    run_ruby("#{PRELUDE} check digest == ABC; 3.times { child { check digest == ABC; child { check digest == ABC } } }")
  end

  def test_a_parent_that_is_using_it
    run_ruby(<<~RUBY)
      #{PRELUDE}
      2.times { Thread.new { loop { Hazmat.default_backend.create_hash_ctx(4) { |c| c.update("x" * 300_000) } } } }
      5.times { child { check digest == ABC } }
    RUBY
  end

  def test_backends_survive_and_contexts_do_not
    run_ruby(<<~RUBY)
      #{PRELUDE}
      backend = Hazmat.default_backend
      context = backend.create_hash_ctx(HashAlgorithm::SHA256)
      context.update("a")
      child do
        check digest(backend) == ABC
        begin
          context.update("bc")
          abort "the context is alive"
        rescue StaleHandle => e
          check e.is_a?(InvalidHandle) && e.message.include?("fork")
        end
        context.close
        check context.closed?
      end
      context.update("bc")
      check context.finalize.unpack1("H*") == ABC
    RUBY
  end

  def test_a_child_ends_well_with_what_it_inherited
    run_ruby(<<~RUBY)
      #{PRELUDE}
      $contexts = Array.new(50) { Hazmat.default_backend.create_hash_ctx(4) }
      child { GC.start }
      child { $contexts = nil; GC.start; check digest == ABC }
      child { exit!(true) }
    RUBY
  end

  def test_registrations_survive
    run_ruby(<<~RUBY)
      #{PRELUDE}
      backend = Hazmat.default_backend
      backend.register_cipher_adapter(0x80000000, CipherMode::CTR) do |its_backend, cipher, mode, _|
        its_backend.create_symmetric_encryption_ctx(ABI::Cipher.new(algorithm: CipherAlgorithm::AES, key: cipher.key), mode)
      end
      call = lambda do
        mode = ABI::Mode.new(mode: CipherMode::CTR, iv: "i" * 16)
        backend.create_symmetric_encryption_ctx(ABI::Cipher.new(algorithm: 0x80000000, key: "k" * 16), mode) do |context|
          context.update("x")
        end
      end
      expected = call.call
      child { check call.call == expected; child { check call.call == expected } }
    RUBY
  end

  def test_random_bytes_differ
    samples = run_ruby(<<~RUBY).split
      #{PRELUDE}
      Hazmat.random_bytes(16)
      8.times { child { $stdout.write(Hazmat.random_bytes(16).unpack1("H*"), "\\n") } }
    RUBY
    assert_equal [8, 8], [samples.size, samples.uniq.size]
  end
end
