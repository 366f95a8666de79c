# frozen_string_literal: true

module Hazmat
  module Runtime
    # The statuses of a library's calls, the texts of its failures, and the exceptions
    # that both become.
    #
    # The modules that {Library} is extended into are extended with this one too.
    module Statuses
      # @return [nil]
      # @raise [Exception] the exception of the status if it is a failure
      def check(status)
        raise error(status, told.force_encoding(Encoding::UTF_8)) unless status.zero?
      end

      # @return [Exception] the exception of a status, with this text
      def error(status, text)
        @errors.fetch(status) { @errors.fetch(@status::ERR_INTERNAL) }.new(text)
      end

      # @return [Integer, nil] the status of an exception of the library's, nil for any
      #   other
      def status_of(exception)
        return unless Runtime::Error === exception

        status = exception.status
        status if @errors[status] === exception
      end

      # Sets the text of the calling thread's last failure.
      #
      # @return [String] what the library made of it: one line that is not too long
      def tell(text)
        self::Native.set_error_message(text.encode(Encoding::UTF_8, invalid: :replace, undef: :replace).delete("\0"))
        told
      end

      # @return [String] the text of the calling thread's last failure
      def told
        self::Native.error_message
      end

      # @return [Module] the codes of the library's statuses
      attr_reader :status
    end
  end
end
