# frozen_string_literal: true

require_relative "padding"
require_relative "../small_message"

module Hazmat
  class Cipher
    # What messages have that have contexts, which cannot be copied.
    #
    # @api private
    module Unique
      # @raise [CipherError] always
      def dup
        raise CipherError, "a cipher cannot be copied in the middle of a message of this mode"
      end
    end

    # A message under way, in a mode that works like a stream: as many bytes come out as
    # go in, at once. A first small piece is often all, so it is done in one call; a
    # context is made if more comes, and given again what has been.
    #
    # @api private
    class StreamMessage
      include Unique

      # @param algorithm [Algorithm]
      # @param encrypting [Boolean]
      # @param iv [String]
      def initialize(algorithm, encrypting, key, iv)
        @algorithm = algorithm
        @encrypting = encrypting
        @key = key
        @iv = iv
        @length = 0
      end

      # @param _padding [Boolean] whether the last block of the message is padded
      # @return [String] as much of the result as there is
      def update(data, _padding)
        output = @length.zero? && data.bytesize <= SmallMessage::LIMIT ? first(data) : context.update(data).dup
        @length += data.bytesize
        output
      end

      # Ends the message. What follows in OpenSSL is the next part of the stream.
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
        @context&.close
        @algorithm.counter? ? counter_behind : @iv
      end

      private

      def first(data)
        output = @algorithm.crypt(@encrypting, @algorithm.parameters(@key, @iv), data)
        @first = data.dup
        output
      end

      def context
        @context ||= @algorithm.start(@encrypting, @key, @iv).tap do |context|
          context.update(@first) if @first
          @first = nil
        end
      end

      def counter_behind
        blocks = -(-@length / MAX_BLOCK_SIZE)
        counter = (@iv.unpack1("H*").hex + blocks) % (1 << (8 * MAX_BLOCK_SIZE))
        [counter.to_s(16).rjust(2 * MAX_BLOCK_SIZE, "0")].pack("H*")
      end
    end

    # A message in ECB or CBC. It needs no context: what the next blocks depend on is the
    # last block of ciphertext (NIST SP 800-38A, section 6.2).
    #
    # @api private
    class BlockMessage
      # @param algorithm [Algorithm]
      # @param encrypting [Boolean]
      # @param iv [String]
      def initialize(algorithm, encrypting, key, iv)
        @algorithm = algorithm
        @encrypting = encrypting
        @iv = iv
        @key = key
        @parameters = algorithm.parameters(key, iv)
        @rest = ""
      end

      # @return [String] as {StreamMessage#update}. What does not fill a block waits; so
      #   does a last block that may be padding, in decryption.
      def update(data, padding)
        data = @rest.empty? ? data.b : @rest + data.b
        rest = data.bytesize % @algorithm.block_size
        rest = @algorithm.block_size if rest.zero? && padding && !@encrypting
        @rest = data.byteslice(-rest, rest)
        blocks(data.byteslice(0, data.bytesize - rest))
      end

      # Ends the message. What follows in OpenSSL is chained to it.
      #
      # @return [String] as {StreamMessage#final}
      # @raise [CipherError] if a block is not full, or padding wrong
      def final(padding)
        rest, @rest = @rest, ""
        return whole(rest) unless padding
        return unpadded(rest) unless @encrypting

        blocks(rest + Padding.for(rest.bytesize, @algorithm.block_size))
      end

      # @return [String] the initialization vector of the next message: the same
      def leave
        @iv
      end

      private

      # The memory that the library reads is not shared by copies.
      def initialize_copy(other)
        super
        @parameters = @algorithm.parameters(@key, @last || @iv)
      end

      # @return [String] the last block of a decryption, without its padding
      def unpadded(rest)
        raise CipherError, "wrong final block length" unless rest.bytesize == @algorithm.block_size

        Padding.remove(blocks(rest)) || raise(CipherError, "bad decrypt")
      end

      # @return [String] nothing, or the block that waited until padding was switched off
      def whole(rest)
        raise CipherError, "wrong final block length" unless (rest.bytesize % @algorithm.block_size).zero?

        blocks(rest)
      end

      def blocks(data)
        return "".b if data.empty?

        output = @algorithm.crypt(@encrypting, @parameters, data)
        if @algorithm.chained?
          @last = (@encrypting ? output : data).byteslice(-@algorithm.block_size, @algorithm.block_size)
          @parameters.iv = @last
        end
        output
      end
    end
  end
end
