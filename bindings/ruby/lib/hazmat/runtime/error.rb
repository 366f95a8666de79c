# frozen_string_literal: true

module Hazmat
  module Runtime
    # What every exception of a library has beside its Ruby class.
    module Error
      PLAIN_TO_S = Exception.instance_method(:to_s)
      private_constant :PLAIN_TO_S

      # @return [Integer] the code that the call answered with
      def status
        self.class::STATUS
      end

      # @return [String] the message; without the lines of source that Ruby's
      #   error_highlight adds to a NoMethodError, which would be the binding's own
      def to_s
        PLAIN_TO_S.bind_call(self)
      end
    end
  end
end
