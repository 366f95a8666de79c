# frozen_string_literal: true

require "ffi"

module Hazmat
  # A type of C.
  #
  # @api private
  class CType
    # What FFI calls numbers. A char is one of whatever sign.
    NUMBERS = {
      "char" => :char, "signed char" => :int8, "unsigned char" => :uint8,
      "short" => :short, "unsigned short" => :ushort, "int" => :int, "unsigned int" => :uint, "unsigned" => :uint,
      "long" => :long, "unsigned long" => :ulong, "long long" => :long_long, "unsigned long long" => :ulong_long,
      "size_t" => :size_t, "ssize_t" => :ssize_t, "uintptr_t" => :size_t, "intptr_t" => :ssize_t,
      "int8_t" => :int8, "uint8_t" => :uint8, "int16_t" => :int16, "uint16_t" => :uint16,
      "int32_t" => :int32, "uint32_t" => :uint32, "int64_t" => :int64, "uint64_t" => :uint64
    }.freeze
    # Those that may be negative.
    SIGNED = %i[char int8 short int16 int int32 long int64 long_long ssize_t].freeze
    private_constant :SIGNED

    # @return [Hash{String => CType}] the types that C has by itself, by their names
    def self.own
      NUMBERS.merge("float" => :float, "double" => :double, "void" => :void).transform_values { |native| new(native) }
    end

    # @return [CType] a pointer to an item, which must not be written to if constant
    def self.pointer(item, constant)
      new(:pointer, item, constant: constant)
    end

    # @return [CType] an array of items, how many is nil if it is open
    def self.array(item, extent)
      new(nil, item, extent: extent)
    end

    # @return [Symbol, nil] what FFI calls it; nil for an array and an opaque struct
    attr_reader :native
    # @return [CType, nil] what a pointer points to, or an array consists of
    attr_reader :item
    # @return [Integer, nil] how many items an array has
    attr_reader :extent

    def initialize(native = nil, item = nil, constant: false, extent: nil)
      @native = native
      @item = item
      @constant = constant
      @extent = extent
    end

    # @return [Boolean] whether it is a pointer
    def pointer?
      @native == :pointer
    end

    # @return [Boolean] whether it is a pointer to what must not be written to
    def constant?
      @constant
    end

    # @return [Integer] the size in bytes
    # @raise [ArgumentError] if it is not known
    def size
      return @item.size * @extent if @extent
      raise ArgumentError, "the size of this type is not known" if @native.nil? || @native == :void

      FFI.type_size(@native)
    end

    # @return [Integer] what remains of a number in this type
    def cut(number)
      values = 1 << (size * 8)
      number %= values
      SIGNED.include?(@native) && number >= values / 2 ? number - values : number
    end
  end
end
