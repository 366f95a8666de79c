# frozen_string_literal: true

require_relative "../shared_backend"
require_relative "../small_message"
require_relative "messages"

module Hazmat
  class Cipher
    # A message in GCM, which authenticates it. Nothing can follow it under its nonce.
    #
    # Most messages are small and come in one piece. So a first small piece is taken for
    # all of the message, which is then done in one call; a context is made if more
    # comes, and given again what has been. The tag is only shown when the message has
    # ended, so no two messages under one nonce get out.
    #
    # @api private
    class TaggedMessage
      include Unique

      # @return [String, nil] the tag: of an encryption at its end; of a decryption what
      #   it must be
      attr_accessor :tag

      # @param algorithm [Algorithm]
      def initialize(algorithm, encrypting, key, iv)
        @algorithm = algorithm
        @encrypting = encrypting
        @key = key
        @iv = iv
        @header = "".b
      end

      # Adds data that is authenticated and not encrypted.
      #
      # @raise [AlreadyUpdated] if the message has begun
      def authenticate(data)
        return context.authenticate_additional_data(data) if @context || @only || data.bytesize > SmallMessage::LIMIT

        @header << data.b
      end

      # @return [String] as much of the result as there is
      def update(data, _padding)
        unless @context || @only || data.bytesize > SmallMessage::LIMIT || !@algorithm.sealed?
          output = @encrypting ? seal(data) : unseal(data)
        end
        output || context.update(data).dup
      end

      # Ends the message.
      #
      # @return [String] nothing
      # @raise [InvalidTag] if it is not authentic
      def final(_padding)
        raise CipherError, "no authentication tag was set" unless @encrypting || @tag

        whole? ? @tag = @sealed_tag : finish
        "".b
      end

      # Leaves the message.
      #
      # @return [nil] in place of the next initialization vector: there must be a new one
      def leave
        @context&.close
      end

      private

      # Whether all of the message was done in one call.
      def whole?
        @only && (@encrypting || @tag.equal?(@sealed_tag))
      end

      # @return [String] the ciphertext of what is taken for the whole message
      def seal(data)
        sealed = SharedBackend.get.seal_gcm(@key, @iv, data, @header)
        @only = data.dup
        @sealed_tag = sealed.byteslice(-MAX_TAG_SIZE, MAX_TAG_SIZE)
        sealed.byteslice(0, data.bytesize)
      end

      # @return [String, nil] the plaintext, nil if this is not the whole message
      def unseal(data)
        return unless @tag && @tag.bytesize == MAX_TAG_SIZE

        text = SharedBackend.get.open_gcm(@key, @iv, data.b + @tag, @header)
        @only = data.dup
        @sealed_tag = @tag
        text
      rescue InvalidTag
        nil
      end

      # @return [CipherContext] that has been given all so far
      def context
        @context ||= @algorithm.start(@encrypting, @key, @iv).tap do |context|
          context.authenticate_additional_data(@header) unless @header.empty?
          context.update(@only) if @only
          @only = nil
        end
      end

      def finish
        return context.finalize_with_tag(@tag) unless @encrypting

        context.finalize
        @tag = context.tag
      end
    end
  end
end
