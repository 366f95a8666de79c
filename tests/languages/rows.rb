# frozen_string_literal: true

# Lines for the report, in the form of tests/reliability/rows.h.
module Rows
  @rows = @failures = 0

  class << self
    # Says what went wrong since the last row.
    def failed(text)
      @failures += 1
      puts text
    end

    # Says what was done so often since the last row.
    def row(count, what)
      @rows += 1
      puts "row #{count} #{what}"
      $stdout.flush
    end

    # Prints the last line, and ends the program.
    def finish
      puts "#{@rows} passed, #{@failures} failed"
      exit @failures.zero? && @rows.positive?
    end
  end
end
