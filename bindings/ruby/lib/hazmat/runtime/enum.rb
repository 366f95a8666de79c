# frozen_string_literal: true

module Hazmat
  module Runtime
    # A module of Integer codes, such as CipherMode::CBC, by name and by code.
    module Enum
      # @return [Hash{Symbol => Integer}] all codes by the names of their constants
      def codes
        constants(false).to_h { |name| [name, const_get(name, false)] }
      end

      # @param name [Symbol, String] the name of a constant
      # @return [Integer] its code
      # @raise [KeyError] if there is none of that name
      def [](name)
        codes.fetch(name.to_sym)
      end

      # @param code [Integer]
      # @return [Symbol, nil] the name of its constant, or nil for an unknown code
      def key(code)
        codes.key(code)
      end
    end
  end
end
