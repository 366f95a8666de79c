# frozen_string_literal: true

require_relative "abi"

module Hazmat
  # What {Digest} and {HMAC} use in place of {Backend#hash_message} and
  # {Backend#hmac_message}: they know how long the result is and have checked the
  # arguments, and their results are not frozen. A small message costs a third less.
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
  end
end
