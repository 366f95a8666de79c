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
  end
end
