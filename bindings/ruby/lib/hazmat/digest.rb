# frozen_string_literal: true

require "digest"
require_relative "openssl_error"
require_relative "small_message"

module Hazmat
  # A message digest, as OpenSSL::Digest of Ruby's openssl:
  #
  #   Hazmat::Digest.hexdigest("SHA256", "message")
  #
  #   digest = Hazmat::Digest.new("SHA256")
  #   digest << "mess"
  #   digest << "age"
  #   digest.hexdigest
  #
  # It is a Digest::Class, from which it has digest!, hexdigest!, base64digest, file,
  # ==, length and so on. One thread uses an object at a time.
  class Digest < ::Digest::Class
    include SmallMessage

    # A failure of the library's, or a function that the backend does not have.
    class DigestError < OpenSSLError
    end

    NONE = Object.new.freeze
    private_constant :NONE

    # The classes of single functions, by their names.
    CLASSES = %w[MD5 RIPEMD160 SHA1 SHA224 SHA256 SHA384 SHA512].freeze
    private_constant :CLASSES

    # @param name [String] such as "SHA256"
    # @param data [String] bytes; the encoding does not matter
    # @return [String] the digest: binary
    # @raise what {#initialize} raises
    def self.digest(name, data)
      Functions.of(name).digest(Runtime.bytes(data, "data"))
    rescue Error => e
      raise DigestError, e.message
    end

    # @!method self.hexdigest(name, data)
    #   @return [String] the digest in hexadecimal
    # @!method self.base64digest(name, data)
    #   @return [String] the digest in Base64

    # @param name [String, Digest] a function's name, in upper or lower case, the number
    #   of its ASN.1 object, or an object with the function
    # @param data [String, nil] the beginning of the message
    # @raise [TypeError] if one of them is neither
    # @raise [RuntimeError] for an unknown name
    # @raise [DigestError] if the backend does not have the function
    def initialize(name, data = nil)
      super()
      reset if @function
      @function = Functions.of(name)
      update(data) unless data.nil?
    rescue Error => e
      failed(e)
    end

    # @param data [String] a message to digest instead, which leaves the object reset
    # @return [String] the digest of the message so far, which can go on: binary
    def digest(data = NONE)
      return finish if NONE.equal?(data)

      reset
      update(data)
      digest!
    end

    # @param data [String] as in {#digest}
    # @return [String] the digest in hexadecimal
    def hexdigest(data = NONE)
      (NONE.equal?(data) ? finish : digest(data)).unpack1("H*")
    end

    # @return [String] the function's name, as OpenSSL spells it
    def name
      function.name.b
    end

    # @return [Integer] the length of a digest in bytes
    def digest_length
      function.digest_length
    end

    # @return [Integer] the length in bytes of the blocks that the function works in
    def block_length
      function.block_length
    end

    # @api private
    # @return [Function]
    # @raise [RuntimeError] if the object was allocated and not initialized
    def function
      @function || raise("Digest CTX wasn't initialized!")
    end

    private

    def start
      function.start
    end

    def whole(message)
      function.digest(message)
    end

    def finish_context(context)
      function.finish(context)
    end

    def failed(error)
      raise DigestError, error.message
    end

    CLASSES.each do |name|
      const_set(name, Class.new(self) do
        define_singleton_method(:digest) { |data| Digest.digest(name, data) }
        define_singleton_method(:hexdigest) { |data| Digest.digest(name, data).unpack1("H*") }
        define_method(:initialize) { |data = nil| super(name, data) }
      end)
    end
  end

  # @param name [String, Symbol] the name of a class in {Digest}, such as "SHA256"
  # @return [Class] it
  # @raise [NameError] if there is none
  def self.Digest(name)
    Digest.const_get(name)
  end
end

require_relative "digest/functions"
