# frozen_string_literal: true

module Hazmat
  module Runtime
    # The largest numbers of 32 and of 64 bits.
    UINT32_MAX = 0xffff_ffff
    UINT64_MAX = 0xffff_ffff_ffff_ffff
    # The largest size of a thing in memory, that of a signed size_t.
    SIZE_MAX = (1 << ((FFI.type_size(:size_t) * 8) - 1)) - 1

    # Checks of arguments before they cross. Each returns what crosses, or raises
    # with the name of the argument; nothing is cut or rounded to fit.
    module Arguments
      # @return [String] value, whose bytes count and whose encoding does not. It is no
      #   subclass of String, which might be wrong about its size.
      # @raise [TypeError] if value is no String and does not become one by to_str
      def bytes(value, name)
        return value if value.instance_of?(String)

        string = value.to_str if value.respond_to?(:to_str)
        return String.new(string) if String === string

        raise TypeError, "no implicit conversion of #{described(value)} into String (#{name})"
      end

      # @return [BytesList] the bytes of each item of value
      # @raise [TypeError] if value is no Array, or as {#bytes}
      def bytes_list(value, name)
        array = Array === value ? value : value.respond_to?(:to_ary) && value.to_ary
        raise TypeError, "no implicit conversion of #{described(value)} into Array (#{name})" unless Array === array

        BytesList.new(array.map { |item| bytes(item, name) })
      end

      # @return [String] value in UTF-8
      # @raise [TypeError] as {#bytes}
      # @raise [ArgumentError] if value holds a NUL, or cannot be UTF-8
      def text(value, name)
        string = bytes(value, name)
        string = string.encode(Encoding::UTF_8)
        raise ArgumentError, "#{name} is not valid UTF-8" unless string.valid_encoding?
        raise ArgumentError, "string contains null byte (#{name})" if string.include?("\0")

        string
      rescue EncodingError
        raise ArgumentError, "#{name} cannot be turned from #{string.encoding} into UTF-8"
      end

      # @return [Integer] a 32 bit number or code
      # @raise [TypeError] if value is no Integer; a Float would be cut
      # @raise [RangeError] if it does not fit
      def uint32(value, name)
        Integer === value && value >= 0 && value <= UINT32_MAX ? value : refuse(value, name, UINT32_MAX)
      end

      # @return [Integer] a 64 bit number; errors as {#uint32}
      def uint64(value, name)
        Integer === value && value >= 0 && value <= UINT64_MAX ? value : refuse(value, name, UINT64_MAX)
      end

      # @return [Integer] a count or a length; errors as {#uint32}
      def size(value, name)
        Integer === value && value >= 0 && value <= SIZE_MAX ? value : refuse(value, name, SIZE_MAX)
      end

      # @return [Boolean] value
      # @raise [TypeError] if value is not true or false
      def bool(value, name)
        case value
        when true, false then value
        else raise TypeError, "#{name} must be true or false, not #{described(value)}"
        end
      end

      # @return [Record, nil] value; nil is a NULL pointer
      # @raise [TypeError] if value is neither nil nor a record of this class
      def record(value, name, record_class)
        return value if value.nil? || record_class === value

        raise TypeError, "#{name} must be a #{record_class} or nil, not #{described(value)}"
      end

      # @return [Proc] value
      # @raise [ArgumentError] if it is nil: no block was given
      def block(value, name)
        value or raise ArgumentError, "no block given (#{name})"
      end

      # @return [String] a copy of the bytes that a callback was given
      def given_bytes(pointer, length)
        length.zero? ? "".b : pointer.read_bytes(length)
      end

      # @return [Array<String>] copies of the bytes that a callback was given
      def given_bytes_list(pointers, lengths, count)
        return [] if count.zero?

        lengths = lengths.read_bytes(count * FFI.type_size(:size_t)).unpack("J*")
        pointers.read_array_of_pointer(count).zip(lengths).map { |pointer, length| given_bytes(pointer, length) }
      end

      # @return [String] the text that a callback was given; "" for NULL
      def given_text(string)
        string.to_s.dup.force_encoding(Encoding::UTF_8)
      end

      # @return [Integer] an address
      # @raise [TypeError] if value is no pointer
      # @raise [ArgumentError] if it is NULL
      def address(value, name)
        raise TypeError, "#{name} must be an FFI::Pointer, not #{described(value)}" unless FFI::Pointer === value
        raise ArgumentError, "#{name} is a NULL pointer" if value.null?

        value.address
      end

      # @return [String] what Ruby's own messages call a value: never its content
      def described(value)
        case value
        when nil, true, false then value.inspect
        else value.class.to_s
        end
      end

      private

      def refuse(value, name, max)
        raise RangeError, "#{name} is #{value}, which is not from 0 to #{max}" if Integer === value

        raise TypeError, "no implicit conversion of #{described(value)} into Integer (#{name})"
      end
    end

    extend Arguments
  end
end
