# frozen_string_literal: true

module Hazmat
  module Runtime
    # What every exception of a library has beside its Ruby class.
    module Error
      # @return [Integer] the code that the call answered with
      def status
        self.class::STATUS
      end
    end
  end
end
