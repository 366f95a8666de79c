# frozen_string_literal: true

require_relative "../backend_messages"
require_relative "../shared_backend"
require_relative "messages"
require_relative "parameters"
require_relative "tagged_message"

module Hazmat
  class Cipher
    # A cipher in a mode, with a size of its key: its name and sizes, and how a message
    # is begun. Objects are shared.
    #
    # @api private
    class Algorithm
      # Modes that work on whole blocks, whose last one is padded.
      BLOCKS = [CipherMode::ECB, CipherMode::CBC].freeze
      # Modes that a new start takes back to where the initialization vector says.
      CHAINED = [CipherMode::ECB, CipherMode::CBC, CipherMode::OFB, CipherMode::CFB, CipherMode::CFB8,
                 CipherMode::XTS].freeze

      # What a decryption is begun with in place of the tag, which may come later.
      NO_TAG = "\0" * MAX_TAG_SIZE
      private_constant :BLOCKS, :CHAINED, :NO_TAG

      # @return [String] the name, as OpenSSL spells it
      attr_reader :name
      # @return [Integer] the size of the key in bytes, if no other is asked for
      attr_reader :key_len
      # @return [Integer] the size in bytes of the initialization vector or nonce, if no
      #   other is asked for
      attr_reader :iv_len
      # @return [Integer] the size of a block in bytes, 1 for what works like a stream
      attr_reader :block_size

      # @param variable [Boolean] whether keys may have any size that the cipher has
      def initialize(name, code, mode, key_len, variable)
        @name = name
        @code = code
        @mode = mode
        @key_len = key_len
        @key_lens = variable ? CipherAlgorithm.key_sizes(code).map { |bits| bits / 8 } : [key_len]
        @block_size = BLOCKS.include?(mode) ? CipherAlgorithm.block_size(code) : 1
        @iv_len = iv_size
        @supported = SharedBackend.get.cipher_supported?(code, mode)
        @sealed = authenticated? && SharedBackend.get.aead_supported?(AEADAlgorithm::AES_GCM)
        freeze
      end

      # @return [Boolean] whether keys may have a size in bytes
      def key_len?(size)
        @key_lens.include?(size)
      end

      # @return [Boolean] whether nonces may have a size in bytes that is not the usual
      def iv_len?(size)
        authenticated? && size.between?(MIN_GCM_NONCE_SIZE, MAX_GCM_NONCE_SIZE)
      end

      # @return [Boolean] whether tags may have a size in bytes. One of 1 byte is forged in
      #   256 tries (CVE-2018-10903).
      def tag_len?(size)
        size.between?(MIN_TAG_SIZE, MAX_TAG_SIZE)
      end

      # @return [Boolean] whether the size of the tag must be known before the message;
      #   otherwise it is cut to size at the end
      def tag_len_known?
        false
      end

      # @return [Boolean] whether the backend can also do a message in one call
      def sealed?
        @sealed
      end

      # @return [Boolean] whether messages have a tag
      def authenticated?
        @mode == CipherMode::GCM
      end

      # @return [Boolean] whether a reset starts again with the same initialization
      #   vector, as it does in OpenSSL; in counter mode, with the next block
      def restarts?
        CHAINED.include?(@mode) || counter?
      end

      # @return [Boolean] whether it is counter mode
      def counter?
        @mode == CipherMode::CTR
      end

      # @return [Boolean] whether the backend has it
      def supported?
        @supported
      end

      # @return [StreamMessage] a new message
      def message(encrypting, key, iv, _tag_len)
        return BlockMessage.new(self, encrypting, key, iv) if @block_size > 1

        (authenticated? ? TaggedMessage : StreamMessage).new(self, encrypting, key, iv)
      end

      # @return [Parameters] of a message that is done without a context
      def parameters(key, iv)
        Parameters.new(@code, @mode, key, iv)
      end

      # Encrypts or decrypts without a context.
      #
      # @return [String] as many bytes
      def crypt(encrypting, parameters, data)
        SharedBackend.get.crypt(encrypting, parameters, data)
      end

      # @return [Boolean] whether it is cipher block chaining
      def chained?
        @mode == CipherMode::CBC
      end

      # Makes the context of a message. In modes that authenticate, the tag of a decryption
      # is given at its end.
      #
      # @return [CipherContext]
      def start(encrypting, key, iv)
        stream = @mode == CipherMode::NONE
        cipher = ABI::Cipher.new(algorithm: @code, key: key, nonce: stream ? iv : "")
        mode = mode_with(iv, encrypting) unless stream
        return SharedBackend.get.create_symmetric_encryption_ctx(cipher, mode) if encrypting

        SharedBackend.get.create_symmetric_decryption_ctx(cipher, mode)
      end

      private

      def iv_size
        case @mode
        when CipherMode::ECB then 0
        when CipherMode::NONE then CipherAlgorithm.nonce_size(@code)
        when CipherMode::GCM then 12
        else CipherAlgorithm.block_size(@code)
        end
      end

      def mode_with(iv, encrypting)
        return ABI::Mode.new(mode: @mode, iv: iv) unless authenticated?

        ABI::Mode.new(mode: @mode, iv: iv, tag: encrypting ? "" : NO_TAG, min_tag_length: MIN_TAG_SIZE)
      end
    end
  end
end
