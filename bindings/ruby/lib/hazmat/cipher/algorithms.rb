# frozen_string_literal: true

require_relative "../name_table"
require_relative "algorithm"
require_relative "sealing_algorithm"

module Hazmat
  class Cipher
    # The ciphers by their names.
    #
    # @api private
    module Algorithms
      SHORT = %i[ECB CBC OFB CFB].freeze
      LONG = [*SHORT, :CFB8, :CTR].freeze
      AES = [*LONG, :GCM].freeze

      # What a name begins with: the cipher, the size of its key in bytes, its modes, and
      # other names of it in CBC.
      FAMILIES = {
        "AES-128" => [:AES, 16, AES, %w[aes128]],
        "AES-192" => [:AES, 24, AES, %w[aes192]],
        "AES-256" => [:AES, 32, AES, %w[aes256]],
        "CAMELLIA-128" => [:CAMELLIA, 16, LONG, %w[camellia128]],
        "CAMELLIA-192" => [:CAMELLIA, 24, LONG, %w[camellia192]],
        "CAMELLIA-256" => [:CAMELLIA, 32, LONG, %w[camellia256]],
        "SM4" => [:SM4, 16, [*SHORT, :CTR], %w[sm4]],
        "SEED" => [:SEED, 16, SHORT, %w[seed]],
        "IDEA" => [:IDEA, 16, SHORT, %w[idea]],
        "BF" => [:BLOWFISH, 16, SHORT, %w[bf blowfish]],
        "CAST5" => [:CAST5, 16, SHORT, %w[cast cast-cbc]],
        "DES" => [:TRIPLE_DES, 8, [*SHORT, :CFB8], %w[des]],
        "DES-EDE" => [:TRIPLE_DES, 16, SHORT, []],
        "DES-EDE3" => [:TRIPLE_DES, 24, [*SHORT, :CFB8], %w[des3]]
      }.freeze

      # The rest: the cipher, its mode, the size of its key in bytes.
      OTHERS = {
        "AES-128-XTS" => [:AES, :XTS, 32],
        "AES-256-XTS" => [:AES, :XTS, 64],
        "ChaCha20" => [:CHACHA20, :NONE, 32],
        "RC4" => [:ARC4, :NONE, 16],
        "RC4-40" => [:ARC4, :NONE, 5]
      }.freeze

      # Those that the library takes whole messages of.
      SEALED = {
        "AES-128-CCM" => WholeMessage, "AES-192-CCM" => WholeMessage, "AES-256-CCM" => WholeMessage,
        "AES-128-OCB" => CollectedMessage, "AES-192-OCB" => CollectedMessage, "AES-256-OCB" => CollectedMessage,
        "ChaCha20-Poly1305" => StreamedMessage
      }.freeze

      # Names that follow no rule.
      ALIASES = {
        "AES-128-GCM" => "id-aes128-GCM", "AES-192-GCM" => "id-aes192-GCM", "AES-256-GCM" => "id-aes256-GCM",
        "AES-128-CCM" => "id-aes128-CCM", "AES-192-CCM" => "id-aes192-CCM", "AES-256-CCM" => "id-aes256-CCM",
        "DES-EDE-ECB" => "des-ede", "DES-EDE3-ECB" => "des-ede3"
      }.freeze

      # Ciphers whose keys have many sizes.
      VARIABLE = %i[BLOWFISH CAST5 ARC4].freeze

      ROWS = FAMILIES.each_with_object(OTHERS.dup) do |(prefix, (cipher, key_len, modes)), rows|
        modes.each { |mode| rows["#{prefix}-#{mode}"] = [cipher, mode, key_len] }
      end.freeze

      NAMES = [*ROWS.keys, *SEALED.keys].to_h do |name|
        family = FAMILIES[name.delete_suffix("-CBC")]
        [name, [name, *family&.last, *ALIASES[name]]]
      end.freeze

      TABLE = NameTable.new(NAMES) do |name|
        messages = SEALED[name]
        next SealingAlgorithm.new(AEADAlgorithms.variant(name), messages) if messages

        cipher, mode, key_len = ROWS[name]
        Algorithm.new(name, CipherAlgorithm[cipher], CipherMode[mode], key_len, VARIABLE.include?(cipher))
      end
      private_constant :SHORT, :LONG, :AES, :FAMILIES, :OTHERS, :SEALED, :ALIASES, :VARIABLE, :ROWS, :TABLE

      # @param name [String]
      # @return [Algorithm]
      # @raise [RuntimeError] if there is none of the name
      # @raise [CipherError] if the backend does not have it
      def self.named(name)
        algorithm = TABLE[name] || raise("unsupported cipher algorithm (#{name})")
        raise CipherError, "unsupported: the backend has no #{algorithm.name}" unless algorithm.supported?

        algorithm
      end

      # @return [Array<String>] all names of what the backend has, sorted
      def self.names
        supported = NAMES.select { |name, _| TABLE[name].supported? }
        supported.flat_map { |name, (_, *others)| [name.downcase, *others] }.sort
      end
    end
  end
end
