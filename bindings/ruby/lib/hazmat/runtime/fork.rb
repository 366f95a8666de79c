# frozen_string_literal: true

module Hazmat
  module Runtime
    # Tells implementations when they are in a forked child.
    module Fork
      # Comes before Ruby's own _fork, which is what all forks call.
      module Tell
        # Does what Process._fork does.
        def _fork
          pid = super
          Implementation.forked if pid.zero?
          pid
        end
      end

      # Tells them from now on.
      def self.watch
        Process.singleton_class.prepend(Tell) unless Process.singleton_class < Tell
      end
    end
  end
end
