# frozen_string_literal: true

module Hazmat
  module Runtime
    # What a callback ended with in place of an answer. The library is told a status
    # and a text, for callers in other languages.
    class Failure
      # @return [Integer] the status that the library is told: that of an exception of
      #   its own, or else that a callback failed
      attr_reader :status

      # Tells the library the text.
      #
      # @param cause [Exception, Array, nil] an exception, the arguments of a throw, or
      #   nil for neither
      def initialize(library, cause)
        @library = library
        failed = library.status::ERR_CALLBACK
        @cause = cause || library.error(failed, "a callback was left by return, break or Thread.exit")
        @status = library.status_of(@cause) || failed
        @own = @status != failed
        @text = library.tell(text)
      end

      # @return [Boolean] whether a call that came back with a status has to end with
      #   this. One of the library's own exceptions may have been dealt with; any other
      #   is the caller's to deal with, whatever became of the call.
      def ends?(status)
        !@own || (status == @status && @library.told == @text)
      end

      # Raises or throws again.
      def go_on
        Array === @cause ? throw(*@cause) : raise(@cause)
      end

      private

      # A message of Ruby's own may have lines of source behind the first.
      def text
        return "a callback threw" if Array === @cause
        return @cause.message if @own

        "#{@cause.class}: #{@cause.message.each_line(chomp: true).first}"
      rescue StandardError # of a message method
        @cause.class.to_s
      end
    end
  end
end
