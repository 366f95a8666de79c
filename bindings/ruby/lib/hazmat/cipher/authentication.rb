# frozen_string_literal: true

module Hazmat
  class Cipher
    # What a cipher has in a mode that authenticates messages, such as GCM. In others
    # these methods raise {CipherError}.
    module Authentication
      # Adds data that is authenticated, and not encrypted. Key and nonce come before it,
      # the message after.
      #
      # @param data [String] bytes; the encoding does not matter
      # @raise [CipherError] if it is too early or too late
      # @raise [TypeError] if it is no String
      def auth_data=(data)
        data = Runtime.bytes(data, "data")
        authenticated("AEAD not supported by this cipher")
        (@message || start).authenticate(data)
      rescue Error => e
        raise CipherError, "couldn't set additional authenticated data: #{e.message}"
      end

      # @param length [Integer] how many bytes of it: in GCM 4 to 16, else all that it has
      # @return [String] the tag of the message that {Cipher#final} ended: binary
      # @raise [CipherError] if there is none, or not of that length
      # @raise [ArgumentError] if the length is negative
      # @raise [TypeError] if it is no number
      def auth_tag(length = nil)
        length = length.nil? ? @tag.to_s.bytesize : integer(length)
        authenticated("authentication tag not supported by this cipher")
        raise ArgumentError, "negative string size (or size too big)" if length.negative?
        return @tag.byteslice(0, length) if @encrypting && @tag && tag_of?(length)

        raise CipherError, "retrieving the authentication tag failed: there is none, or none of #{length} bytes"
      end

      # Gives the tag that the message must have: in CCM before the message, else before
      # {Cipher#final}.
      #
      # @param tag [String] 16 bytes; in GCM 4 to 16; in CCM 4, 6, 8, 10, 12, 14 or 16; in
      #   OCB as many as {#auth_tag_len=} says
      # @raise [CipherError] if the object encrypts, or the tag has another size
      # @raise [TypeError] if it is no String
      def auth_tag=(tag)
        tag = Runtime.bytes(tag, "tag")
        authenticated("authentication tag not supported by this cipher")
        raise CipherError, "unable to set AEAD tag: #{name} encrypts" if @encrypting
        raise CipherError, "unable to set AEAD tag: #{tag.bytesize} bytes" unless takes_tag?(tag.bytesize)

        @tag = tag.b.freeze
        @message.tag = @tag if @message
      end

      # Says how long tags are, before the message. CCM and OCB need to know it.
      #
      # @param length [Integer] the size in bytes: 16, in CCM and OCB also others
      # @raise [CipherError] if the cipher has no such tags, or does not need to know
      # @raise [TypeError] if it is no number
      def auth_tag_len=(length)
        length = integer(length)
        authenticated("AEAD not supported by this cipher")
        unless algorithm.tag_len_known? && algorithm.tag_len?(length)
          raise CipherError, "unable to set authentication tag length: #{name} has none of #{length} bytes"
        end

        begin_anew
        @tag_len = length
      end

      # Says how long the message will be, in CCM. Key and initialization vector come
      # before it. It may be left out.
      #
      # @param length [Integer] the size in bytes
      # @raise [CipherError] in other modes, or if it is too early
      # @raise [TypeError] if it is no number
      def ccm_data_len=(length)
        length = integer(length)
        authenticated("only CCM needs to know the length")
        message = @message || start
        raise CipherError, "only CCM needs to know the length" unless WholeMessage === message

        message.length = length
      end

      # @param length [Integer] the size of nonces in bytes: in GCM 8 to 128, in CCM 7 to
      #   13, in OCB 1 to 15, in ChaCha20-Poly1305 12
      # @raise [CipherError] if it is another
      # @raise [TypeError] if it is no number
      def iv_len=(length)
        length = integer(length)
        authenticated("cipher does not support AEAD")
        raise CipherError, "unable to set IV length: invalid iv length #{length}" unless algorithm.iv_len?(length)

        begin_anew
        @iv = nil
        @iv_len = length
      end

      # @return [Boolean] whether messages have a tag
      def authenticated?
        algorithm.authenticated?
      end

      private

      def authenticated(otherwise)
        raise CipherError, otherwise unless authenticated?
      end

      # Whether the tag that there is can be given with a length.
      def tag_of?(length)
        algorithm.tag_len_known? ? length == @tag.bytesize : algorithm.tag_len?(length)
      end

      # Whether a message may have a tag of a length.
      def takes_tag?(length)
        algorithm.tag_len?(length) && (@tag_len.nil? || length == @tag_len)
      end

      def finish_authenticated
        message = @message || start
        output = message.final(@padding)
        @tag = message.tag if @encrypting
        output
      ensure
        begin_anew
      end
    end
  end
end
