# frozen_string_literal: true

module Hazmat
  module Runtime
    # Ruby blocks that C calls.
    #
    # Between such a block and the Ruby code that made the call lie frames of C and
    # Go, and nothing may jump over them: no exception, throw or Thread#kill. So the
    # block's failure is kept, the library is told that the callback failed, and the
    # failure goes on once the call is back.
    #
    # Three things make that hold, all set up by the first callback, so that programs
    # without callbacks pay nothing: what comes from other threads (Thread#raise,
    # Timeout, Thread#kill) waits while frames of C are on the stack, but where a
    # block runs; throws are noted; and calls from another Fiber than the block's are
    # refused, because Go ends the process when it is called back on another stack.
    module Callbacks
      # The Fiber whose callback this thread is in.
      FIBER = :__hazmat_callback_fiber
      # The failure that waits for the call to be back: an exception, or the
      # arguments of a throw.
      FAILURE = :__hazmat_callback_failure
      # The arguments of the last throw.
      THROWN = :__hazmat_callback_thrown

      # Functions that C may call at any time from now on.
      KEPT = [] # rubocop:disable Style/MutableConstant
      # What waits until no callback is under way.
      WAITING = Queue.new

      # Notes what is thrown. Ruby tells nobody else: neither a rescue nor an ensure
      # clause sees the tag of a throw that passes, and Timeout throws.
      module NotedThrow
        def throw(*arguments)
          Thread.current.thread_variable_set(THROWN, arguments)
          super
        end
      end

      class << self
        # Makes a C function of a block.
        #
        # @param library [Library] the library that will call it
        # @param types [Array] the types of its parameters
        # @return [FFI::Function]
        def function(library, types, &block)
          note_throws
          library.guard_calls
          FFI::Function.new(:uint32, types) { |*arguments| run(library) { block.call(*arguments) } }
        end

        # Raises or throws what the callback of this thread failed with.
        def resume
          failure = Thread.current.thread_variable_get(FAILURE)
          Thread.current.thread_variable_set(FAILURE, nil)
          case failure
          when Array then throw(*failure)
          when Exception then raise failure
          end
        end

        # Calls the block, now or when the callback is over that is in the way.
        def when_callable(&block)
          callable? ? block.call : WAITING.push(block)
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

        # Makes a call that may run callbacks.
        def guard(&call)
          unless callable?
            raise FiberError, "a callback is under way in another Fiber of this thread, and must return first"
          end

          Thread.handle_interrupt(Object => :never, &call)
        end

        private

        def callable?
          fiber = Thread.current.thread_variable_get(FIBER)
          fiber.nil? || fiber.equal?(Fiber.current)
        end

        def note_throws
          Runtime.hook_kernel(NotedThrow) unless Kernel < NotedThrow
        end

        # Runs a callback and returns its status, whatever it does. Exceptions reach it
        # from other threads; a Thread#kill waits until the call is back.
        def run(library, &block)
          thread = Thread.current
          outer = thread.thread_variable_get(FIBER)
          thread.thread_variable_set(FIBER, Fiber.current)
          thread.thread_variable_set(THROWN, nil)
          begin
            Thread.handle_interrupt(Exception => :immediate, &block)
            returned = true
          rescue Exception => e # rubocop:disable Lint/RescueException -- an Interrupt, SystemExit and so on
            failure = e
          end
        ensure
          failure ||= left(library, thread) unless returned
          thread.thread_variable_set(FAILURE, failure)
          thread.thread_variable_set(FIBER, outer)
          WAITING.pop.call until outer || WAITING.empty?
          return conclude(library, failure) # rubocop:disable Lint/EnsureReturn -- it ends a throw
        end

        # Why a callback ended with neither a value nor an exception.
        def left(library, thread)
          thread.thread_variable_get(THROWN) ||
            library.error(library.status::ERR_CALLBACK, "a callback was left by return, break or Thread.exit")
        end

        def conclude(library, failure)
          return library.status::OK unless failure

          reason = failure.is_a?(Array) ? "threw" : "raised #{failure.class}"
          library::Native.set_error_message("a callback #{reason}")
          library.status::ERR_CALLBACK
        end
      end
    end
  end
end
