# frozen_string_literal: true

require "hazmat"

# Work with known answers, for threads and storms of signals.
module Work
  MESSAGE = (0..255).to_a.pack("C*") * 1000
  KEY = (0..31).to_a.pack("C*").freeze
  AES = Hazmat::ABI::Cipher.new(algorithm: Hazmat::CipherAlgorithm::AES, key: KEY)
  GCM = Hazmat::ABI::Mode.new(mode: Hazmat::CipherMode::GCM, iv: (0..11).to_a.pack("C*"))

  # As pyca/cryptography and Ruby's openssl have them.
  SHA256 = ["b57b64b198d5d59ce5a22a9b9f25e72a7d081476d432051aa923f3dbebb90934"].pack("H*").freeze
  HMAC = ["dde0e092d46d46bc075a7de999b4207b9e39ed0bba9411e2edfb832a46f9fc2c"].pack("H*").freeze
  GCM_TAG = ["a23e50bd16075362b1450c948b0337a2"].pack("H*").freeze
  GCM_CIPHERTEXT_SHA256 = ["d09f643323561079dc784568d72b446cb3da5a038c7600ae66b16f74edb56521"].pack("H*").freeze

  class << self
    # Does all of it once.
    #
    # @return [Array<String>] what came out wrong
    def wrong(backend)
      { "SHA-256" => hashed?(backend), "HMAC" => authenticated?(backend), "GCM" => sealed?(backend) }
        .reject { |_, right| right }.keys
    end

    private

    def sha256(backend, *pieces)
      backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |context|
        pieces.each { |piece| context.update(piece) }
        context.finalize
      end
    end

    def hashed?(backend)
      sha256(backend, MESSAGE[0, 100_000], MESSAGE[100_000..]) == SHA256
    end

    def authenticated?(backend)
      backend.create_hmac_ctx(KEY, Hazmat::HashAlgorithm::SHA256) do |context|
        context.update(MESSAGE)
        context.finalize == HMAC
      end
    end

    def sealed?(backend)
      backend.create_symmetric_encryption_ctx(AES, GCM) do |context|
        context.authenticate_additional_data("header")
        ciphertext = context.update(MESSAGE[0, 1000]) + context.update(MESSAGE[1000..]) + context.finalize
        context.tag == GCM_TAG && sha256(backend, ciphertext) == GCM_CIPHERTEXT_SHA256
      end
    end
  end
end
