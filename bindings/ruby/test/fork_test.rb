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

  OWN = <<~RUBY.freeze
    #{PRELUDE}
    require "#{__dir__}/objects"
    include Objects
    LIVE = Runtime::Implementation::LIVE
    Hazmat.register_backend(SumBackend.new("mine"))
    mine, list = Hazmat.open_backend("mine"), Hazmat.open_backend("mine,native")
    check [digest(mine), digest(list)] == [ABC, ABC]
  RUBY

  def test_registered_backends_and_handles_to_them_survive
    run_ruby(<<~RUBY)
      #{OWN}
      2.times do
        child do
          check [digest(mine), digest(list), digest(Hazmat.open_backend("mine"))] == [ABC, ABC, ABC]
          child { check [digest(mine), digest(list)] == [ABC, ABC] }
        end
      end
      check [digest(mine), LIVE.size] == [ABC, 1]
    RUBY
  end

  def test_adapters_that_answer_objects_survive
    run_ruby(<<~RUBY)
      #{OWN}
      Hazmat.register_backend(other = SumBackend.new("other"))
      backend = Hazmat.open_backend("native")
      backend.register_cipher_adapter(0x80000000, CipherMode::NONE) { Xor.new }
      call = lambda do
        cipher = ABI::Cipher.new(algorithm: 0x80000000, key: "k")
        backend.create_symmetric_encryption_ctx(cipher, nil) { |context| context.update("a") + context.finalize }
      end
      check call.call == "`"
      child { check call.call == "`"; check LIVE.size == 2; child { check call.call == "`" } }
    RUBY
  end

  def test_objects_of_contexts_are_let_go_and_not_ended
    run_ruby(<<~RUBY)
      #{OWN}
      sum = Sum.new
      contexts = [HashContext.new(sum), mine.create_hash_ctx(HashAlgorithm::SHA256)]
      check LIVE.size == 3
      child do
        check [LIVE.size, sum.closed] == [1, 0]
        contexts.each do |context|
          context.update("x")
          abort "the context is alive"
        rescue StaleHandle
          context.close
        end
        check sum.closed == 0
        HashContext.new(Sum.new).close
      end
      contexts.each(&:close)
      check [LIVE.size, sum.closed] == [1, 1]
    RUBY
  end

  def test_calls_from_threads_that_are_not_rubys
    run_ruby(<<~RUBY)
      #{OWN}
      module Front
        extend FFI::Library
        ffi_lib ENV.fetch("HAZMAT_LIBRARY", "#{LIBRARY_FOLDER}/hazmat/lib/#{FRONT}")
        attach_function :pthread_create, %i[buffer_out pointer pointer size_t], :int
        attach_function :pthread_join, %i[size_t buffer_out], :int, blocking: true
        FREE = ffi_libraries.first.find_function("hz_hash_context_free")
      end
      call = lambda do
        sum = Sum.new
        address = HashContext.new(sum).give_away
        cell = "\\0" * 8
        check Front.pthread_create(cell, nil, Front::FREE, address).zero?
        check Front.pthread_join(cell.unpack1("J"), "\\0" * 8).zero?
        check sum.closed == 1
      end
      call.call
      child { call.call; child { call.call } }
    RUBY
  end

  # A backend is asked for its name while the front holds a lock.
  def test_threads_that_begin_at_the_same_time
    run_ruby(<<~RUBY)
      #{OWN}
      Hazmat.register_backend(SumBackend.new("slow", name: -> { (sleep 0.05) && "slow" }))
      child do
        threads = [-> { Hazmat.random_bytes(1 << 20) }, -> { digest }, -> { digest(mine) }].map { |call| Thread.new(&call) }
        threads.each(&:join)
      end
    RUBY
  end

  def test_a_name_that_fails_in_the_child
    run_ruby(<<~RUBY)
      #{OWN}
      parent = Process.pid
      Hazmat.register_backend(SumBackend.new("shy", name: -> { Process.pid == parent ? "shy" : raise("not here") }))
      shy = Hazmat.open_backend("shy")
      child do
        check digest(mine) == ABC
        begin
          digest(shy)
          abort "it is there"
        rescue StaleHandle
          check !Hazmat.backend_names.include?("shy")
        end
      end
      check digest(shy) == ABC
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
