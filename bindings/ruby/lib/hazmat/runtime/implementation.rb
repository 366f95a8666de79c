# frozen_string_literal: true

module Hazmat
  module Runtime
    # An object of Ruby's that does for the library what a handle does for Ruby. C knows
    # of it a table of functions, and a number that stands for the object until C says
    # that it is done with it.
    #
    # A subclass declares the functions of one class of handles. A table has those of
    # the facets that an object has the methods of, so there may be several tables. They
    # last as long as the process.
    class Implementation
      # The implementations that C knows, by their numbers.
      LIVE = {} # rubocop:disable Style/MutableConstant

      # A function of the table: its types, the facet that it is of or nil, and the
      # block that calls the object's method.
      Function = Struct.new(:types, :facet, :block)
      private_constant :Function

      class << self
        # Gives an object to a call of the library's. The block makes the call, and
        # raises if it fails: then the object is not the library's.
        #
        # @param lasts [Boolean] whether the call is made again in every forked child
        # @yieldparam table [FFI::Struct] its table
        # @yieldparam number [Integer] its number
        # @return what the block answers
        # @raise [TypeError] if the object lacks a method, or is a handle
        def offer(object, name, lasts: false)
          table = table_for(object, name)
          implementation = new(object, lasts ? @library : nil)
          number = implementation.object_id
          Thread.handle_interrupt(Object => :never) do
            LIVE[number] = implementation
            answer = yield table, number
            taken = true
            answer
          ensure
            LIVE.delete(number) unless taken
          end
        end

        # Drops what C does not know in a forked child, and starts the libraries that
        # know the others. They ask them for their names with a lock held: in a later
        # call another thread might wait for that while it holds Ruby's.
        def forked
          Callbacks.forked
          LIVE.select! { |_, implementation| implementation.lasting }
          LIVE.each_value.map(&:lasting).uniq.each do |library|
            Thread.handle_interrupt(Object => :never) { library::Native.load }
          end
        end

        # @return [Boolean] whether several threads may call one object at once
        def shared?
          @shared
        end

        private

        # Says whose functions follow.
        #
        # @param handle [String] the class of the handles
        def functions_of(library, handle, shared: false)
          @library = library
          @shared = shared
          @handle = handle
          @functions = {}
          @tables = {}
        end

        # Declares the next function of the table. Its block is called with the object
        # and with what C gives, and answers a status.
        def function(method, types, facet = nil, &block)
          @functions[method] = Function.new(types, facet, block)
        end

        def table_for(object, name)
          raise TypeError, "#{name} must be an object of your own, not a #{object.class}" if Handle === object

          @facets ||= @functions.keys.group_by { |method| @functions[method].facet }
          facets = @facets.select { |facet, methods| facet?(object, name, facet, methods) }.keys
          @tables[facets] ||= make_table(facets).tap { |table| Callbacks::KEPT << table }
        end

        # Whether an object has the methods of a facet. Those of no facet it must have.
        def facet?(object, name, facet, methods)
          missing = methods.reject { |method| object.respond_to?(method) }
          return missing.empty? if missing.empty? || (facet && missing.size == methods.size)

          rule = " (of the methods of #{facet} there must be all or none)" if facet
          raise TypeError, "#{name} must have the methods of a #{@handle}: #{object.class} has no " \
                           "#{missing.join(", ")}#{rule}"
        end

        def make_table(facets)
          table = layout.new
          table[:size] = table.size
          table[:free] = Callbacks.function(@library, [:size_t], :void) { |number| finish(number) }
          @functions.each do |method, function|
            table[method] = c_function(function) if facets.include?(function.facet)
          end
          table
        end

        def layout
          members = @functions.keys.flat_map { |method| [method, :pointer] }
          Class.new(FFI::Struct) { layout(:size, :size_t, :free, :pointer, *members) }
        end

        def c_function(function)
          Callbacks.function(@library, [*function.types, :size_t]) do |*arguments, number|
            function.block.call(LIVE.fetch(number), *arguments)
          end
        end

        # Ends an implementation: C has called its last function.
        def finish(number)
          object = LIVE.delete(number)&.object
          Callbacks.ask { object.close } if object.respond_to?(:close)
          @library.status::OK
        end
      end

      # @return the user's object
      attr_reader :object

      # @return [Library, nil] the library that goes on calling it in a forked child
      attr_reader :lasting

      def initialize(object, lasting)
        @object = object
        @lasting = lasting
      end

      # Answers what waits for this call, or else what the block answers, which waits
      # from then on. What several threads call at once has no answer waiting: it is
      # asked again.
      #
      # @raise [ArgumentError] if something waits for another call
      def answer_to(call)
        return yield if self.class.shared?

        @waiting ||= [call, yield]
        waits_for, answer = @waiting
        return answer if waits_for == call

        raise ArgumentError, "the answer of #{waits_for.first}, #{answer.bytesize} bytes, waits for that call to be " \
                             "made again"
      end

      # Forgets the answer, which C has got.
      def answered
        @waiting = nil
      end
    end
  end
end
