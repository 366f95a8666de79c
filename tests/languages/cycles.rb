# frozen_string_literal: true

# Contexts that are made, used and freed, over and over: the process must not grow.
#
# usage: cycles.rb COUNT
require "hazmat"
require_relative "rows"

# What memory may differ by from one time to another, in bytes.
ROOM = 2 << 20
DATA = ("\0" * 64).b.freeze
AES = Hazmat::ABI::Cipher.new(algorithm: Hazmat::CipherAlgorithm::AES, key: DATA[0, 32])
CBC = Hazmat::ABI::Mode.new(mode: Hazmat::CipherMode::CBC, iv: DATA[0, 16])
GCM = Hazmat::ABI::Mode.new(mode: Hazmat::CipherMode::GCM, iv: DATA[0, 12])

CYCLES = [
  lambda do |backend|
    backend.create_symmetric_encryption_ctx(AES, CBC) { |context| context.update(DATA) && context.finalize }
  end,
  lambda do |backend| # freed as garbage
    context = backend.create_symmetric_encryption_ctx(AES, GCM)
    context.update(DATA)
    context.finalize
  end,
  lambda do |backend|
    backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |context|
      context.update(DATA)
      context.copy.use(&:finalize)
    end
  end,
  lambda do |backend|
    backend.create_hmac_ctx(DATA, Hazmat::HashAlgorithm::SHA256) { |context| context.verify(DATA) }
    Rows.failed("a wrong signature was taken")
  rescue Hazmat::InvalidSignature
    nil
  end
].freeze

# The memory that the process has, in bytes.
def resident
  File.read("/proc/self/statm").split[1].to_i * 4096
end

# What the process had at ten times during some cycles.
def run(backend, count)
  (0...count).filter_map do |number|
    CYCLES[number % CYCLES.size].call(backend)
    resident if (number % ((count / 10) + 1)).zero?
  end
end

# cycles.c says why it is measured like this.
count = Integer(ARGV.fetch(0))
%w[native openssl].each do |name|
  backend = Hazmat.open_backend(name)
  run(backend, count / 10)
  before = run(backend, count / 5).max
  run(backend, count / 2)
  after = run(backend, count / 5).min
  Rows.failed("#{name}: from #{before} to #{after} bytes") if after > before + ROOM
  backend.close
  GC.start
  # The stack may still hold what was used last.
  Rows.failed("#{name}: #{Hazmat::ABI.live_handles} handles are live") if Hazmat::ABI.live_handles > 2
  Rows.row(count, "Ruby, #{name}: contexts are made, used and freed, without growth")
end
Rows.finish
