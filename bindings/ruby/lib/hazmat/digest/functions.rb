# frozen_string_literal: true

require_relative "../name_table"
require_relative "function"

module Hazmat
  class Digest < ::Digest::Class
    # The hash functions by their names.
    #
    # @api private
    module Functions
      # By the names of their codes: what {Digest#name} answers, then what else OpenSSL
      # calls them, the number of the ASN.1 object last.
      NAMES = {
        MD5: %w[MD5 SSL3-MD5 1.2.840.113549.2.5],
        SHA1: %w[SHA1 SHA-1 SSL3-SHA1 1.3.14.3.2.26],
        SHA224: %w[SHA224 SHA-224 SHA2-224 2.16.840.1.101.3.4.2.4],
        SHA256: %w[SHA256 SHA-256 SHA2-256 2.16.840.1.101.3.4.2.1],
        SHA384: %w[SHA384 SHA-384 SHA2-384 2.16.840.1.101.3.4.2.2],
        SHA512: %w[SHA512 SHA-512 SHA2-512 2.16.840.1.101.3.4.2.3],
        SHA512_224: %w[SHA512-224 SHA-512/224 SHA2-512/224 2.16.840.1.101.3.4.2.5],
        SHA512_256: %w[SHA512-256 SHA-512/256 SHA2-512/256 2.16.840.1.101.3.4.2.6],
        SHA3_224: %w[SHA3-224 2.16.840.1.101.3.4.2.7],
        SHA3_256: %w[SHA3-256 2.16.840.1.101.3.4.2.8],
        SHA3_384: %w[SHA3-384 2.16.840.1.101.3.4.2.9],
        SHA3_512: %w[SHA3-512 2.16.840.1.101.3.4.2.10],
        SHAKE128: %w[SHAKE128 SHAKE-128 2.16.840.1.101.3.4.2.11],
        SHAKE256: %w[SHAKE256 SHAKE-256 2.16.840.1.101.3.4.2.12],
        BLAKE2B: %w[BLAKE2b512 BLAKE2B-512 1.3.6.1.4.1.1722.12.2.1.16],
        BLAKE2S: %w[BLAKE2s256 BLAKE2S-256 1.3.6.1.4.1.1722.12.2.2.8],
        RIPEMD160: %w[RIPEMD160 RIPEMD-160 RIPEMD RMD160 1.3.36.3.2.1],
        WHIRLPOOL: %w[whirlpool 1.0.10118.3.0.55],
        SM3: %w[SM3 1.2.156.10197.1.401]
      }.freeze

      # OpenSSL's default for an extendable output is half as long as RFC 8702's, which
      # is the library's.
      DIGEST_LENGTHS = { SHAKE128: 16, SHAKE256: 32 }.freeze

      TABLE = NameTable.new(NAMES) do |constant, name|
        code = HashAlgorithm[constant]
        unless SharedBackend.get.hash_supported?(code)
          raise DigestError, "Digest initialization failed: the backend has no #{name}"
        end

        Function.new(code, name, DIGEST_LENGTHS[constant] || HashAlgorithm.digest_size(code))
      end
      private_constant :TABLE

      # @param digest [String, Digest] a name, or an object that has the function
      # @return [Function]
      # @raise [TypeError] if it is neither
      # @raise [RuntimeError] if there is no function of the name
      # @raise [DigestError] if the backend does not have the function
      def self.of(digest)
        case digest
        when String then TABLE[digest] || raise("Unsupported digest algorithm (#{digest}).")
        when Digest then digest.function
        else raise TypeError, "wrong argument type #{Runtime.described(digest)} (expected Hazmat/Digest)"
        end
      end
    end
  end
end
