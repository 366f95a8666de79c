# frozen_string_literal: true

require_relative "helper"

# Go needs SA_ONSTACK on every signal handler, and Ruby sets it on none.
class SignalsTest < HazmatTest
  # Reads the flags of handlers in the host's own sigaction.
  module Libc
    extend FFI::Library
    ffi_lib FFI::Library::LIBC
    attach_function :sigaction, %i[int pointer pointer], :int
    # Handler, a mask of 1024 bits, flags: struct sigaction of glibc with 64 bits.
    FLAGS_OFFSET = 8 + 128
    SA_ONSTACK = 0x08000000

    def self.onstack?(signal)
      action = FFI::MemoryPointer.new(256)
      raise "sigaction failed" unless sigaction(Signal.list.fetch(signal), nil, action).zero?

      action.get_int(FLAGS_OFFSET).anybits?(SA_ONSTACK)
    end
  end

  def setup
    backend
    trap("USR1", "DEFAULT")
  end

  # One may still be on its way.
  def teardown
    trap("USR1", "IGNORE")
  end

  def test_handlers_are_repaired_however_they_are_set
    [-> { trap("USR1") { nil } }, -> { Signal.trap("USR1") { nil } }, -> { Kernel.trap("USR1") { nil } },
     -> { Object.new.instance_eval { trap("USR1", proc {}) } }].each do |set|
      trap("USR1", "DEFAULT")
      set.call
      assert Libc.onstack?("USR1")
    end
  end

  def test_trap_is_as_it_was
    first = proc {}
    assert_equal "DEFAULT", trap("USR1", first)
    assert_same first, trap("USR1", "IGNORE")
    assert_equal "IGNORE", Signal.trap("USR1", "DEFAULT")
    assert_raises(ArgumentError) { trap("NO SUCH SIGNAL") { nil } }
    assert_raises(SystemCallError) { trap("KILL") { nil } }
    assert_raises(NoMethodError) { Object.new.trap("USR1") { nil } }
  end

  def test_hashing_in_a_storm_of_signals
    seen = 0
    trap("USR1") { seen += 1 }
    stop = false
    sender = Thread.new { Process.kill("USR1", Process.pid) && sleep(0.0002) until stop }
    digests = Array.new(2) do
      Thread.new { Array.new(150) { sha256 { |context| context.update("x" * 300_000) || context.finalize } } }
    end
    assert_equal 1, digests.flat_map(&:value).uniq.size
    stop = true
    sender.join
    assert_operator seen, :>, 10
  end

  def test_a_trap_may_use_the_library
    result = nil
    trap("USR1") { result = sha256 { |context| context.update("abc") || context.finalize } }
    sha256 do |context|
      Process.kill("USR1", Process.pid)
      100.times { context.update("x" * 1000) }
      sleep 0.001 until result
      assert_equal SHA256_OF_ABC, hex(result)
      assert_equal 32, context.finalize.bytesize
    end
  end

  def test_an_interrupt_during_a_call
    errors = fail_ruby(<<~RUBY)
      Thread.new { sleep 0.05; Process.kill("INT", Process.pid) }
      begin
        Hazmat.default_backend.create_hash_ctx(4) { |context| loop { context.update("x" * 10_000_000) } }
      rescue Interrupt
        abort "interrupted"
      end
    RUBY
    assert_equal "interrupted\n", errors
  end
end
