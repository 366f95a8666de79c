# frozen_string_literal: true

require_relative "../shared_backend"
require_relative "messages"

module Hazmat
  class Cipher
    # A message that the library takes whole. Nothing can follow it under its nonce.
    #
    # @api private
    class SealedMessage
      include Unique

      # @return [String, nil] the tag: of an encryption at its end; of a decryption what
      #   it must be
      attr_accessor :tag

      # @param code [Integer] in {AEADAlgorithm}
      # @param tag_len [Integer] the size of the tag of an encryption
      def initialize(code, encrypting, key, iv, tag_len)
        @code = code
        @encrypting = encrypting
        @key = key
        @iv = iv
        @tag_len = tag_len
        @header = "".b
        @text = "".b
      end

      # Adds data that is authenticated and not encrypted.
      def authenticate(data)
        raise CipherError, "the message has begun" if begun?

        @header << data.b
      end

      # @return [nil] as {TaggedMessage#leave}
      def leave; end

      private

      def begun?
        !@text.empty?
      end

      # @return [String] the ciphertext; the tag is kept
      def seal(text)
        sealed = handle(@tag_len) { |aead| aead.seal(@iv, text, @header) }
        @tag = sealed.byteslice(-@tag_len, @tag_len)
        sealed.byteslice(0, text.bytesize)
      end

      # @return [String] the plaintext
      # @raise [InvalidTag] if it is not authentic
      def unseal(text)
        raise CipherError, "no authentication tag was set" unless @tag

        handle(@tag.bytesize) { |aead| aead.open(@iv, text.b + @tag, @header) }.dup
      end

      def handle(tag_len, &block)
        SharedBackend.get.create_aead(@code, @key, tag_len, &block)
      end
    end

    # In CCM the message comes at once, and its tag is checked with it (NIST SP 800-38C,
    # section 5).
    #
    # @api private
    class WholeMessage < SealedMessage
      # @return [Integer, nil] how long the message will be
      attr_writer :length

      # @return [String] all of the result
      # @raise [InvalidTag] if the message is not authentic
      def update(data, _padding)
        raise CipherError, "in CCM a message is updated once" if @done
        raise CipherError, "the message has another length than was said" unless [nil, data.bytesize].include?(@length)

        output = @encrypting ? seal(data) : unseal(data)
        @done = true
        output
      end

      # @return [String] nothing, if the message has come
      def final(padding)
        @done ? "".b : update("".b, padding)
      end

      private

      def begun?
        @done
      end
    end

    # In OCB all of the result comes at the end.
    #
    # @api private
    class CollectedMessage < SealedMessage
      # @return [String] nothing
      def update(data, _padding)
        @text << data.b
        "".b
      end

      # @return [String] all of the result
      # @raise [InvalidTag] if the message is not authentic
      def final(_padding)
        @encrypting ? seal(@text) : unseal(@text)
      end
    end

    # ChaCha20-Poly1305 encrypts with ChaCha20 from its block 1 on (RFC 8439, section
    # 2.8), so the result can come at once. The tag is that of the whole message, which
    # is kept until its end.
    #
    # @api private
    class StreamedMessage < SealedMessage
      FIRST_BLOCK = [1].pack("V").freeze
      private_constant :FIRST_BLOCK

      # @return [String] as much of the result as there is
      def update(data, _padding)
        @context ||= Algorithms.named("chacha20").start(@encrypting, @key, FIRST_BLOCK + @iv)
        output = @context.update(data).dup
        @text << data.b
        output
      end

      # @return [String] nothing
      # @raise [InvalidTag] if the message is not authentic
      def final(_padding)
        @encrypting ? seal(@text) : unseal(@text)
        "".b
      end

      # @return [nil]
      def leave
        @context&.close
      end
    end
  end
end
