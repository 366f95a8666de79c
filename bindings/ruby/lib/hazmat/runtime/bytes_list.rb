# frozen_string_literal: true

module Hazmat
  module Runtime
    # Strings on their way to C: copies in one piece of memory, because the collector
    # may move short strings, and the lists of their addresses and lengths.
    class BytesList
      # @return [String] the addresses, as C's pointers
      attr_reader :addresses
      # @return [String] the lengths in bytes, as C's size_t
      attr_reader :lengths
      # @return [Integer] how many there are
      attr_reader :count
      # @return [Integer] how many bytes they have together
      attr_reader :bytesize

      # @param strings [Array<String>]
      def initialize(strings)
        sizes = strings.map(&:bytesize)
        @bytesize = sizes.sum
        @count = strings.size
        @lengths = sizes.pack("J*")
        @memory = FFI::MemoryPointer.new(:char, [@bytesize, 1].max, false)
        offset = 0
        @addresses = strings.zip(sizes).map do |string, size|
          @memory.put_bytes(offset, string)
          offset += size
          @memory.address + offset - size
        end.pack("J*")
      end
    end
  end
end
