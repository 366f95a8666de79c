# frozen_string_literal: true

module Hazmat
  module Runtime
    # Puts the methods of a module before Kernel's own, and before those of the
    # same names of other modules. Kernel has each twice: as a private method of
    # every object and as a function of the module.
    def self.hook_kernel(hook, *others)
      [Kernel, *others].each { |target| target.singleton_class.prepend(hook) }
      Kernel.prepend(Module.new do
        include hook
        hook.instance_methods(false).each { |name| private name }
      end)
    end
  end
end
