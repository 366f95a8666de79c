# frozen_string_literal: true

module Hazmat
  module Runtime
    # Parameters that cross as a C struct: made once, from keywords, and not changed
    # afterwards, so one may be used for any number of calls. Bytes and texts are
    # copied, because Ruby's Strings may change and move.
    class Record
      # The types in C of a field, by what {Runtime::Arguments} calls its values.
      TYPES = {
        bool: [:bool], size: [:size_t], uint32: [:uint32], uint64: [:uint64], text: [:pointer],
        bytes: %i[pointer size_t]
      }.freeze

      class << self
        # @return [Hash{Symbol => Symbol}] the kind of each field
        attr_reader :kinds

        # @return [Class] the FFI::Struct of the fields
        attr_reader :layout

        # Copies a C struct that a callback was given.
        #
        # @return [Record, nil] nil for a NULL pointer
        def read(pointer)
          return if pointer.null?

          struct = layout.new(pointer)
          new(**kinds.to_h { |name, kind| [name, field(struct, name, kind)] })
        end

        private

        # Declares the fields in their order. The C struct has its own size before
        # them.
        def fields(**kinds)
          @kinds = kinds
          @layout = Class.new(FFI::Struct)
          @layout.layout(:size, :size_t, *kinds.flat_map do |name, kind|
            [name, :"#{name}_len"].zip(TYPES.fetch(kind)).select(&:last).flatten
          end)
          attr_reader(*kinds.keys)
        end

        def field(struct, name, kind)
          value = struct[name]
          case kind
          when :bytes then value.null? ? "" : value.read_bytes(struct[:"#{name}_len"])
          when :text then value.null? ? "" : value.read_string.force_encoding(Encoding::UTF_8)
          else value
          end
        end
      end

      def initialize(**values)
        @struct = self.class.layout.new
        @struct[:size] = @struct.size
        self.class.kinds.each do |name, kind|
          instance_variable_set(:"@#{name}", put(name, kind, values.fetch(name)))
        end
        freeze
      end

      # @return [FFI::Pointer] the C struct, which lives as long as this object
      def to_ptr
        @struct.to_ptr
      end

      # @return [String] the class only: a field may be a key
      def inspect
        "#<#{self.class}>"
      end

      private

      # Sets a field of the C struct, which keeps the memory that it points to.
      def put(name, kind, value)
        value = Runtime.public_send(kind, value, name)
        case kind
        when :bytes
          value = value.b.freeze
          @struct[name] = memory(value)
          @struct[:"#{name}_len"] = value.bytesize
        when :text
          value = value.dup.freeze
          @struct[name] = memory("#{value}\0")
        else
          @struct[name] = value
        end
        value
      end

      def memory(string)
        return if string.empty?

        FFI::MemoryPointer.new(string.bytesize).put_bytes(0, string)
      end
    end
  end
end
