# frozen_string_literal: true

# Forks children, each of which checks that the library works in it.
#
# usage: forks.rb fork STATE COUNT answers|refusal
#
# What forks.c does, in Ruby.

require_relative "answers"

NESTED = 20 # a child of every so manieth is a parent too,
DEPTH = 3 # down to here

# ---- What the library is doing in the parent when it forks ----

# What children inherit.
class Parent
  ADAPTED = Hazmat::PRIVATE_ALGORITHMS
  BLOCKING = Hazmat::PRIVATE_ALGORITHMS + 1

  attr_reader :backend

  def initialize
    @threads = []
    @is_inside = Queue.new
    @may_leave = Queue.new
  end

  def enter(state)
    return if state == "imported"

    use
    case state
    when "used" then nil
    when "removed" then File.unlink(ENV.fetch("HAZMAT_CORE"))
    when "busy" then @threads = [garbage_thread, garbage_thread]
    when "inside"
      @threads = [hash_thread, Thread.new { use_adapter(BLOCKING) }]
      @is_inside.pop
    else raise "no such state: #{state}"
    end
  end

  def check_inherited
    return unless @backend

    say "step", "an adapter of the parent"
    use_adapter(ADAPTED)
    say "step", "contexts of the parent"
    [@hash, @hmac, @cipher].each do |context|
      context.update("x")
      raise "a context of the parent was used"
    rescue StaleHandle => e
      must e.message.include?("fork"), e.message
    end
  end

  def leave
    return unless @backend

    @stop = true
    @may_leave << true
    @threads.each(&:join)
    @hash.update("bc")
    must @hash.finalize == ABC, "the parent's hash"
    [@hash, @hmac, @cipher, @backend].each(&:close)
    must ABI.live_handles.zero?, "live handles at the end"
  end

  private

  def use
    @backend = Hazmat.default_backend
    native = Hazmat.open_backend("native")
    [ADAPTED, BLOCKING].each do |code|
      native.register_cipher_adapter(code, CipherMode::NONE) { |its_backend, cipher,| adapt(its_backend, cipher) }
    end
    native.close
    use_adapter(ADAPTED)
    # The hash has had "a" of "abc".
    @hash = @backend.create_hash_ctx(HashAlgorithm::SHA256)
    @hash.update("a")
    @hmac = @backend.create_hmac_ctx("k" * 32, HashAlgorithm::SHA256)
    @cipher = new_ctr(@backend, KEY)
    make_garbage(@backend)
  end

  def adapt(backend, cipher)
    if cipher.algorithm == BLOCKING
      @is_inside << true
      @may_leave.pop
    end
    new_ctr(backend, cipher.key)
  end

  def new_ctr(backend, key)
    cipher = ABI::Cipher.new(algorithm: CipherAlgorithm::AES, key: key)
    backend.create_symmetric_encryption_ctx(cipher, ABI::Mode.new(mode: CipherMode::CTR, iv: "\0" * 16))
  end

  def use_adapter(code)
    native = Hazmat.open_backend("native")
    native.create_symmetric_encryption_ctx(ABI::Cipher.new(algorithm: code, key: "\0" * 16), nil) do |context|
      # AES-128 of a block of zeros under a key of zeros, which is CTR's first.
      must context.update("\0" * 16) == bytes("66e94bd4ef8a2c3b884cfa59ca342b2e"), "what an adapter made"
    end
    native.close
  end

  def garbage_thread
    Thread.new do
      until @stop
        make_garbage(@backend)
        Thread.pass # or the thread that forks would wait for 100 ms each time
      end
    end
  end

  # One call takes tens of milliseconds, so a fork finds it under way. It takes the time
  # that the children leave: on Linux a thread has a priority of its own.
  def hash_thread
    data = "\0" * (64 << 20)
    Thread.new do
      Process.setpriority(Process::PRIO_PROCESS, 0, 19)
      @backend.create_hash_ctx(HashAlgorithm::SHA256) { |context| context.update(data) until @stop }
    end
  end
end

PARENT = Parent.new

# ---- Parents and children ----

def child(number, depth, started)
  say "begin", depth
  if WANT == "refusal"
    check_refusal(started)
  else
    check_answers(PARENT.backend, started)
    PARENT.check_inherited
  end
  if (number % NESTED).zero? && depth < DEPTH
    say "step", "a child of its own"
    fork_children(1, depth + 1)
  end
  say "done"
  # One in two runs what is to be run at the end of a process.
  number.even? ? exit : exit!(true)
rescue StandardError => e
  say "failed", "#{e.class}: #{e.message}".split.join(" ")
  exit!(false)
end

def fork_children(count, depth)
  count.times do |number|
    started = now
    pid = fork { child(number, depth, started) }
    _, status = Process.wait2(pid)
    say "ended", "#{pid} with #{status}" unless status.success?
  end
end

abort "usage: forks.rb fork STATE COUNT answers|refusal" unless ARGV.size == 4 && ARGV.first == "fork"

_, state, count, WANT = ARGV
PARENT.enter(state)
fork_children(Integer(count), 1)
PARENT.leave
