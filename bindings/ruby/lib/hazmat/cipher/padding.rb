# frozen_string_literal: true

module Hazmat
  class Cipher
    # The padding of PKCS #7 (RFC 5652, section 6.3): as many bytes as lack to a whole
    # block, at least one, each of which says how many they are.
    #
    # @api private
    module Padding
      # @param length [Integer] how many bytes the message has
      # @return [String] what fills its last block
      def self.for(length, block_size)
        count = block_size - (length % block_size)
        (count.chr * count).b
      end

      # Takes the padding away. All bytes are looked at, and the same is done with each,
      # whatever they are. That the answer differs in length or is none cannot be hidden.
      #
      # @param block [String] the last block of a message
      # @return [String, nil] what is before the padding; nil if there is no valid padding
      def self.remove(block)
        size = block.bytesize
        count = block.getbyte(-1)
        wrong = below(count, 1) | below(size, count)
        size.times { |i| wrong |= below(size - 1 - i, count) & (block.getbyte(i) ^ count) }
        wrong.zero? ? block.byteslice(0, size - count) : nil
      end

      # @return [Integer] 255 if a number is below a limit, otherwise 0; both are bytes
      def self.below(number, limit)
        ((number - limit) >> 8) & 0xff
      end
      private_class_method :below
    end
  end
end
