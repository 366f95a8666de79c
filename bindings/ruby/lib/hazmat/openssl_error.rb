# frozen_string_literal: true

module Hazmat
  # What the failures of {Digest}, {HMAC} and {Cipher} have in common, as in Ruby's
  # openssl. If the failure is the library's, the cause is the library's own exception.
  class OpenSSLError < StandardError
  end
end
