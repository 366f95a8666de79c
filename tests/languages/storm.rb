# frozen_string_literal: true

# Storms of signals in Ruby during work.
#
# usage: storm.rb RUNS SECONDS
#        storm.rb one KIND SECONDS    one storm, in this process
#
# A storm is a process of its own, for which signals come from the kernel's timers, and from
# another process, as fast as that can.
require_relative "rows"
require_relative "work"
require "open3"
require "rbconfig"
require "timeout"

DEADLINE = 60 # what a storm may take longer than it should, in seconds
NUMBERS = %w[USR1 ALRM PROF CHLD].freeze
THREADS = 2
SEEN = Hash.new(0)

# It ends by itself: traps that take longer than signals to come would keep the other
# from ever ending it.
SENDER = <<~RUBY
  parent, seconds, *numbers = ARGV
  now = -> { Process.clock_gettime(Process::CLOCK_MONOTONIC) }
  stop = now.call + seconds.to_f
  numbers.each { |number| Process.kill(number, parent.to_i) } while Process.ppid == parent.to_i && now.call < stop
RUBY

# Ruby has no timers of the kernel's.
module Timer
  extend FFI::Library
  ffi_lib FFI::Library::LIBC
  attach_function :setitimer, %i[int pointer pointer], :int
  REAL = 0
  PROF = 2

  # Sends a signal so often, in microseconds; 0 never.
  def self.every(which, microseconds)
    value = FFI::MemoryPointer.new(:long, 4).put_array_of_long(0, [0, microseconds, 0, microseconds])
    raise SystemCallError.new("setitimer", FFI.errno) unless setitimer(which, value, nil).zero?
  end
end

def now
  Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

def install
  NUMBERS.each { |number| trap(number) { SEEN[number] += 1 } }
end

# Works until it is time; returns what came out wrong.
def work_until(stop)
  backend = Hazmat.default_backend
  wrong = []
  wrong = Work.wrong(backend) until wrong.any? || now > stop
  backend.close
  wrong
end

# Sets both timers, in microseconds; 0 stops them.
def time_signals(microseconds)
  [Timer::REAL, Timer::PROF].each { |which| Timer.every(which, microseconds) }
end

# Starts the other process, which a busy machine may take long to start.
def start_sender(seconds)
  command = [RbConfig.ruby, "--disable-gems", "-e", SENDER, Process.pid.to_s, seconds.to_s, "USR1", "CHLD"]
  late = now + (DEADLINE / 2)
  spawn(*command).tap { sleep 0.001 until SEEN["USR1"].positive? || now > late }
end

# Signals come while the block is at work, until the time that it is given.
def with_signals(seconds)
  time_signals(1000)
  sender = start_sender(seconds)
  yield now + seconds
ensure
  Process.kill("KILL", sender)
  Process.wait(sender)
  time_signals(0)
end

# Works in threads, this one too, while signals come; returns what came out wrong.
def under_storm(seconds)
  with_signals(seconds) do |stop|
    threads = Array.new(THREADS) { Thread.new { work_until(stop) } }
    work_until(stop) + threads.flat_map(&:value)
  end
end

STORMS = {
  "with traps from before the first call" => lambda do |seconds|
    install
    under_storm(seconds)
  end,
  "with traps from after it" => lambda do |seconds|
    work_until(now)
    install
    under_storm(seconds)
  end,
  "with traps that are set anew all the time" => lambda do |seconds|
    work_until(now)
    install
    stop = now + seconds
    setter = Thread.new { install && sleep(0.001) while now < stop }
    under_storm(seconds).tap { setter.join }
  end,
  "with traps that use the library" => lambda do |seconds|
    work_until(now)
    backend = Hazmat.default_backend
    wrong = []
    NUMBERS.each do |number|
      trap(number) do
        SEEN[number] += 1
        wrong << "random bytes in a trap" unless Hazmat.random_bytes(16).bytesize == 16
        digest = backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256, &:finalize)
        wrong << "a hash in a trap" unless digest.bytesize == 32
      end
    end
    under_storm(seconds) + wrong
  end
}.freeze

# Does one storm here.
def one(kind, seconds)
  failures = STORMS.fetch(kind).call(seconds)
  failures += NUMBERS.reject { |number| SEEN[number].positive? }.map { |number| "no #{number} came" }
  puts failures.empty? ? "#{SEEN.values.sum} signals" : failures.uniq.join("; ")
  exit failures.empty?
end

# Does one storm in a process of its own, which must end well.
def storm(kind, seconds)
  Timeout.timeout(seconds + DEADLINE) do
    output, status = Open3.capture2e(RbConfig.ruby, "-w", __FILE__, "one", kind, seconds.to_s)
    Rows.failed("#{kind}: #{status}: #{output[-2000..] || output}") unless status.success? && output.lines.size == 1
  end
rescue Timeout::Error
  Rows.failed("#{kind}: it hung")
end

one(ARGV[1], ARGV[2].to_f) if ARGV[0] == "one"

runs = Integer(ARGV.fetch(0))
STORMS.each_key do |kind|
  runs.times { storm(kind, ARGV.fetch(1).to_f) }
  Rows.row(runs, "Ruby: a storm of USR1, ALRM, PROF and CHLD during GCM, HMAC and hashing, #{kind}")
end
Rows.finish
