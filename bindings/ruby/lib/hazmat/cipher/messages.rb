# frozen_string_literal: true

require_relative "padding"

module Hazmat
  class Cipher
    # A message under way, in a mode that works like a stream: as many bytes come out as
    # go in, at once.
    #
    # @api private
    class StreamMessage
      # @param algorithm [Algorithm]
      # @param encrypting [Boolean]
      # @param iv [String]
      def initialize(algorithm, encrypting, key, iv)
        @algorithm = algorithm
        @encrypting = encrypting
        @iv = iv
        @length = 0
        @context = algorithm.start(encrypting, key, iv)
      end

      # @param _padding [Boolean] whether the last block of the message is padded
      # @return [String] as much of the result as there is
      def update(data, _padding)
        output = @context.update(data).dup
        @length += data.bytesize
        output
      end

      # Ends the message. What follows in OpenSSL is the next part of the stream, so the
      # context stays.
      #
      # @return [String] the rest of the result
      def final(_padding)
        "".b
      end

      # Leaves the message.
      #
      # @return [String, nil] the initialization vector of the next one: the same, but in
      #   counter mode that of the next block; nil if there must be a new one
      def leave
        @context.close
        @algorithm.counter? ? counter_behind : @iv
      end

      private

      def counter_behind
        blocks = -(-@length / MAX_BLOCK_SIZE)
        counter = (@iv.unpack1("H*").hex + blocks) % (1 << (8 * MAX_BLOCK_SIZE))
        [counter.to_s(16).rjust(2 * MAX_BLOCK_SIZE, "0")].pack("H*")
      end
    end

    # A message in a mode that works on whole blocks.
    #
    # @api private
    class BlockMessage < StreamMessage
      # @return [String] as {StreamMessage#update}. The last block may be padding, so in
      #   decryption it is held back as long as it may be the last.
      def update(data, padding)
        output = super
        return output if @encrypting

        output = @held + output if @held
        size = @algorithm.block_size
        @held = padding && full? ? output.slice!(-size, size) : nil
        output
      end

      # Ends the message. What follows in OpenSSL is chained to it, so the context stays.
      #
      # @return [String] as {StreamMessage#final}
      # @raise [CipherError] if a block is not full, or padding wrong
      def final(padding)
        if @encrypting && padding
          output = @context.update(Padding.for(@length, @algorithm.block_size)).dup
        else
          raise CipherError, "wrong final block length" unless full? && (@held || !padding)

          output = padding ? unpadded : @held.to_s.b
        end
        @length = 0
        @held = nil
        output
      end

      private

      def full?
        (@length % @algorithm.block_size).zero?
      end

      def unpadded
        Padding.remove(@held) || raise(CipherError, "bad decrypt")
      end
    end
  end
end
