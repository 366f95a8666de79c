# frozen_string_literal: true

require_relative "helper"
require "timeout"

# Ruby blocks that the library calls, here cipher adapters.
class CallbacksTest < HazmatTest
  # Adapters are for good, so each test takes a code of its own.
  def setup
    @code = PRIVATE_CODES.next
    backend
  end

  def register(mode = CipherMode::CTR, &adapter)
    backend.register_cipher_adapter(@code, mode, &adapter)
  end

  def create(&block)
    encryption(cipher(@code), mode(CipherMode::CTR), &block)
  end

  # What an adapter is most likely to do.
  def aes(its_backend, its_cipher, its_mode, operation)
    make = operation == Operation::ENCRYPT ? :create_symmetric_encryption_ctx : :create_symmetric_decryption_ctx
    its_backend.public_send(make, cipher(key: its_cipher.key), its_mode)
  end

  def test_an_adapter_makes_contexts
    refute backend.cipher_supported?(@code, CipherMode::CTR)
    assert_nil(register { |*arguments| aes(*arguments) })
    assert backend.cipher_supported?(@code, CipherMode::CTR)
    expected = encryption(cipher, mode(CipherMode::CTR)) { |context| context.update("message") }
    3.times { assert_equal(expected, create { |context| context.update("message") }) }
    assert_equal "message", decryption(cipher(@code), mode(CipherMode::CTR)) { |context| context.update(expected) }
  end

  def test_what_an_adapter_is_given
    given = nil
    register do |its_backend, its_cipher, its_mode, operation|
      given = [its_backend, its_backend.name, its_cipher.algorithm, its_cipher.key, its_mode.mode, its_mode.iv,
               operation]
      aes(its_backend, its_cipher, its_mode, operation)
    end
    create(&:finalize)
    assert_includes Hazmat.backend_names, given[1]
    assert_equal [@code, "k" * 16, CipherMode::CTR, "i" * 16, Operation::ENCRYPT], given.drop(2)
    # The backend was lent for the call.
    assert_predicate given[0], :closed?
    assert_fails(InvalidHandle) { given[0].name }
  end

  def test_a_cipher_without_a_mode
    seen = nil
    register(CipherMode::NONE) do |_, _, its_mode, _|
      seen = its_mode
      nil
    end
    assert_fails(UnsupportedCipher) { encryption(cipher(@code), nil) }
    assert_equal CipherMode::NONE, seen.mode
  end

  def test_the_library_owns_the_context
    before = ABI.live_handles
    made = nil
    register { |*arguments| made = aes(*arguments) }
    create do |context|
      assert_predicate made, :closed?
      assert_nil made.close
      assert_equal 1, context.update("x").bytesize
    end
    assert_equal before, ABI.live_handles
  end

  def test_answers_that_are_no_context
    answers = [nil, hmac, sha256.tap(&:close), FFI::Pointer.new(4096), "text", 42]
    errors = [UnsupportedCipher, InvalidArgument, InvalidHandle, InvalidArgument, TypeError, TypeError]
    register { answers.shift }
    errors.each { |error| assert_raises(error) { create } }
  end

  def test_a_pair_is_registered_once
    register { nil }
    assert_fails(AlreadyRegistered, /already registered/) { register { nil } }
    assert_fails(AlreadyRegistered) { backend.register_cipher_adapter(CipherAlgorithm::AES, CipherMode::CBC) { nil } }
    assert_fails(InvalidArgument) { backend.register_cipher_adapter(9999, CipherMode::CBC) { nil } }
    assert_equal "no block given (adapter)", assert_raises(ArgumentError) { register(CipherMode::OFB) }.message
    assert_raises(TypeError) { register(CipherMode::OFB, &42) }
  end

  def test_exceptions_come_out_as_they_were
    [KeyError.new("a key"), NotImplementedError.new, SystemExit.new(3), NoMemoryError.new, Exception.new("plain"),
     Interrupt.new(""), Hazmat::InvalidTag.new("of a call inside")].each do |exception|
      @code = PRIVATE_CODES.next
      register { raise exception }
      2.times { assert_same exception, assert_raises(exception.class) { create } }
    end
    assert_equal 32, sha256(&:finalize).bytesize
  end

  def test_an_exception_keeps_its_backtrace
    register { raise KeyError, "here" }
    line = __LINE__ - 1
    assert_match(/callbacks_test\.rb:#{line}:/, assert_raises(KeyError) { create }.backtrace.first)
  end

  def test_throws_go_on
    register { throw :out, 42 }
    assert_equal(42, catch(:out) { create })
    assert_raises(UncaughtThrowError) { create }
    tag = Object.new
    register(CipherMode::CFB) { catch(:inside) { throw :inside } || throw(tag) }
    assert_nil(catch(tag) { encryption(cipher(@code), mode(CipherMode::CFB)) })
  end

  def test_break_and_return_are_refused
    register { break }
    assert_raises(LocalJumpError) { create }
    @code = PRIVATE_CODES.next
    assert_match(/left by return/, assert_fails(Callback) { return_from_adapter }.message)
  end

  def return_from_adapter
    register { return }
    create
  end

  def test_timeouts_around_a_call
    register { sleep }
    assert_raises(Timeout::Error) { Timeout.timeout(0.05) { create } }
    assert_raises(KeyError) { Timeout.timeout(0.05, KeyError) { create } }
  end

  def test_timeouts_inside_a_callback
    outcome = nil
    register do |*arguments|
      Timeout.timeout(0.05) { sleep }
    rescue Timeout::Error
      outcome = :timed_out
      aes(*arguments)
    end
    create { |context| assert_equal 1, context.update("x").bytesize }
    assert_equal :timed_out, outcome
  end

  def test_a_thread_is_killed_once_the_call_is_back
    steps = Queue.new
    register do |*arguments|
      steps << :inside
      sleep 0.1
      steps << :through
      aes(*arguments)
    end
    thread = Thread.new do
      create
      steps << :never
    ensure
      steps << :ensured
    end
    assert_equal :inside, steps.pop
    thread.kill
    assert_same thread, thread.join(10)
    assert_equal %i[through ensured], Array.new(steps.size) { steps.pop }
    assert_equal 32, sha256(&:finalize).bytesize
  end

  def test_a_thread_that_ends_itself_inside
    register { Thread.exit }
    outcome = Thread.new do
      create
    rescue Callback => e
      e
    end.value
    assert_match(/Thread\.exit/, outcome.message)
  end

  def test_raising_in_a_thread_that_is_inside
    inside = Queue.new
    register { (inside << true) && sleep }
    thread = Thread.new do
      create
    rescue KeyError => e
      e.message
    end
    inside.pop
    thread.raise(KeyError, "from outside")
    assert_equal "from outside", thread.value
  end

  def test_callbacks_within_callbacks
    inner = PRIVATE_CODES.next
    register { |its_backend, _, its_mode, _| its_backend.create_symmetric_encryption_ctx(cipher(inner), its_mode) }
    backend.register_cipher_adapter(inner, CipherMode::CTR) { raise KeyError, "deep" }
    assert_raises(KeyError) { create }
    assert_raises(KeyError) { create }
  end

  # Go ends the process if a callback calls it on another stack.
  def test_calls_from_another_fiber_are_refused
    register { Fiber.new { sha256 }.resume }
    assert_match(/another Fiber/, assert_raises(FiberError) { create }.message)
    @code = PRIVATE_CODES.next
    register { Fiber.yield }
    suspended = Fiber.new { create }
    suspended.resume
    assert_raises(FiberError) { sha256 }
    garbage = Array.new(10) { Object.new } # a collection meanwhile frees nothing in Go
    GC.start
    assert_raises(KeyError) { suspended.raise(KeyError, "go on") }
    refute_nil garbage
    assert_equal 32, sha256(&:finalize).bytesize
  end

  def test_blocks_are_kept
    register { |*arguments| aes(*arguments) }
    GC.start
    GC.compact
    Array.new(1000) { "garbage" * 100 }
    create { |context| assert_equal 1, context.update("x").bytesize }
  end

  def test_threads_call_back_at_the_same_time
    register { |*arguments| aes(*arguments).tap { Thread.pass } }
    threads = Array.new(8) { Thread.new { Array.new(20) { create { |context| context.update("m") } } } }
    assert_equal 1, threads.flat_map(&:value).uniq.size
  end
end
