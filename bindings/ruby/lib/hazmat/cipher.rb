# frozen_string_literal: true

require_relative "openssl_error"
require_relative "cipher/algorithms"
require_relative "cipher/authentication"
require_relative "cipher/passwords"

module Hazmat
  # Encryption and decryption, as OpenSSL::Cipher of Ruby's openssl:
  #
  #   cipher = Hazmat::Cipher.new("aes-256-gcm").encrypt
  #   key = cipher.random_key
  #   iv = cipher.random_iv
  #   cipher.auth_data = "header"
  #   ciphertext = cipher.update("plaintext") + cipher.final
  #   tag = cipher.auth_tag
  #
  # In ECB and CBC the last block is padded, unless {#padding=} says otherwise. Who can
  # tell whether decryption found valid padding, by the exception or by the time that
  # things take, can decrypt such messages and make some up; so authenticate them, or use
  # a mode that does. Decryption in GCM and ChaCha20-Poly1305 gives plaintext before it is
  # authenticated, as in openssl; it must not be used until {#final} has answered. {AEAD}
  # never gives any.
  #
  # One thread uses an object at a time.
  class Cipher # rubocop:disable Metrics/ClassLength -- openssl's has so many methods
    include Authentication
    include Passwords

    # Something that a cipher cannot do, or a message that is not what it should be.
    class CipherError < OpenSSLError
    end

    # @return [Array<String>] the names that {#initialize} takes, of ciphers that are here
    def self.ciphers
      Algorithms.names
    end

    # @param name [String] a name such as "aes-256-cbc", in upper or lower case
    # @raise [TypeError] if it is no String and does not become one by to_str
    # @raise [RuntimeError] for an unknown name
    # @raise [CipherError] if the backend does not have the cipher
    def initialize(name)
      raise "Cipher already initialized!" if @algorithm

      @algorithm = Algorithms.named(Runtime.bytes(name, "name"))
      @encrypting = false
      @padding = true
    rescue Error => e
      failed(e)
    end

    # Says that the object is to encrypt, before the key is given.
    #
    # @param password [String] deprecated: see {#pkcs5_keyivgen}
    # @param salt [String, nil] deprecated: what is taken for salt, and for the
    #   initialization vector
    # @return [self]
    def encrypt(password = nil, salt = nil)
      turn(true, password, salt)
    end

    # Says that the object is to decrypt, before the key is given.
    #
    # @param password [String] as {#encrypt} takes it
    # @param salt [String, nil] the same
    # @return [self]
    def decrypt(password = nil, salt = nil)
      turn(false, password, salt)
    end

    # @param key [String] {#key_len} bytes
    # @raise [ArgumentError] if it has another size
    # @raise [TypeError] if it is no String
    def key=(key)
      key = Runtime.bytes(key, "key")
      raise ArgumentError, "key must be #{key_len} bytes" unless key.bytesize == key_len

      begin_anew
      @key = key.b.freeze
    end

    # Gives the initialization vector or nonce. A new message begins. Without one it is
    # all zeros, as in openssl; but a mode that authenticates needs one for each message.
    #
    # @param iv [String] {#iv_len} bytes
    # @raise [ArgumentError] if it has another size
    # @raise [TypeError] if it is no String
    def iv=(iv)
      iv = Runtime.bytes(iv, "iv")
      raise ArgumentError, "iv must be #{iv_len} bytes" unless iv.bytesize == iv_len

      begin_anew
      @iv = iv.b.freeze
    end

    # @return [String] a new key, which is set
    def random_key
      self.key = Hazmat.random_bytes(key_len).dup
    end

    # @return [String] a new initialization vector, which is set
    def random_iv
      self.iv = Hazmat.random_bytes(iv_len).dup
    end

    # @param data [String] bytes, at least one; the encoding does not matter
    # @param buffer [String, nil] what is to hold the result, whatever it held before
    # @return [String] as much of the result as there is now: binary, or the buffer
    # @raise [CipherError] if there is no key yet, or the cipher cannot go on
    # @raise [ArgumentError] if there is no data
    # @raise [TypeError] if an argument is no String
    # @raise [FrozenError] if the buffer is frozen; nothing has happened then
    def update(data, buffer = nil)
      raise CipherError, "key not set" unless @key

      data = Runtime.bytes(data, "data")
      raise ArgumentError, "data must not be empty" if data.empty?
      return (@message || start).update(data, @padding) if buffer.nil?

      update_buffer(data, buffer)
    rescue Error => e
      failed(e)
    end

    # Ends the message.
    #
    # @return [String] the rest of the result: binary
    # @raise [CipherError] if the message is not authentic, its padding is wrong, or a
    #   block is not full
    def final
      return finish_authenticated if authenticated?

      (@message || start).final(@padding)
    rescue Error => e
      failed(e)
    end

    # Makes the object ready for another message with the same key. In ECB, CBC, OFB and
    # CFB the initialization vector is what it was, in CTR the next block follows; in
    # other modes nothing happens, and {#iv=} begins the next message.
    #
    # @return [self]
    def reset
      begin_anew if algorithm.restarts?
      self
    end

    # @param length [Integer] the size of keys in bytes
    # @raise [CipherError] if the cipher has no such keys
    # @raise [TypeError] if it is no number
    def key_len=(length)
      length = integer(length)
      raise CipherError, "invalid key length #{length}" unless algorithm.key_len?(length)

      @key_len = length
    end

    # @param padding [Integer] 0 if messages are made of whole blocks, and not padded
    # @raise [TypeError] if it is no number
    def padding=(padding)
      @padding = !integer(padding).zero?
    end

    # @return [String] the cipher's name, as OpenSSL spells it
    def name
      algorithm.name.b
    end

    # @return [Integer] the size of keys in bytes
    def key_len
      @key_len || algorithm.key_len
    end

    # @return [Integer] the size of initialization vectors or nonces in bytes
    def iv_len
      @iv_len || algorithm.iv_len
    end

    # @return [Integer] the size of blocks in bytes, 1 for what works like a stream
    def block_size
      algorithm.block_size
    end

    # Names the object, and nothing that it holds.
    alias inspect to_s

    # @raise [TypeError] always, as Ruby's openssl does
    def marshal_dump
      raise TypeError, "no _dump_data is defined for class #{self.class}"
    end

    private

    # @raise [CipherError] in the middle of a message of a mode that has contexts
    def initialize_copy(other)
      super
      @message = @message.dup if @message
    end

    def algorithm
      @algorithm || raise("Cipher not initialized!")
    end

    def turn(encrypting, password, salt)
      begin_anew
      @encrypting = encrypting
      @key = @tag = nil
      take_password(password, salt) unless password.nil?
      self
    end

    # Begins a message.
    def start
      raise CipherError, "no key set" unless @key
      raise CipherError, "iv not set" unless @iv || !authenticated?

      @tag = nil if @encrypting
      @message = algorithm.message(@encrypting, @key, @iv || ("\0" * iv_len), @tag_len)
      @message.tag = @tag if @tag
      @message
    end

    # Leaves the message that is under way, if there is one.
    def begin_anew
      return algorithm unless @message

      @iv = @message.leave
      @message = nil
    end

    def update_buffer(data, buffer)
      raise TypeError, "no implicit conversion of #{buffer.class} into String" unless String === buffer
      raise FrozenError, "can't modify frozen #{buffer.class}" if buffer.frozen?

      encoding = buffer.encoding
      buffer.replace(update(data)).force_encoding(encoding)
    end

    # A number, as openssl takes it.
    def integer(value)
      return value if Integer === value
      return value.to_int if value.respond_to?(:to_int)

      raise TypeError, "no implicit conversion of #{Runtime.described(value)} into Integer"
    end

    def failed(error)
      raise CipherError, error.message
    end
  end
end

require_relative "cipher/aead"
require_relative "cipher/classes"
