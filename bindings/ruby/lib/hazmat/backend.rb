# frozen_string_literal: true

require_relative "abi"
require_relative "libcrypto"

module Hazmat
  # What backends have beside the functions of the library.
  class Backend
    # @return [Libcrypto] the libcrypto that the openssl backend uses
    # @raise [UnsupportedInterface] for any other backend
    def lib
      Libcrypto.at(openssl_symbol("OpenSSL_version_num"))
    end

    # @return [CValues] what makes the values that the functions of {#lib} take
    # @raise [UnsupportedInterface] as {#lib}
    def ffi
      lib.ffi
    end

    # @return [Array<Integer>] the codes of the interfaces that it provides
    def interfaces
      Interface.codes.values.select { |interface| provides?(interface) }
    end
  end
end
