# frozen_string_literal: true

require_relative "abi"

module Hazmat
  class << self
    # @param a [String] bytes; the encoding does not matter
    # @param b [String] as many bytes
    # @return [Boolean] whether they are equal, found out in a time that depends on their
    #   length only
    # @raise [ArgumentError] if one is longer
    # @raise [TypeError] if one is no String and does not become one by to_str
    def fixed_length_secure_compare(a, b)
      a, b = Runtime.bytes(a, "a"), Runtime.bytes(b, "b")
      raise ArgumentError, "inputs must be of equal length" unless a.bytesize == b.bytesize

      constant_time_compare(a, b)
    end

    # @param a [String] as {fixed_length_secure_compare} takes it
    # @param b [String] the same, of any length
    # @return [Boolean] whether they are equal, found out in a time that depends on their
    #   lengths only
    # @raise [TypeError] as {fixed_length_secure_compare}
    def secure_compare(a, b)
      constant_time_compare(a, b)
    end
  end
end
