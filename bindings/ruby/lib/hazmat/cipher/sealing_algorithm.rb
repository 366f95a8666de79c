# frozen_string_literal: true

require_relative "aead_algorithms"
require_relative "sealed_messages"

module Hazmat
  class Cipher
    # A mode whose messages the library takes whole, and that authenticates them: CCM,
    # OCB and ChaCha20-Poly1305. It has the methods of {Algorithm}.
    #
    # @api private
    class SealingAlgorithm
      # What OpenSSL takes if no other sizes are asked for, in bytes.
      CCM_IV = 7
      CCM_TAG = 12
      OTHER_IV = 12
      private_constant :CCM_IV, :CCM_TAG, :OTHER_IV

      # @return [Integer] as in {Algorithm}
      attr_reader :iv_len, :block_size

      # @param variant [AEADAlgorithms::Variant]
      # @param messages [Class] of a {SealedMessage}
      def initialize(variant, messages)
        @variant = variant
        @messages = messages
        ccm = variant.code == AEADAlgorithm::AES_CCM
        @iv_len = ccm ? CCM_IV : OTHER_IV
        @tag_len = ccm ? CCM_TAG : MAX_TAG_SIZE
        @block_size = messages.equal?(CollectedMessage) ? MAX_BLOCK_SIZE : 1
        @iv_lens = AEADAlgorithm.min_nonce_size(variant.code)..AEADAlgorithm.max_nonce_size(variant.code)
        @tag_lens = AEADAlgorithm.tag_sizes(variant.code)
        @supported = variant.supported?
        freeze
      end

      # @return [String]
      def name
        @variant.name
      end

      # @return [Integer]
      def key_len
        @variant.key_len
      end

      # @return [Boolean]
      def key_len?(size)
        size == key_len
      end

      # @return [Boolean]
      def iv_len?(size)
        @iv_lens.cover?(size)
      end

      # @return [Boolean]
      def tag_len?(size)
        @tag_lens.include?(size)
      end

      # @return [Boolean] true: the tag depends on how long it is
      def tag_len_known?
        true
      end

      # @return [Boolean]
      def authenticated?
        true
      end

      # @return [Boolean]
      def restarts?
        false
      end

      # @return [Boolean]
      def supported?
        @supported
      end

      # @param tag_len [Integer, nil] the size of the tag in bytes, nil for the usual
      # @return [SealedMessage] a new message
      def message(encrypting, key, iv, tag_len)
        @messages.new(@variant.code, encrypting, key, iv, tag_len || @tag_len)
      end
    end
  end
end
