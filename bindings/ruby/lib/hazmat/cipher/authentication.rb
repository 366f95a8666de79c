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

      # @param length [Integer] how many bytes of it, 4 to 16
      # @return [String] the tag of the message that {Cipher#final} ended: binary
      # @raise [CipherError] if there is none, or not of that length
      # @raise [ArgumentError] if the length is negative
      # @raise [TypeError] if it is no number
      def auth_tag(length = nil)
        length = length.nil? ? MAX_TAG_SIZE : integer(length)
        authenticated("authentication tag not supported by this cipher")
        raise ArgumentError, "negative string size (or size too big)" if length.negative?
        return @tag.byteslice(0, length) if @encrypting && @tag && tag_length?(length)

        raise CipherError, "retrieving the authentication tag failed: there is none, or none of #{length} bytes"
      end

      # Gives the tag that the message must have, before {Cipher#final}.
      #
      # @param tag [String] 4 to 16 bytes
      # @raise [CipherError] if the object encrypts, or the tag has another size
      # @raise [TypeError] if it is no String
      def auth_tag=(tag)
        tag = Runtime.bytes(tag, "tag")
        authenticated("authentication tag not supported by this cipher")
        if @encrypting || !tag_length?(tag.bytesize)
          raise CipherError, "unable to set AEAD tag: it has #{tag.bytesize} bytes, where decryption takes " \
                             "#{MIN_TAG_SIZE} to #{MAX_TAG_SIZE}"
        end

        @tag = tag.b.freeze
      end

      # @param length [Integer]
      # @raise [CipherError] always: no cipher here needs to know it beforehand
      # @raise [TypeError] if it is no number
      def auth_tag_len=(length)
        integer(length)
        authenticated("AEAD not supported by this cipher")
        raise CipherError, "unable to set authentication tag length: #{name} does not need to know it"
      end

      # @param length [Integer] the size of nonces in bytes: 8 to 128
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

      # The sizes of tags are what semantics of this library allow: a tag of one byte
      # is forged in 256 tries (CVE-2018-10903).
      def tag_length?(length)
        length.between?(MIN_TAG_SIZE, MAX_TAG_SIZE)
      end

      def finish_authenticated
        message = @message || start
        if @encrypting
          @tag = message.seal
        else
          message.open(@tag || raise(CipherError, "no authentication tag was set"))
        end
        "".b
      ensure
        begin_anew
      end
    end
  end
end
