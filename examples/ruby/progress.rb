# frozen_string_literal: true

# One line on stderr about work that takes longer than two seconds, where stderr
# is a terminal.
class Progress
  PATIENCE = 2.0
  INTERVAL = 0.2

  def initialize(doing, size)
    @doing = doing
    @size = size
    @next = now + PATIENCE
    @visible = false
  end

  # Says how many bytes are through. Cheap enough for every chunk.
  def show(done)
    return if now < @next || !$stderr.tty?

    @next = now + INTERVAL
    @visible = true
    print_line("#{@doing}: #{megabytes(done)} of #{megabytes(@size)} MB")
  end

  # Takes the line away again, if there is one.
  def end
    print_line("") if @visible
  end

  private

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end

  def megabytes(size)
    (size / 1e6).round
  end

  def print_line(text)
    $stderr.print("\r\e[K", text)
  end
end
