# frozen_string_literal: true

require_relative "hazmat/abi"
require_relative "hazmat/backend"
require_relative "hazmat/cipher"
require_relative "hazmat/digest"
require_relative "hazmat/hmac"
require_relative "hazmat/support_matrix"

# Cryptography by the hazmat library.
#
# {Digest}, {HMAC} and {Cipher} are those of Ruby's openssl under another name, and
# {Cipher::AEAD} does whole messages:
#
#   Hazmat::Digest.hexdigest("SHA256", "message")
#
# Below them a {Backend} makes contexts, each of which processes one message:
#
#   backend = Hazmat.default_backend
#   digest = backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |context|
#     context.update("message")
#     context.finalize
#   end
#
# Bytes are Strings, whatever their encoding; results of contexts are binary and
# frozen. A failure raises one of the exceptions that are {Error}. Inputs of 128 KiB and more
# are worked on without Ruby's lock, so other threads go on meanwhile.
#
# Codes, exceptions, handles and functions are generated, in hazmat/abi.rb; so are
# the parameters in {ABI}.
module Hazmat
  class << self
    # @!method open_backend(name)
    #   @see backend_open
    alias open_backend backend_open

    # @!method register_backend(backend)
    #   @see backend_register
    alias register_backend backend_register

    # @!method constant_time_compare(a, b)
    #   @see constant_time_compare?
    alias constant_time_compare constant_time_compare?
  end
end
