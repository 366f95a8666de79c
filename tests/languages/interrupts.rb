# frozen_string_literal: true

# Interrupt and SystemStackError in Ruby, in the middle of the library's work.
#
# usage: interrupts.rb ROUNDS
require_relative "rows"
require_relative "work"

SECONDS = 60 # what takes longer hangs
LARGE = ("\0" * (4 << 20)).b.freeze
PRIVATE = Hazmat::PRIVATE_ALGORITHMS + 1

def now
  Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

# Interrupts calls that follow one another; the context goes on.
def interrupt(backend)
  backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |context|
    stop = now + SECONDS
    sender = nil
    begin
      sender = Thread.new { sleep(0.02) && Process.kill("INT", Process.pid) }
      context.update(LARGE) while now < stop
      Rows.failed("no Interrupt came")
    rescue Interrupt
      nil
    end
    sender.join
    context.update("more")
    Rows.failed("the context did not go on") unless context.finalize.bytesize == 32
  end
end

def deep(backend)
  backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |context|
    context.update("x")
    deep(backend)
  end
end

# Goes as deep as Ruby goes, with a context at each level.
def recurse(backend)
  deep(backend)
  Rows.failed("no SystemStackError came")
rescue SystemStackError
  nil
end

def recurse_in_thread(backend)
  Thread.new { recurse(backend) }.join
end

# Goes as deep in a block that the library calls.
def recurse_in_callback(backend)
  backend.create_symmetric_encryption_ctx(Hazmat::ABI::Cipher.new(algorithm: PRIVATE, key: "key"), nil)
  Rows.failed("no SystemStackError came")
rescue SystemStackError
  nil
end

TESTS = {
  "Interrupt comes in the middle of work" => :interrupt,
  "SystemStackError comes, with a context at each level" => :recurse,
  "SystemStackError comes, in another thread" => :recurse_in_thread,
  "SystemStackError comes, in a callback" => :recurse_in_callback
}.freeze

rounds = Integer(ARGV.fetch(0))
backend = Hazmat.default_backend
backend.register_cipher_adapter(PRIVATE, Hazmat::CipherMode::NONE) { |given, *| deep(given) }
TESTS.each do |what, test|
  rounds.times do
    send(test, backend)
    Work.wrong(backend).each { |name| Rows.failed("#{name}: a wrong answer afterwards") }
  end
  Rows.row(rounds, "Ruby: #{what}, and the library goes on")
end
backend.close
Rows.failed("#{Hazmat::ABI.live_handles} handles are live") unless Hazmat::ABI.live_handles.zero?
Rows.finish
