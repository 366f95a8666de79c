# frozen_string_literal: true

module Hazmat
  module Runtime
    # Tells callbacks and implementations when they are in a forked child.
    module Fork
      # Comes before Ruby's own _fork, which is what all forks call from Ruby 3.1 on.
      module Tell
        # Does what Process._fork does.
        def _fork
          pid = super
          Implementation.forked if pid.zero?
          pid
        end
      end

      # Comes before the fork methods themselves, for Ruby 3.0.
      module TellEach
        # Does what Process.fork does.
        def fork(&block)
          if block
            super() do
              Implementation.forked
              block.call
            end
          else
            pid = super()
            Implementation.forked if pid.nil?
            pid
          end
        end
      end

      # The same for Kernel#fork, which is private.
      module TellKernel
        include TellEach

        private :fork
      end

      # Tells them from now on.
      def self.watch
        Process.respond_to?(:_fork) ? come_before(Process.singleton_class, Tell) : watch_each
      end

      # Tells them from now on, where there is no _fork.
      def self.watch_each
        [Process.singleton_class, Kernel.singleton_class].each { |methods| come_before(methods, TellEach) }
        come_before(Kernel, TellKernel)
      end

      def self.come_before(methods, ours)
        methods.prepend(ours) unless methods < ours
      end
      private_class_method :come_before
    end
  end
end
