# frozen_string_literal: true

require_relative "digest"
require_relative "secure_compare"

module Hazmat
  # A failure of the library's in {HMAC}, or a function that there is no HMAC over.
  class HMACError < OpenSSLError
  end

  # A message authentication code (RFC 2104), as OpenSSL::HMAC of Ruby's openssl:
  #
  #   Hazmat::HMAC.hexdigest("SHA256", key, "message")
  #
  #   hmac = Hazmat::HMAC.new(key, "SHA256")
  #   hmac << "mess"
  #   hmac << "age"
  #   hmac.digest
  #
  # One thread uses an object at a time. Two are compared with ==, and a code that was
  # received with {Hazmat.fixed_length_secure_compare}.
  class HMAC
    include SmallMessage

    class << self
      # @param digest [String, Digest] as {HMAC#initialize} takes it
      # @param key [String] as {HMAC#initialize} takes it
      # @param data [String] bytes; the encoding does not matter
      # @return [String] the code: binary
      # @raise what {HMAC#initialize} raises
      def digest(digest, key, data)
        function = function_of(digest)
        function.mac(Runtime.bytes(key, "key"), Runtime.bytes(data, "data"))
      rescue Error => e
        raise HMACError, e.message
      end

      # @return [String] the code in hexadecimal; all else as {digest}
      def hexdigest(digest, key, data)
        digest(digest, key, data).unpack1("H*").b
      end

      # @return [String] the code in Base64; all else as {digest}
      def base64digest(digest, key, data)
        [digest(digest, key, data)].pack("m0")
      end

      # @api private
      # @return [Digest::Function]
      # @raise what {HMAC#initialize} raises
      def function_of(digest)
        function = Digest::Functions.of(digest)
        raise HMACError, "there is no HMAC over #{function.name}" unless function.mac?

        function
      end
    end

    # @param key [String] bytes, any number; as many as a digest has are advised
    # @param digest [String, Digest] a hash function's name, or an object with it
    # @raise [TypeError] if one of them is neither
    # @raise [RuntimeError] for an unknown name
    # @raise [HMACError] for an extendable-output function
    # @raise [Digest::DigestError] if the backend does not have the function
    def initialize(key, digest)
      reset if @function
      @key = Runtime.bytes(key, "key").b.freeze
      @function = HMAC.function_of(digest)
    rescue Error => e
      failed(e)
    end

    # @return [String] the code of the message so far, which can go on: binary
    def digest
      finish
    end

    # @return [String] the same in hexadecimal
    def hexdigest
      finish.unpack1("H*").b
    end
    alias inspect hexdigest
    alias to_s hexdigest

    # @return [String] the same in Base64
    def base64digest
      [finish].pack("m0")
    end

    # @return [Boolean] whether other is an HMAC whose code is the same, found out in a
    #   time that does not depend on the codes
    def ==(other)
      return false unless HMAC === other

      mine, others = digest, other.digest
      mine.bytesize == others.bytesize && Hazmat.fixed_length_secure_compare(mine, others)
    end

    private

    def start
      function.start_mac(@key)
    end

    def whole(message)
      function.mac(@key, message)
    end

    def finish_context(context)
      function.finish(context)
    end

    def failed(error)
      raise HMACError, error.message
    end

    def function
      @function || raise("HMAC wasn't initialized")
    end
  end
end
