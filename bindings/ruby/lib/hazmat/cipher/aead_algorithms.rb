# frozen_string_literal: true

require_relative "../name_table"
require_relative "../shared_backend"

module Hazmat
  class Cipher
    # The algorithms for authenticated encryption of whole messages, by their names.
    #
    # @api private
    module AEADAlgorithms
      # An algorithm with one size of its key.
      #
      # @!attribute [r] name
      #   @return [String] the name, as OpenSSL spells it
      # @!attribute [r] code
      #   @return [Integer] the algorithm's code in {AEADAlgorithm}
      # @!attribute [r] key_len
      #   @return [Integer] the size of the key in bytes
      Variant = Struct.new(:name, :code, :key_len) do
        # @return [Boolean] whether the backend has it
        def supported?
          SharedBackend.get.aead_supported?(code)
        end
      end

      # The code and the size of the key in bytes. A key for SIV is two keys.
      ROWS = {
        "AES-128-GCM" => [:AES_GCM, 16], "AES-192-GCM" => [:AES_GCM, 24], "AES-256-GCM" => [:AES_GCM, 32],
        "AES-128-CCM" => [:AES_CCM, 16], "AES-192-CCM" => [:AES_CCM, 24], "AES-256-CCM" => [:AES_CCM, 32],
        "AES-128-OCB" => [:AES_OCB3, 16], "AES-192-OCB" => [:AES_OCB3, 24], "AES-256-OCB" => [:AES_OCB3, 32],
        "AES-128-SIV" => [:AES_SIV, 32], "AES-192-SIV" => [:AES_SIV, 48], "AES-256-SIV" => [:AES_SIV, 64],
        "AES-128-GCM-SIV" => [:AES_GCM_SIV, 16], "AES-192-GCM-SIV" => [:AES_GCM_SIV, 24],
        "AES-256-GCM-SIV" => [:AES_GCM_SIV, 32],
        "ChaCha20-Poly1305" => [:CHACHA20_POLY1305, 32], "XChaCha20-Poly1305" => [:XCHACHA20_POLY1305, 32]
      }.freeze

      TABLE = NameTable.new(ROWS.keys.to_h { |name| [name, [name]] }) do |name|
        code, key_len = ROWS[name]
        Variant.new(name, AEADAlgorithm[code], key_len).freeze
      end
      private_constant :ROWS, :TABLE

      # @param name [String]
      # @return [Variant]
      # @raise [RuntimeError] if there is none of the name
      # @raise [CipherError] if the backend does not have it
      def self.named(name)
        algorithm = TABLE[name] || raise("unsupported cipher algorithm (#{name})")
        raise CipherError, "unsupported: the backend has no #{algorithm.name}" unless algorithm.supported?

        algorithm
      end

      # @param name [String] a name as it is spelt here
      # @return [Variant]
      def self.variant(name)
        TABLE[name]
      end

      # @return [Array<String>] the names of what the backend has, sorted
      def self.names
        ROWS.keys.select { |name| TABLE[name].supported? }.map(&:downcase).sort
      end
    end
  end
end
