# frozen_string_literal: true

# Threads in Ruby: others go on during large calls, and each context is one thread's at a time.
#
# usage: threads.rb ROUNDS
require_relative "rows"
require_relative "work"

SECONDS = 120 # what takes longer hangs
THREADS = 32
LARGE = ("\0" * (32 << 20)).b.freeze

def now
  Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

# Makes a call that the other thread, which looks whether it has begun, may be in the way of.
def until_free
  yield LARGE
rescue Hazmat::Busy
  retry
end

# Whether this thread met another inside a call on the same context. Busy tells that the
# other is inside, and that this one runs Ruby meanwhile: had the call kept Ruby's lock, it
# would be over before this one's turn.
def meets?(call, look)
  thread = Thread.new { until_free(&call) }
  while thread.alive?
    begin
      look.call("")
    rescue Hazmat::Busy
      return true
    end
  end
  false
ensure
  thread.join
end

# Calls with a large input let other threads run, and keep them out of the context.
def other_threads_go_on(backend, name, rounds)
  backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |hashed|
    backend.create_hmac_ctx("key", Hazmat::HashAlgorithm::SHA256) do |mac|
      backend.create_symmetric_encryption_ctx(Work::AES, Work::GCM) do |cipher|
        { "hash" => hashed, "HMAC" => mac, "GCM" => cipher }.each do |what, context|
          update = context.method(:update)
          stop = now + SECONDS
          rounds.times do
            nil until meets?(update, update) || (late = now > stop)
            Rows.failed("#{what}: no other thread ran during a call in #{SECONDS} s") if late
          end
          Rows.row(rounds, "Ruby, #{name}: another thread runs during a large #{what}, and is Busy on its context")
        end
      end
    end
  end
end

# What is refused as Busy leaves no trace, and all else counts, in any order.
def same_context(backend, name, rounds)
  rounds.times do
    backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |context|
      done = in_threads(8) do
        200.times.count do
          context.update(Work::MESSAGE)
          true
        rescue Hazmat::Busy
          false
        end
      end
      expected = backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |other|
        done.sum.times { other.update(Work::MESSAGE) }
        other.finalize
      end
      Rows.failed("updates were lost, or those that were refused counted") if context.finalize != expected
    end
  end
  Rows.row(rounds, "Ruby, #{name}: eight threads share a context, and what is not Busy counts")
end

# What the threads answered.
def in_threads(count, &block)
  Array.new(count) { Thread.new(&block) }.map(&:value)
end

# Threads with contexts of their own get the right answers.
def own_contexts(backend, name, rounds)
  wrong = in_threads(THREADS) { Array.new(rounds) { Work.wrong(backend) } }.flatten
  wrong.each { |what| Rows.failed("#{what}: a wrong answer") }
  Rows.row(rounds * THREADS, "Ruby, #{name}: #{THREADS} threads, a backend that all share, contexts of their own")
end

rounds = Integer(ARGV.fetch(0))
%w[native openssl].each do |name|
  backend = Hazmat.open_backend(name)
  other_threads_go_on(backend, name, [1, rounds / 10].max)
  same_context(backend, name, [1, rounds / 10].max)
  own_contexts(backend, name, rounds)
  backend.close
end
Rows.failed("#{Hazmat::ABI.live_handles} handles are live") unless Hazmat::ABI.live_handles.zero?
Rows.finish
