# frozen_string_literal: true

require "hazmat"
require "json"

# A Rack application: it answers a body. What servers/work.py does, in Ruby.
class App
  include Hazmat

  KEY = (0...32).to_a.pack("C*")
  MAC_KEY = (32...64).to_a.pack("C*")
  NONCE_SIZE = 12

  # The master makes it before it forks.
  def initialize
    @loaded_by = Process.pid
    @answered_in = nil
    return unless ENV["HAZMAT_MASTER"] == "used"

    @inherited = Hazmat.default_backend
    digest(@inherited, "\0" * (1 << 20))
    unseal(@inherited, seal(@inherited, "before the fork"))
  end

  def call(env)
    reply = JSON.generate(answer(env["rack.input"].read))
    [200, { "Content-Type" => "application/json", "Content-Length" => reply.bytesize.to_s }, [reply]]
  end

  private

  def answer(body)
    started = now
    backend = @inherited || Hazmat.default_backend
    body_digest = digest(backend, body)
    took = now - started
    first = @answered_in != Process.pid
    @answered_in = Process.pid
    sealed = seal(backend, body)
    make_garbage(backend)
    { pid: Process.pid, loaded_by: @loaded_by, master_used_it: !@inherited.nil?, first_ms: first ? took : nil,
      sha256: hex(body_digest), hmac: hex(authenticate(backend, body)),
      sealed: [sealed].pack("m0"), opens: unseal(backend, sealed) == body.b }
  end

  def digest(backend, body)
    backend.create_hash_ctx(HashAlgorithm::SHA256) { |context| context.update(body) || context.finalize }
  end

  def authenticate(backend, body)
    backend.create_hmac_ctx(MAC_KEY, HashAlgorithm::SHA256) { |context| context.update(body) || context.finalize }
  end

  # Returns a nonce, the ciphertext and the tag.
  def seal(backend, body)
    nonce = Hazmat.random_bytes(NONCE_SIZE)
    backend.create_symmetric_encryption_ctx(cipher, mode(iv: nonce)) do |context|
      nonce + context.update(body) + context.finalize + context.tag
    end
  end

  def unseal(backend, sealed)
    nonce = sealed.byteslice(0, NONCE_SIZE)
    tag = sealed.byteslice(-16, 16)
    backend.create_symmetric_decryption_ctx(cipher, mode(iv: nonce, tag: tag)) do |context|
      context.update(sealed.byteslice(NONCE_SIZE...-16)) + context.finalize
    end
  end

  # Has Go's collector run now and then, as it does in any process that works for long.
  def make_garbage(backend)
    50.times { seal(backend, "garbage") }
  end

  def cipher
    ABI::Cipher.new(algorithm: CipherAlgorithm::AES, key: KEY)
  end

  def mode(**parameters)
    ABI::Mode.new(mode: CipherMode::GCM, **parameters)
  end

  def hex(bytes)
    bytes.unpack1("H*")
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC, :float_millisecond)
  end
end
