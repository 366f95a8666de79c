# frozen_string_literal: true

require_relative "abi"

module Hazmat
  # What {Digest}, {HMAC} and {Cipher} use in place of {Backend#hash_message} and its
  # like: they know how long the result is and have checked the arguments, and their
  # results are not frozen. Small messages cost less so.
  class Backend
    LENGTH = "\0\0\0\0\0\0\0\0"
    private_constant :LENGTH

    # @api private
    # @param message [String]
    # @param size [Integer] how long the digest is
    # @return [String] the digest
    def hash_of(algorithm, message, size)
      digest = Runtime::Results.memory(size)
      bytes = message.bytesize
      ABI.check(ABI.native(bytes).hash(@address || closed!, algorithm, message, bytes, digest, size, +LENGTH))
      digest
    end

    # @api private
    # @param key [String]
    # @param message [String]
    # @param size [Integer] how long the MAC is
    # @return [String] the MAC
    def hmac_of(key, algorithm, message, size)
      mac = Runtime::Results.memory(size)
      bytes = message.bytesize
      ABI.check(ABI.native(bytes).hmac(@address || closed!, key, key.bytesize, algorithm, message, bytes, mac, size,
                                       +LENGTH))
      mac
    end

    # @api private
    # @param parameters [Cipher::Parameters]
    # @param data [String]
    # @return [String] as many bytes
    def crypt(encrypting, parameters, data)
      bytes = data.bytesize
      output = Runtime::Results.memory(bytes)
      function = encrypting ? :encrypt : :decrypt
      ABI.check(ABI.native(bytes).public_send(function, @address || closed!, parameters.cipher, parameters.mode,
                                              data, bytes, output, bytes, +LENGTH))
      output
    end

    # @api private
    # @param plaintext [String]
    # @return [String] the ciphertext, and a tag of 16 bytes behind it
    def seal_gcm(key, nonce, plaintext, additional_data)
      bytes = plaintext.bytesize
      size = bytes + MAX_TAG_SIZE
      sealed = Runtime::Results.memory(size)
      ABI.check(ABI.native(bytes).seal(@address || closed!, AEADAlgorithm::AES_GCM, key, key.bytesize,
                                       nonce, nonce.bytesize, plaintext, bytes,
                                       additional_data, additional_data.bytesize, sealed, size, +LENGTH))
      sealed
    end

    # @api private
    # @param ciphertext [String] with a tag of 16 bytes behind it
    # @return [String] the plaintext
    # @raise [InvalidTag] if it is not authentic
    def open_gcm(key, nonce, ciphertext, additional_data)
      bytes = ciphertext.bytesize
      size = bytes - MAX_TAG_SIZE
      plaintext = Runtime::Results.memory(size)
      ABI.check(ABI.native(bytes).open(@address || closed!, AEADAlgorithm::AES_GCM, key, key.bytesize,
                                       nonce, nonce.bytesize, ciphertext, bytes,
                                       additional_data, additional_data.bytesize, plaintext, size, +LENGTH))
      plaintext
    end
  end
end
