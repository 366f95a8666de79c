# frozen_string_literal: true

require_relative "../abi"

module Hazmat
  class Cipher
    # What {ABI::Cipher} and {ABI::Mode} are to C, with key and initialization vector, in
    # one piece of memory. It is made for one message and costs a tenth of those two.
    #
    # @api private
    class Parameters
      # Members that are not zero, and what Array#pack calls their types.
      CIPHER = { size: "J", algorithm: "L", key: "J", key_len: "J", nonce: "J", nonce_len: "J" }.freeze
      MODE = { size: "J", mode: "L", iv: "J", iv_len: "J" }.freeze

      FORMAT = [[CIPHER, ABI::Cipher.layout, 0], [MODE, ABI::Mode.layout, ABI::Cipher.layout.size]]
               .flat_map do |members, layout, start|
                 members.map { |name, type| "@#{start + layout.offset_of(name)}#{type}" }
               end.join.freeze
      MODE_AT = ABI::Cipher.layout.size
      BYTES_AT = MODE_AT + ABI::Mode.layout.size
      SIZES = [ABI::Cipher.layout.size, ABI::Mode.layout.size].freeze
      private_constant :CIPHER, :MODE, :FORMAT, :MODE_AT, :BYTES_AT, :SIZES

      # @return [FFI::Pointer] the hz_cipher
      attr_reader :cipher
      # @return [FFI::Pointer, nil] the hz_mode, nil for a cipher that takes no mode
      attr_reader :mode

      # @param code [Integer] in {CipherAlgorithm}
      # @param mode [Integer] in {CipherMode}
      def initialize(code, mode, key, iv)
        @iv_at = BYTES_AT + key.bytesize
        @cipher = FFI::MemoryPointer.new(@iv_at + iv.bytesize)
        @cipher.put_bytes(0, packed(code, mode, key.bytesize, iv.bytesize))
        @cipher.put_bytes(BYTES_AT, key)
        self.iv = iv
        @mode = @cipher + MODE_AT unless mode == CipherMode::NONE
      end

      # @param iv [String] another initialization vector of the same size
      def iv=(iv)
        @cipher.put_bytes(@iv_at, iv)
      end

      private

      # Both structs. A cipher that takes no mode has the vector itself.
      def packed(code, mode, key_len, iv_len)
        start = @cipher.address
        vector, none = [start + @iv_at, iv_len], [0, 0]
        own, others = mode == CipherMode::NONE ? [vector, none] : [none, vector]
        [SIZES[0], code, start + BYTES_AT, key_len, *own, SIZES[1], mode, *others].pack(FORMAT)
      end
    end
  end
end
