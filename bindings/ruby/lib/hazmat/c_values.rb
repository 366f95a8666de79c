# frozen_string_literal: true

require_relative "c_declarations"

module Hazmat
  # Makes and reads values of C. The methods are those of Python's cffi, as far as Ruby
  # has no names of its own for them. Types are named as in C: "int *", "unsigned char[32]".
  #
  # Values are FFI's own: an FFI::MemoryPointer, which frees its memory when it is
  # collected, an FFI::Pointer, or a number. Any number of threads may use one object.
  class CValues
    # @api private
    # @param declarations [CDeclarations] the types that are known
    def initialize(declarations)
      @declarations = declarations
    end

    # Declares functions, types and constants for the library that this belongs to.
    #
    # @param text [String] declarations in C, such as "int RAND_poll(void);"; of
    #   preprocessor lines only definitions of whole numbers
    # @return [nil]
    # @raise [ArgumentError] if one cannot be read
    def cdef(text)
      @declarations.declare(text)
      nil
    end

    # Makes memory, all zero but for what it is to begin with.
    #
    # @param type [String] a pointer to what is to be made ("int *"), or an array of a
    #   length ("char[16]") or of one that init tells ("char[]")
    # @param init [Integer, String, Array, nil] the value of a single item; of an array
    #   its bytes or items, or for an open one how many. An open array of bytes that a
    #   String begins has a NUL behind them.
    # @return [FFI::MemoryPointer]
    # @raise [ArgumentError] for a type that is neither, and a list that does not fit
    # @raise [TypeError, RangeError] for items that do not fit
    def new(type, init = nil)
      type = @declarations.type(type)
      raise ArgumentError, "the type must be a pointer or an array" unless type.item
      return filled(type.item, 1, [*init]) if type.pointer?

      extent = type.extent || extent_of(type.item, init)
      filled(type.item, extent, Integer === init && !type.extent ? [] : init)
    end

    # @param type [String] a number's type, or a pointer's
    # @param value [Integer, FFI::Pointer] a number or an address
    # @return [Integer, FFI::Pointer] the value as C's cast makes it: a number is cut to
    #   size, a pointer points to the same place
    def cast(type, value)
      type = @declarations.type(type)
      value = value.address if FFI::Pointer === value
      type.pointer? ? FFI::Pointer.new(value) : type.cut(value)
    end

    # @return [String] a copy of the bytes that are at a pointer
    # @param size [Integer] how many; all, if the pointer knows
    # @raise [ArgumentError] if it does not
    def buffer(pointer, size = nil)
      raise ArgumentError, "the size is not known, so give it" unless size || FFI::MemoryPointer === pointer

      pointer.read_bytes(size || pointer.size)
    end

    # @return [String] the bytes before the first NUL
    # @param limit [Integer, nil] how many at the most
    def string(pointer, limit = nil)
      limit ? pointer.get_string(0, limit) : pointer.get_string(0)
    end

    # Copies bytes.
    #
    # @param destination [FFI::Pointer]
    # @param source [FFI::Pointer, String]
    # @param size [Integer] how many
    # @return [nil]
    # @raise [IndexError] if one of them is known to be shorter
    def memmove(destination, source, size)
      bytes = String === source ? source.byteslice(0, size) : source.read_bytes(size)
      raise IndexError, "the source has #{bytes.bytesize} bytes, fewer than #{size}" if bytes.bytesize < size

      destination.put_bytes(0, bytes)
      nil
    end

    # Has a destructor called with a pointer when the new one is collected.
    #
    # @param destructor [Method, Proc, nil] nil takes away that of a pointer made here
    # @return [FFI::AutoPointer, nil]
    def gc(pointer, destructor)
      return FFI::AutoPointer.new(pointer, destructor) if destructor

      pointer.autorelease = false
      nil
    end

    # @param type [String]
    # @return [Integer] how many bytes a value of a type takes
    def sizeof(type)
      @declarations.type(type).size
    end

    # @return [FFI::Pointer] the NULL pointer
    def NULL # rubocop:disable Naming/MethodName -- as C spells it
      FFI::Pointer::NULL
    end

    private

    # How many items an open array has.
    def extent_of(item, init)
      case init
      when Integer then init
      when String then init.bytesize + (item.size == 1 ? 1 : 0)
      when Array then init.size
      else raise ArgumentError, "an open array needs a length or what it begins with"
      end
    end

    def filled(item, extent, init)
      memory = FFI::MemoryPointer.new(item.size, extent)
      return memory.put_bytes(0, init) if String === init && item.size == 1

      init = [*init]
      raise ArgumentError, "#{init.size} items do not fit an array of #{extent}" if init.size > extent

      init.each_with_index { |value, i| memory.put(item.native, i * item.size, value) }
      memory
    end
  end
end
