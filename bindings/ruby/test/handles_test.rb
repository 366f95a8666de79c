# frozen_string_literal: true

require_relative "helper"

# How long handles live, and what is left of them afterwards.
class HandlesTest < HazmatTest
  def setup
    backend
    GC.start
    @before = ABI.live_handles
  end

  def live
    ABI.live_handles - @before
  end

  def test_close_frees_once
    context = sha256
    assert_equal 1, live
    refute_predicate context, :closed?
    3.times { assert_nil context.close }
    assert_predicate context, :closed?
    assert_equal 0, live
  end

  def test_nothing_is_called_on_a_closed_handle
    context = sha256.tap(&:close)
    [-> { context.update("x") }, -> { context.finalize }, -> { context.copy }, -> { context.algorithm },
     -> { context.squeeze(1) }, -> { context.finalize_into("\0" * 32) }].each do |call|
      assert_equal "this Hazmat::HashContext is closed", assert_fails(InvalidHandle, &call).message
    end
    other = Hazmat.default_backend.tap(&:close)
    assert_fails(InvalidHandle) { other.name }
    refute_empty backend.name
  end

  def test_a_block_closes_whatever_happens
    inside = nil
    assert_equal 32, sha256 { |context| (inside = context).finalize }.bytesize
    assert_predicate inside, :closed?
    assert_raises(KeyError) { sha256 { |context| (inside = context) && raise(KeyError) } }
    assert_predicate inside, :closed?
    assert_equal(:thrown, catch(:out) { sha256 { |context| (inside = context) && throw(:out, :thrown) } })
    assert_predicate inside, :closed?
    sha256(&:close)
    assert_equal 0, live
  end

  def test_a_failed_call_leaves_no_handle
    100.times { assert_raises(UnsupportedHash) { backend.create_hash_ctx(9999) } }
    assert_equal 0, live
  end

  def test_the_collector_frees
    make(200)
    make(1) # over what the stack may still hold
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + 10
    GC.start until live < 20 || Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
    assert_operator live, :<, 20
  end

  def test_the_collector_leaves_what_is_in_use
    contexts = Array.new(50) { sha256 }
    make(200)
    GC.start
    GC.compact if GC.respond_to?(:compact)
    contexts.each { |context| assert_equal 32, context.finalize.bytesize }
    contexts.each(&:close)
  end

  def test_another_thread_may_close
    context = sha256
    Thread.new { context.close }.join
    assert_predicate context, :closed?
    assert_equal 0, live
  end

  def test_many_threads_close_once
    contexts = Array.new(200) { sha256 }
    Array.new(4) { Thread.new { contexts.each(&:close) } }.each(&:join)
    assert_equal 0, live
  end

  def test_handles_are_not_made_nor_copied_by_hand
    sha256 do |context|
      [-> { context.dup }, -> { context.clone }, -> { HashContext.make(1) }, -> { HashContext.allocate }].each do |call|
        assert_raises(NoMethodError, &call)
      end
      assert_raises(TypeError) { HashContext.new(nil) }
      assert_raises(TypeError) { Marshal.dump(context) }
    end
  end

  def test_inspect_says_little
    context = sha256
    assert_equal "#<Hazmat::HashContext>", context.inspect
    context.close
    assert_equal "#<Hazmat::HashContext (closed)>", context.inspect
  end

  def test_the_library_refuses_what_is_no_handle
    cell = "\0" * 8
    sha256 do |context|
      address = context.instance_variable_get(:@address)
      [1, 4096, address + 8, (1 << 63)].each do |number|
        assert_equal Status::ERR_INVALID_HANDLE, ABI::Native.hash_context_copy(number, cell)
        assert_equal Status::ERR_INVALID_HANDLE, ABI::Native.hash_context_free(number)
      end
      assert_equal Status::ERR_INVALID_HANDLE, ABI::Native.hmac_context_copy(address, cell)
      assert_equal Status::ERR_INVALID_HANDLE, ABI::Native.hmac_context_free(address)
    end
    assert_equal "\0" * 8, cell
  end

  def test_the_interpreter_ends_well_with_live_contexts
    run_ruby(<<~RUBY)
      backend = Hazmat.default_backend
      $kept = Array.new(100) { backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) }
      $kept.each { |context| context.update("x") }
      2.times { Thread.new { backend.create_hash_ctx(4) { |context| loop { context.update("x" * 1_000_000) } } } }
      at_exit { $kept.last.update("x") }
      sleep 0.05
    RUBY
    assert_equal "done", run_ruby("backend = Hazmat.default_backend; backend.create_hash_ctx(4); print :done; exit")
    run_ruby("Hazmat.default_backend.create_hash_ctx(4); exit!(0)")
  end

  private

  # In a method of its own, so that the stack holds none of them afterwards.
  def make(count)
    count.times { sha256 }
    nil
  end
end
