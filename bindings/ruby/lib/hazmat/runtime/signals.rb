# frozen_string_literal: true

module Hazmat
  module Runtime
    # Keeps signal handlers fit for a process with a Go runtime in it.
    #
    # Go runs its threads on small stacks and needs SA_ONSTACK on every handler. It
    # adds that to the handlers that it finds when it starts, but Ruby's trap installs
    # each new one without it, and such a handler corrupts Go's memory. So the library
    # is asked to repair them after every trap.
    module Signals
      LIBRARIES = [] # rubocop:disable Style/MutableConstant
      private_constant :LIBRARIES

      # Comes before Ruby's own trap.
      module Repair
        # Does what Kernel#trap does.
        def trap(...)
          previous = super
          Signals.repair
          previous
        end
      end

      # Repairs the handlers for a library from now on.
      def self.watch(library)
        LIBRARIES << library
        Runtime.hook_kernel(Repair, Signal) unless Kernel < Repair
      end

      # Repairs all handlers now.
      def self.repair
        LIBRARIES.each { |library| library.check(library::Native.fix_signal_handlers) }
      end
    end
  end
end
