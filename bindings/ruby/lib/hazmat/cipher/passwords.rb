# frozen_string_literal: true

require_relative "../digest"

module Hazmat
  class Cipher
    # Keys and initialization vectors that are made of passwords, as OpenSSL's
    # EVP_BytesToKey makes them. They are cheap to guess, so this is for messages of old
    # programs only.
    module Passwords
      SALT_SIZE = 8
      ITERATIONS = 2048
      DEFAULT_SALT = "OpenSSL for Ruby rulez!"
      private_constant :SALT_SIZE, :ITERATIONS, :DEFAULT_SALT

      # Sets key and initialization vector to what comes from a password.
      #
      # @param password [String]
      # @param salt [String, nil] 8 bytes
      # @param iterations [Integer]
      # @param digest [String, Digest] a hash function's name, or an object with it
      # @return [nil]
      # @raise [CipherError] if the salt has another size
      # @raise [ArgumentError] if the iterations are not positive
      # @raise [TypeError] if an argument is something else
      # @raise [RuntimeError] for an unknown hash function
      def pkcs5_keyivgen(password, salt = nil, iterations = nil, digest = nil)
        secret = Runtime.bytes(password, "password").b + salt_or_none(salt)
        bytes = derive(secret, count(iterations), Digest::Functions.of(digest.nil? ? "MD5" : digest))
        set_both(bytes.byteslice(0, key_len), bytes.byteslice(key_len, iv_len))
      rescue Error => e
        failed(e)
      end

      private

      # Sets them as the arguments of encrypt and decrypt say, which are deprecated: the
      # salt is also the initialization vector.
      def take_password(password, salt)
        name = self.class
        warn "arguments for #{name}#encrypt and #{name}#decrypt were deprecated; " \
             "use #{name}#pkcs5_keyivgen to derive key and IV"
        salt = Runtime.bytes(salt || DEFAULT_SALT, "salt").b.ljust(MAX_BLOCK_SIZE, "\0")
        secret = Runtime.bytes(password, "password").b + salt.byteslice(0, SALT_SIZE)
        set_both(derive(secret, 1, Digest::Functions.of("MD5")).byteslice(0, key_len), salt.byteslice(0, iv_len))
      end

      def set_both(key, iv)
        self.key = key
        self.iv = iv
        nil
      end

      def salt_or_none(salt)
        return "" if salt.nil?

        salt = Runtime.bytes(salt, "salt")
        raise CipherError, "salt must be an 8-octet string" unless salt.bytesize == SALT_SIZE

        salt.b
      end

      def count(iterations)
        iterations = iterations.nil? ? ITERATIONS : integer(iterations)
        raise ArgumentError, "iterations must be a positive integer" unless iterations.positive?

        iterations
      end

      # @return [String] as many bytes as key and vector have, or some more
      def derive(secret, iterations, function)
        bytes, block = "".b, ""
        while bytes.bytesize < key_len + iv_len
          block = function.digest(block + secret)
          (iterations - 1).times { block = function.digest(block) }
          bytes << block
        end
        bytes
      end
    end
  end
end
