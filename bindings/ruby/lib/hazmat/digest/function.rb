# frozen_string_literal: true

require_relative "../backend_messages"
require_relative "../shared_backend"

module Hazmat
  class Digest < ::Digest::Class
    # A hash function: its name and sizes, and how it is computed. {Digest} and {HMAC}
    # share these objects, and so may threads.
    #
    # @api private
    class Function
      # @return [String] the name, as OpenSSL spells it
      attr_reader :name
      # @return [Integer] bytes in a digest
      attr_reader :digest_length
      # @return [Integer] bytes in a block of the message
      attr_reader :block_length

      # @param code [Integer] the code of the function in {HashAlgorithm}
      # @param digest_length [Integer] how much of what the library gives is the digest
      def initialize(code, name, digest_length)
        @code = code
        @name = name
        @digest_length = digest_length
        @size = HashAlgorithm.digest_size(code)
        @block_length = HashAlgorithm.block_size(code)
        @backend = SharedBackend.get
        @has_mac = @backend.hmac_supported?(code)
        freeze
      end

      # @return [String] the digest of a whole message: binary, not frozen
      def digest(message)
        cut(@backend.hash_of(@code, message, @size))
      end

      # @return [String] the MAC of a whole message: binary, not frozen
      def mac(key, message)
        cut(@backend.hmac_of(key, @code, message, @size))
      end

      # @return [HashContext] a new one; with a block, what the block answers
      def start(&block)
        @backend.create_hash_ctx(@code, &block)
      end

      # @return [HMACContext] a new one; with a block, what the block answers
      def start_mac(key, &block)
        @backend.create_hmac_ctx(key, @code, &block)
      end

      # @return [String] what a context ends with: binary, not frozen
      def finish(context)
        context.finalize.byteslice(0, @digest_length)
      end

      # @return [Boolean] whether there is HMAC over it
      def mac?
        @has_mac
      end

      private

      def cut(digest)
        @size == @digest_length ? digest : digest.byteslice(0, @digest_length)
      end
    end
  end
end
