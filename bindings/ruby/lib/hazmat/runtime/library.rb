# frozen_string_literal: true

module Hazmat
  module Runtime
    # Extends the generated module of one library: opens it, checks that both are
    # of one ABI, and calls its functions.
    #
    # The functions are in two modules. A function of Native runs with Ruby's lock
    # held: that is cheap, and no other Ruby thread runs meanwhile. One of Blocking
    # lets go of the lock, for inputs so large that others should not wait.
    module Library
      include Arguments
      include Results
      include Answers
      include Statuses

      # From this many bytes on a call lets go of Ruby's lock: some 100 us of work,
      # beside which the 0.3 us that letting go costs is nothing.
      LARGE = 128 * 1024

      # The functions that every library has beside its API.
      OWN_FUNCTIONS = {
        error_message: [[], :string],
        set_error_message: [[:string], :void],
        load: [[], :uint32],
        live_handles: [[], :size_t],
        fix_signal_handlers: [[], :uint32]
      }.freeze

      # Opens the library.
      #
      # @param name [String] its name, such as "hazmat"
      # @param file [String] its file name
      # @param directory [String] where a library that comes with the gem lies
      # @param prefix [String] what its C names begin with
      # @param version [Integer] the ABI version to find
      # @param hash [String] the ABI hash to find
      # @param status [Module] the codes of its statuses
      # @param errors [Array<Class>] the exceptions of its failures
      # @raise [LoadError] if it cannot be loaded, or is of another ABI; the one
      #   line of text says what to do
      def open_library(name:, file:, directory:, prefix:, version:, hash:, status:, errors:)
        @prefix = prefix
        @status = status
        @errors = errors.to_h { |error| [error::STATUS, error] }
        @guarded = false
        location = Location.new(name, file, directory)
        location.check
        const_set(:Native, attachable(location))
        const_set(:Blocking, attachable(location))
        check_abi(location, version, hash)
        OWN_FUNCTIONS.each { |function, (types, result)| attach(self::Native, function, types, result) }
        Signals.watch(self)
      end

      # Attaches the functions of the API.
      #
      # @param table [Hash{Symbol => Array}] the types of each function's parameters
      def attach_functions(table)
        table.each do |function, types|
          attach(self::Native, function, types, :uint32)
          attach(self::Blocking, function, types, :uint32, blocking: true)
        end
        @snapshots = snapshots(table)
        self::Blocking.singleton_class.prepend(@snapshots)
        @functions = table.keys
      end

      # @param size [Integer] how many bytes a call works on
      # @param destination [String, FFI::MemoryPointer, nil] where it writes to, if
      #   that is the caller's. A String may be changed by any thread at any time,
      #   so Ruby's lock is kept while C writes to one.
      # @return [Module] the functions to call
      def native(size, destination = nil)
        size < LARGE || String === destination ? self::Native : self::Blocking
      end

      # @return [Integer] how many handles are alive in this process
      def live_handles
        self::Native.live_handles
      end

      # @return [FFI::Function] a block as a C function: see {Callbacks}
      def callback(types, &block)
        Callbacks.function(self, types, &block)
      end

      # Yields a C function that is to live as long as the process if the call that
      # the block makes succeeds.
      #
      # @return [Integer] the status of the call
      def keep(function)
        Callbacks::KEPT << function
        status = yield function
        Callbacks::KEPT.delete(function) unless status.zero?
        status
      end

      # Makes every call from now on fit for callbacks: other threads may run during
      # any of them.
      def guard_calls
        return if @guarded

        @guarded = true
        self::Native.singleton_class.prepend(@snapshots)
        guards = Callbacks.guards(@functions)
        [self::Native, self::Blocking].each { |functions| functions.singleton_class.prepend(guards) }
      end

      # @return [Boolean] whether calls may run callbacks
      def guarded?
        @guarded
      end

      private

      def attachable(location)
        Module.new do
          extend FFI::Library
          ffi_lib location.path
        end
      rescue ::LoadError => e
        raise location.failure(e.message)
      end

      def attach(functions, name, types, result, **options)
        functions.attach_function(name, :"#{@prefix}_#{name}", types, result, **options)
      end

      def check_abi(location, version, hash)
        attach(self::Native, :abi_version, [], :uint32)
        attach(self::Native, :abi_hash, [], :string)
        found = [self::Native.abi_version, self::Native.abi_hash]
        return if found == [version, hash]

        raise location.mismatch("has ABI version #{found[0]} and hash #{found[1]}, where this gem needs " \
                                "version #{version} and hash #{hash}")
      rescue FFI::NotFoundError
        raise location.mismatch("is another library: it has no #{@prefix}_abi_version")
      end

      # Where another thread may run, it may also change a String that C reads. So
      # Blocking is given copies; they share the bytes until somebody writes.
      def snapshots(table)
        Module.new do
          table.each do |function, types|
            inputs = types.each_index.select { |i| types[i] == :buffer_in }
            next if inputs.empty?

            define_method(function) do |*args|
              inputs.each { |i| args[i] = args[i].dup }
              super(*args)
            end
          end
        end
      end
    end
  end
end
