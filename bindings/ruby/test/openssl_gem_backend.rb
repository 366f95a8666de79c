# frozen_string_literal: true

require "hazmat"
require "openssl"

# A backend in Ruby: thin contexts over Ruby's own openssl. It keeps to what a registered
# backend is asked, and leaves all else to the library.
class OpenSSLGemBackend
  include Hazmat

  HASHES = {
    HashAlgorithm::MD5 => "MD5", HashAlgorithm::SHA1 => "SHA1", HashAlgorithm::SHA224 => "SHA224",
    HashAlgorithm::SHA256 => "SHA256", HashAlgorithm::SHA384 => "SHA384", HashAlgorithm::SHA512 => "SHA512",
    HashAlgorithm::SHA512_256 => "SHA512-256", HashAlgorithm::SHA3_256 => "SHA3-256",
    HashAlgorithm::BLAKE2B => "BLAKE2b512", HashAlgorithm::SM3 => "SM3"
  }.freeze

  MODES = { CipherMode::ECB => "ECB", CipherMode::CBC => "CBC", CipherMode::CTR => "CTR", CipherMode::OFB => "OFB",
            CipherMode::CFB => "CFB", CipherMode::CFB8 => "CFB8", CipherMode::GCM => "GCM" }.freeze

  # A hash, or HMAC over one.
  class Digest
    attr_reader :algorithm

    def initialize(algorithm, state)
      @algorithm = algorithm
      @state = state
    end

    def update(data)
      @state.update(data)
    end

    def finalize
      @state.digest
    end

    def copy
      self.class.new(@algorithm, @state.dup)
    end
  end

  # HMAC also verifies.
  class MAC < Digest
    def verify(signature)
      raise Hazmat::InvalidSignature, "the signature is another one" unless OpenSSL.secure_compare(finalize, signature)
    end
  end

  # A cipher in a mode that has no more to it.
  class Cipher
    def initialize(state)
      @state = state
    end

    def update(data)
      data.empty? ? "" : @state.update(data)
    end

    def finalize
      @state.final
    end
  end

  # A cipher that can start over.
  class NonceCipher < Cipher
    def reset_nonce(nonce)
      @state.reset
      @state.iv = nonce
    end
  end

  # A cipher that authenticates.
  class AEADCipher < Cipher
    def authenticate_additional_data(data)
      @state.auth_data = data unless data.empty?
    end

    def tag
      @state.auth_tag(16)
    end

    def finalize_with_tag(tag)
      @state.auth_tag = tag
      @state.final
    rescue OpenSSL::Cipher::CipherError
      raise Hazmat::InvalidTag, "the tag is another one"
    end
  end

  # Seals and opens messages; the object of Ruby's openssl is made anew for each.
  class Sealer
    TAG = 16

    attr_reader :algorithm

    def initialize(algorithm, name, key)
      @algorithm = algorithm
      @name = name
      @key = key
    end

    def tag_length
      TAG
    end

    def seal(nonce, plaintext, additional_data)
      state = begin_message(:encrypt, nonce, additional_data)
      process(state, plaintext) + state.auth_tag(TAG)
    end

    def open(nonce, ciphertext, additional_data)
      state = begin_message(:decrypt, nonce, additional_data) do |decryption|
        decryption.auth_tag = ciphertext.byteslice(-TAG, TAG)
      end
      process(state, ciphertext.byteslice(0, ciphertext.bytesize - TAG))
    rescue OpenSSL::Cipher::CipherError
      raise Hazmat::InvalidTag, "the tag is another one"
    end

    private

    def begin_message(direction, nonce, additional_data)
      state = OpenSSL::Cipher.new(@name).public_send(direction)
      state.key = @key
      state.iv_len = nonce.bytesize
      state.iv = nonce
      yield state if block_given?
      state.auth_data = additional_data
      state
    end

    def process(state, message)
      (message.empty? ? "" : state.update(message)) + state.final
    end
  end

  CONTEXTS = Hash.new(Cipher).merge(CipherMode::CTR => NonceCipher, CipherMode::GCM => AEADCipher).freeze

  attr_reader :name

  def initialize(name)
    @name = name
  end

  def description
    "Ruby's openssl #{OpenSSL::VERSION}"
  end

  def provides?(which)
    [Interface::CIPHER, Interface::HASH, Interface::HMAC, Interface::AEAD].include?(which)
  end

  def hash_supported?(algorithm)
    HASHES.key?(algorithm)
  end

  def create_hash_ctx(algorithm)
    Digest.new(algorithm, OpenSSL::Digest.new(HASHES.fetch(algorithm)))
  end

  def hmac_supported?(algorithm)
    HASHES.key?(algorithm)
  end

  def create_hmac_ctx(key, algorithm)
    MAC.new(algorithm, OpenSSL::HMAC.new(key, HASHES.fetch(algorithm)))
  end

  def cipher_supported?(cipher, mode)
    cipher == CipherAlgorithm::AES && MODES.key?(mode)
  end

  def create_symmetric_encryption_ctx(cipher, mode)
    create(cipher, mode, &:encrypt)
  end

  def create_symmetric_decryption_ctx(cipher, mode)
    create(cipher, mode, &:decrypt)
  end

  def aead_supported?(algorithm)
    [AEADAlgorithm::AES_GCM, AEADAlgorithm::CHACHA20_POLY1305].include?(algorithm)
  end

  def create_aead(algorithm, key, _tag_length)
    name = algorithm == AEADAlgorithm::AES_GCM ? "AES-#{key.bytesize * 8}-GCM" : "ChaCha20-Poly1305"
    Sealer.new(algorithm, name, key)
  end

  private

  def create(cipher, mode)
    state = OpenSSL::Cipher.new("AES-#{cipher.key.bytesize * 8}-#{MODES.fetch(mode.mode)}")
    yield state
    state.padding = 0
    state.key = cipher.key
    state.iv_len = mode.iv.bytesize if mode.mode == CipherMode::GCM
    state.iv = mode.iv unless mode.iv.empty?
    CONTEXTS[mode.mode].new(state)
  end
end
