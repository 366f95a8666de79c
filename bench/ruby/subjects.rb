# frozen_string_literal: true

require_relative "work"

# The libraries, and how a program would do each operation with each of them.
#
# An operation is a block that takes key, nonce or initialization vector, and data, and
# answers what comes out. Its name is explained in bench/python/work.py.
module Subjects
  # What Ruby's openssl has, and hazmat in its shape. $library is one of the two modules.
  class Shaped
    def initialize(library)
      @library = library
    end

    # @return [Hash{String => Proc}] what makes the block of an operation
    def operations
      hashes.merge(contexts, macs, ciphers("aes-256-gcm"), ciphers("chacha20-poly1305"), ciphers("aes-256-cbc"),
                   ciphers("aes-256-ctr"))
    end

    private

    def hashes
      { "sha256" => "SHA256", "sha512" => "SHA512", "sha3-256" => "SHA3-256", "blake2b" => "BLAKE2b512" }
        .transform_values do |name|
          digest = @library::Digest
          -> { ->(_key, _nonce, data) { digest.digest(name, data) } }
        end
    end

    def contexts
      digest = @library::Digest
      { "sha256:context" => -> { ->(_key, _nonce, data) { (digest.new("SHA256") << data).digest } } }
    end

    def macs
      hmac = @library::HMAC
      one_call = -> { ->(key, _nonce, data) { hmac.digest("SHA256", key, data) } }
      { "hmac-sha256:new" => one_call, "hmac-sha256:same" => one_call }
    end

    def ciphers(name)
      tag = name.end_with?("gcm", "poly1305")
      { "#{name}:new" => -> { new_key(name, tag) }, "#{name}:same" => -> { same_key(name, tag) } }
    end

    def new_key(name, tag)
      cipher_class = @library::Cipher
      lambda do |key, nonce, data|
        cipher = cipher_class.new(name).encrypt
        cipher.key = key
        cipher.iv = nonce
        cipher.padding = 0
        text = cipher.update(data) << cipher.final
        tag ? text << cipher.auth_tag : text
      end
    end

    def same_key(name, tag)
      cipher = @library::Cipher.new(name).encrypt
      cipher.key = Work::KEYS[0]
      cipher.padding = 0
      lambda do |_key, nonce, data|
        cipher.reset
        cipher.iv = nonce
        text = cipher.update(data) << cipher.final
        tag ? text << cipher.auth_tag : text
      end
    end
  end

  # What a library is: how it is loaded, what says which it is, and its operations. A
  # batch that it has no call for is done in a loop.
  Subject = Struct.new(:load, :version, :operations, keyword_init: true)

  def self.hazmat_batches
    sha256 = Hazmat::HashAlgorithm::SHA256
    backend = Hazmat.default_backend
    {
      "sha256:batch" => -> { ->(_key, _nonces, messages) { backend.hash_many(sha256, messages) } },
      "hmac-sha256:batch" => -> { ->(key, _nonces, messages) { backend.hmac_many(key, sha256, messages) } },
      "aes-256-gcm:batch" => lambda do
        aead = backend.create_aead(Hazmat::AEADAlgorithm::AES_GCM, Work::KEYS[0], 16)
        ->(_key, nonces, messages) { aead.seal_many(nonces, messages, []) }
      end
    }
  end

  ALL = {
    "hazmat" => Subject.new(
      load: -> { require "hazmat" },
      version: -> { "hazmat #{Hazmat::VERSION}, backend #{Hazmat.default_backend.name}" },
      operations: -> { Shaped.new(Hazmat).operations.merge(hazmat_batches) }
    ),
    "openssl" => Subject.new(
      load: -> { require "openssl" },
      version: -> { "openssl #{OpenSSL::VERSION}, #{OpenSSL::OPENSSL_LIBRARY_VERSION}" },
      operations: -> { Shaped.new(OpenSSL).operations }
    ),
    "digest" => Subject.new(
      load: -> { require "digest" },
      version: -> { "digest #{Digest::VERSION}" },
      operations: lambda do
        {
          "sha256" => -> { ->(_key, _nonce, data) { Digest::SHA256.digest(data) } },
          "sha256:context" => -> { ->(_key, _nonce, data) { (Digest::SHA256.new << data).digest } },
          "sha512" => -> { ->(_key, _nonce, data) { Digest::SHA512.digest(data) } }
        }
      end
    )
  }.freeze
end
