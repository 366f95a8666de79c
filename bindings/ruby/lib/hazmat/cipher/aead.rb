# frozen_string_literal: true

require_relative "aead_algorithms"

module Hazmat
  class Cipher
    # Authenticated encryption of whole messages, each in one call:
    #
    #   aead = Hazmat::Cipher::AEAD.new("chacha20-poly1305", key)
    #   nonce = aead.random_nonce
    #   sealed = aead.seal(nonce, "plaintext", "header")
    #   aead.open(nonce, sealed, "header")
    #
    # The tag is a part of what is sealed: behind the ciphertext, but in SIV before it.
    # Nothing is opened that is not authentic. Any number of threads may use an object,
    # also in a forked child.
    #
    # Ruby's openssl has no such class. Below this one are {Backend#create_aead} and
    # {Hazmat::AEAD}.
    class AEAD
      # @return [String] the algorithm's name, as OpenSSL spells it
      attr_reader :name
      # @return [Integer] the size of tags in bytes
      attr_reader :tag_len

      # @return [Array<String>] the names that {#initialize} takes, of algorithms that
      #   are here
      def self.algorithms
        AEADAlgorithms.names
      end

      # @param name [String] as {#initialize} takes it
      # @return [String] a new key for the algorithm
      # @raise as {#initialize}
      def self.random_key(name)
        Hazmat.random_bytes(AEADAlgorithms.named(Runtime.bytes(name, "name")).key_len).dup
      end

      # @param name [String] a name such as "aes-256-gcm", in upper or lower case
      # @param key [String]
      # @param tag_len [Integer] the size of tags in bytes: 16, or 4 to 15 where the
      #   algorithm has them
      # @raise [RuntimeError] for an unknown name
      # @raise [CipherError] if the backend does not have the algorithm
      # @raise [ArgumentError] if the key or the tag has a size that it cannot have
      # @raise [TypeError] if an argument is something else
      def initialize(name, key, tag_len: MAX_TAG_SIZE)
        algorithm = AEADAlgorithms.named(Runtime.bytes(name, "name"))
        key = Runtime.bytes(key, "key")
        raise ArgumentError, "key must be #{algorithm.key_len} bytes" unless key.bytesize == algorithm.key_len

        @code = algorithm.code
        @name = algorithm.name
        @key = key.b.freeze
        @tag_len = tag_len
        @handle = make
      end

      # @param nonce [String] bytes that no other message under this key has; their
      #   number is in {AEADAlgorithm}
      # @param plaintext [String] bytes; the encoding does not matter
      # @param additional_data [String] bytes that are authenticated and not encrypted
      # @return [String] ciphertext and tag: binary
      # @raise [ArgumentError] if the nonce has a size that it cannot have, or the
      #   plaintext is too long, or empty in SIV
      # @raise [TypeError] if an argument is no String
      def seal(nonce, plaintext, additional_data = "")
        in_this_process { |handle| handle.seal(nonce, plaintext, additional_data) }.dup
      end

      # @param nonce [String] that of the message
      # @param sealed [String] what {#seal} answered
      # @param additional_data [String] that of the message
      # @return [String] the plaintext: binary
      # @raise [CipherError] if any of these is not authentic
      # @raise [ArgumentError] if the nonce has a size that it cannot have
      # @raise [TypeError] if an argument is no String
      def open(nonce, sealed, additional_data = "")
        in_this_process { |handle| handle.open(nonce, sealed, additional_data) }.dup
      rescue InvalidTag => e
        raise CipherError, e.message
      end

      # @return [String] a new nonce: 12 bytes where that can be, else as many as the
      #   algorithm takes. Of random nonces of 12 bytes no key must have more than 2^32
      #   (NIST SP 800-38D, section 8.3).
      def random_nonce
        least, most = AEADAlgorithm.min_nonce_size(@code), AEADAlgorithm.max_nonce_size(@code)
        Hazmat.random_bytes(USUAL_NONCE.clamp(least, most)).dup
      end

      # Names the object, and nothing that it holds.
      alias inspect to_s

      # @raise [TypeError] always: a key must not leave the process by accident
      def marshal_dump
        raise TypeError, "no _dump_data is defined for class #{self.class}"
      end

      private

      USUAL_NONCE = 12
      private_constant :USUAL_NONCE

      def make
        SharedBackend.get.create_aead(@code, @key, @tag_len)
      end

      # A forked child does not know the handles of its parent, and makes its own.
      def in_this_process
        yield @handle
      rescue StaleHandle
        @handle = make
        yield @handle
      end
    end
  end
end
