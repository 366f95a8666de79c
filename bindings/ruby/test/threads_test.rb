# frozen_string_literal: true

require_relative "helper"
require "timeout"

# Several threads at once, and what happens to a thread during a call.
class ThreadsTest < HazmatTest
  LARGE = ("\0" * (64 << 20)).freeze

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end

  def test_contexts_of_their_own
    expected = sha256 { |context| context.update("x" * 300_000) || context.finalize }
    digests = Array.new(8) do
      Thread.new { Array.new(10) { sha256 { |context| context.update("x" * 300_000) || context.finalize } } }
    end
    assert_equal [expected], digests.flat_map(&:value).uniq
  end

  def test_one_backend_serves_all
    assert_equal [backend.name], Array.new(8) { Thread.new { Array.new(50) { backend.name } } }.flat_map(&:value).uniq
  end

  def test_a_context_belongs_to_one_thread_at_a_time
    sha256 do |context|
      busy = during_update(context) do
        [assert_fails(Busy) { context.update("x") }, assert_fails(Busy) { context.close }]
      end
      assert_equal 2, busy.size
      refute_predicate context, :closed?
      assert_equal hex(sha256 { |other| other.update(LARGE) || other.finalize }), hex(context.finalize)
    end
  end

  def test_other_threads_go_on_during_large_inputs
    ticks = 0
    sha256 do |context|
      during_update(context) { |thread| (ticks += 1) && sleep(0.001) while thread.alive? }
    end
    assert_operator ticks, :>, 5
  end

  # A call that lets other threads run must not see what they change.
  def test_an_input_that_changes_meanwhile
    data = "\0" * LARGE.bytesize
    sha256 do |context|
      during_update(context, data) { |thread| data.replace("gone") && GC.start while thread.alive? }
      assert_equal hex(sha256 { |other| other.update(LARGE) || other.finalize }), hex(context.finalize)
    end
  end

  def test_killed_during_a_call
    sha256 do |context|
      during_update(context, &:kill)
      assert_equal 32, context.finalize.bytesize
    end
  end

  def test_timed_out_during_a_call
    sha256 do |context|
      assert_raises(Timeout::Error) { Timeout.timeout(0.001) { 100.times { context.update(LARGE) } } }
      assert_equal 32, context.finalize.bytesize
    end
  end

  def test_threads_that_come_and_go
    assert_equal [32] * 300, Array.new(300) { Thread.new { sha256(&:finalize).bytesize }.value }
  end

  def test_fibers
    fibers = Array.new(50) { Fiber.new { sha256 { |context| Fiber.yield || context.finalize } } }
    fibers.each(&:resume)
    assert_equal [32], fibers.map { |fiber| fiber.resume.bytesize }.uniq
  end

  private

  # Yields a thread while it is in an update of the context, and waits for it.
  def during_update(context, data = LARGE)
    started = Queue.new
    thread = Thread.new { started.push(true) && context.update(data) }
    started.pop
    sleep 0.001 until busy?(context) || !thread.alive?
    assert_predicate thread, :alive?
    yield thread
  ensure
    thread.join
  end

  def busy?(context)
    context.algorithm
    false
  rescue Busy
    true
  end
end
