# frozen_string_literal: true

module Hazmat
  module Runtime
    # Ruby code that C calls.
    #
    # Between such code and the Ruby code that made the call lie frames of C and Go,
    # and nothing may jump over them: no exception, throw or Thread#kill. So the
    # code's failure is kept, the library is told that the callback failed, and the
    # failure goes on once the call is back.
    #
    # Three things make that hold, all set up by the first callback, so that programs
    # without callbacks pay nothing: what comes from other threads (Thread#raise,
    # Timeout, Thread#kill) waits while frames of C are on the stack, but where the
    # user's code runs; throws are noted; and calls from another Fiber than the
    # callback's are refused, because Go ends the process when it is called back on
    # another stack.
    module Callbacks
      # The Fiber whose callback this thread is in.
      FIBER = :__hazmat_callback_fiber
      # What the callbacks of this thread's call failed with: an array of {Failure}, or
      # nil.
      FAILURES = :__hazmat_callback_failures
      # The arguments of the last throw.
      THROWN = :__hazmat_callback_thrown

      # What C may use at any time from now on.
      KEPT = [] # rubocop:disable Style/MutableConstant
      # What waits until no callback is under way, or until there is room on the stack.
      WAITING = Queue.new

      # Notes what is thrown. Ruby tells nobody else: neither a rescue nor an ensure
      # clause sees the tag of a throw that passes, and Timeout throws.
      module NotedThrow
        # Does what Kernel#throw does.
        def throw(*arguments)
          Thread.current.thread_variable_set(THROWN, arguments)
          super
        end
      end

      class << self
        # Makes a C function of a block, which answers a status.
        #
        # @param library [Library] the library that will call it
        # @param types [Array] the types of its parameters
        # @param result [Symbol] the type of its result
        # @return [FFI::Function]
        def function(library, types, result = :uint32, &block)
          note_throws
          library.guard_calls
          Fork.watch
          FFI::Function.new(result, types) { |*arguments| run(library) { block.call(*arguments) } }
        end

        # Makes callbacks from C's own threads work in a forked child. FFI serves them with
        # a thread that the child lacks; up to FFI 1.17.0 it starts one only when a
        # function is made.
        def forked
          FFI::Function.new(:void, []) { nil }
        end

        # Runs the user's part of a callback: what other threads raise comes in here,
        # and nowhere else.
        def ask(&code)
          Thread.handle_interrupt(Exception => :immediate, &code)
        end

        # Calls the block, now or when the callback is over that is in the way.
        def when_callable(&block)
          callable? ? block.call : WAITING.push(block)
        end

        # Calls what has waited, if nothing is in the way.
        def catch_up
          WAITING.pop.call until WAITING.empty? || !callable?
        end

        # @return [Module] methods that make calls fit for callbacks, to be put before
        #   the functions of these names
        def guards(names)
          Module.new do
            names.each do |name|
              define_method(name) { |*arguments| Callbacks.guard { super(*arguments) } }
            end
          end
        end

        # Makes a call that may run callbacks. What one of them failed with goes on
        # from here.
        #
        # @return [Integer] the status of the call
        def guard(&call)
          unless callable?
            raise FiberError, "a callback is under way in another Fiber of this thread, and must return first"
          end

          thread = Thread.current
          outer = thread.thread_variable_get(FAILURES)
          thread.thread_variable_set(FAILURES, nil) if outer
          begin
            Thread.handle_interrupt(Object => :never) { finish(thread, call.call) }
          ensure
            thread.thread_variable_set(FAILURES, outer)
            catch_up
          end
        end

        private

        def callable?
          fiber = Thread.current.thread_variable_get(FIBER)
          fiber.nil? || fiber.equal?(Fiber.current)
        end

        # Ends a call.
        def finish(thread, status)
          failures = thread.thread_variable_get(FAILURES)
          failures&.find { |failure| failure.ends?(status) }&.go_on
          status
        end

        def note_throws
          Runtime.hook_kernel(NotedThrow) unless Kernel < NotedThrow
        end

        # Runs a callback and returns its status, whatever it does. A Thread#kill waits
        # until the call is back.
        def run(library, &block)
          thread = Thread.current
          outer = thread.thread_variable_get(FIBER)
          thread.thread_variable_set(FIBER, Fiber.current)
          thread.thread_variable_set(THROWN, nil)
          begin
            status = Thread.handle_interrupt(Object => :never, &block)
          rescue Exception => e # rubocop:disable Lint/RescueException -- an Interrupt, SystemExit and so on
            cause = e
          end
        ensure
          status ||= failed(library, thread, cause || thread.thread_variable_get(THROWN))
          thread.thread_variable_set(FIBER, outer)
          return status # rubocop:disable Lint/EnsureReturn -- it ends a throw
        end

        # Tells the library of a failure, and keeps it for the call that this thread is
        # in. One of C's own threads is in none; Ruby forgets it after the callback.
        def failed(library, thread, cause)
          failure = Failure.new(library, cause)
          before = thread.thread_variable_get(FAILURES)
          thread.thread_variable_set(FAILURES, [*before, failure])
          failure.status
        end
      end
    end
  end
end
