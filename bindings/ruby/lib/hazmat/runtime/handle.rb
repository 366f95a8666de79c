# frozen_string_literal: true

module Hazmat
  module Runtime
    # A value that lives in the library. It is freed once: by {#close}, at the end of
    # a block, or by the garbage collector.
    class Handle
      NO_ADDRESS = "\0\0\0\0\0\0\0\0"
      private_constant :NO_ADDRESS

      # Frees what is in a cell, once. It is a finalizer, so it must not refer to the
      # handle.
      class Owner
        # @return [String] where the address is; zero if there is none to free
        attr_reader :cell

        def initialize(functions, free)
          @functions = functions
          @free = free
          @cell = +NO_ADDRESS
        end

        # Called by the garbage collector, and when the interpreter ends; once more, later,
        # if there was no room on the stack: the collector runs at any depth.
        def call(_object_id = nil)
          Callbacks.when_callable { free_alone }
        rescue SystemStackError
          Callbacks::WAITING.push(self)
        end

        # @return [Integer] the address, which from now on is not this owner's to free
        def take
          address = @cell.unpack1("J")
          @cell.replace(NO_ADDRESS)
          address
        end

        # @return [Integer] the status; after a failure the address is still there
        def free
          return 0 if @cell == NO_ADDRESS

          before = @cell.dup
          address = take
          status = @functions.public_send(@free, address)
          @cell.replace(before) unless status.zero?
          status
        rescue SystemStackError # there was no room on the stack for the call
          @cell.replace(before) if before
          raise
        end

        private

        # Nobody is there to hear what the end of an implementation raised.
        def free_alone
          free
        rescue StandardError => e
          warn "#{e.backtrace&.first}: #{e.message} (#{e.class}), raised while a handle was collected"
        end
      end

      class << self
        alias make new
        private :make, :allocate
        undef_method :new

        # Yields the cell for the address of a new handle to a block that makes the
        # call and returns its status. The cell has its finalizer before the call, so
        # a Thread#raise that comes right after it loses nothing.
        #
        # @return [Handle]
        def receive
          Callbacks.catch_up
          owner = Owner.new(@library::Native, @free)
          handle = make(owner)
          ObjectSpace.define_finalizer(handle, owner)
          begin
            @library.check(yield(owner.cell))
            handle.received
          ensure
            owner.free if handle.closed?
          end
        end

        # Yields a handle that a callback is given for the length of its call; nil for
        # NULL.
        def borrow(address)
          return yield(nil) if address.zero?

          handle = make(nil, address)
          begin
            yield handle
          ensure
            handle.give_away unless handle.closed?
          end
        end

        # Makes the library's what Ruby code that C called has answered: a handle of this
        # class, or an object with the methods of one.
        #
        # @return [Integer] the address
        # @raise [TypeError] if value is neither
        def adopt(value, name)
          return value.give_away if self === value
          return new(value, name).give_away unless Handle === value || !respond_to?(:new)

          raise TypeError, "#{name} must be a #{self}, not a #{value.class}"
        end

        # @return [Library] whose handle it is
        attr_reader :library

        private

        # Says whose handle the class is, and which function frees it.
        def freed_by(library, function)
          @library = library
          @free = function
        end

        # Says what makes C functions of objects, and which function makes handles of
        # those.
        def implemented_by(implementation, function)
          @implementation = implementation
          @new = function
          extend Implementable
        end
      end

      # What classes of handles have that can be made of objects of Ruby's.
      module Implementable
        # Makes a handle of an object that has its methods. The object is the library's
        # until the handle is freed, which calls its method close, if it has one.
        #
        # @return [Handle]
        # @raise [TypeError] if the object lacks a method, or is a handle
        def new(object, name = "object")
          receive do |cell|
            @implementation.offer(object, name) do |table, number|
              @library::Native.public_send(@new, table, number, cell).tap { |status| @library.check(status) }
            end
          end
        end
      end

      def initialize(owner, address = nil)
        @owner = owner
        @address = address
      end

      # A copy would free what is not its own.
      undef_method :dup, :clone

      # Frees the handle now rather than when it is collected. It is safe to call
      # more than once. A handle that another thread is using stays as it was.
      #
      # @return [nil]
      # @raise [Exception] the library's exception for a busy handle
      def close
        return unless @owner

        address, @address = @address, nil
        status = @owner.free
        return if status.zero? || status == self.class.library.status::ERR_STALE_HANDLE

        @address = address
        self.class.library.check(status)
      end

      # @return [Boolean] whether the handle was closed, or given to the library
      def closed?
        @address.nil?
      end

      # Yields the handle and closes it; without a block returns it.
      def use
        return self unless block_given?

        begin
          yield self
        ensure
          close
        end
      end

      # Takes the address from the cell that C has written it to.
      #
      # @api private
      # @return [Handle] self
      def received
        @address = @owner.cell.unpack1("J")
        self
      end

      # Makes the handle the library's.
      #
      # @api private
      # @return [Integer] its address
      def give_away
        closed! unless @address
        address, @address = @address, nil
        @owner&.take
        address
      end

      # @return [String] the class, and whether it is closed
      def inspect
        "#<#{self.class}#{" (closed)" if closed?}>"
      end

      # @raise [TypeError] always: it cannot leave the process
      def marshal_dump
        raise TypeError, "no _dump_data is defined for class #{self.class}"
      end

      private

      def closed!
        library = self.class.library
        raise library.error(library.status::ERR_INVALID_HANDLE, "this #{self.class} is closed")
      end
    end
  end
end
