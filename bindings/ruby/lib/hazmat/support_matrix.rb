# frozen_string_literal: true

require_relative "abi"

module Hazmat
  # Which backend has what: see {Hazmat.support_matrix}.
  #
  # @!attribute [r] backends
  #   @return [Array<String>] the names of the backends that were asked
  # @!attribute [r] ciphers
  #   @return [Hash{Array(Integer, Integer) => Array<String>}] by codes of cipher and mode,
  #     for all pairs that have them, the backends with that pair
  # @!attribute [r] hashes
  #   @return [Hash{Integer => Array<String>}] by codes of hash functions
  # @!attribute [r] hmacs
  #   @return [Hash{Integer => Array<String>}] the same for HMAC, which
  #     extendable-output functions do not have
  # @!attribute [r] aeads
  #   @return [Hash{Integer => Array<String>}] by codes of AEAD algorithms
  SupportMatrix = Struct.new(:backends, :ciphers, :hashes, :hmacs, :aeads) do
    class << self
      # @return [SupportMatrix] of opened backends, by their names
      def of(backends)
        pairs = Hazmat.cipher_algorithms.flat_map { |cipher| [cipher].product(CipherAlgorithm.modes(cipher)) }
        hashes = Hazmat.hash_algorithms
        macs = hashes.reject { |hash| HashAlgorithm.extendable?(hash) }
        new(backends.keys, having(backends, :cipher_supported?, pairs), having(backends, :hash_supported?, hashes),
            having(backends, :hmac_supported?, macs),
            having(backends, :aead_supported?, Hazmat.aead_algorithms)).freeze
      end

      private

      def having(backends, question, algorithms)
        algorithms.to_h do |algorithm|
          [algorithm, backends.select { |_, backend| backend.public_send(question, *algorithm) }.keys]
        end
      end
    end
  end

  # @param names [Array<String>] the backends to ask, as {Hazmat.open_backend} takes them
  # @return [SupportMatrix] which of them have which algorithms
  # @raise what {Hazmat.open_backend} raises for a name
  def self.support_matrix(names = backend_names)
    backends = {}
    names.each { |name| backends[name] = open_backend(name) }
    SupportMatrix.of(backends)
  ensure
    backends&.each_value(&:close)
  end
end
