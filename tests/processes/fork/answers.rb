# frozen_string_literal: true

# The answers that any process must get, and how it tells of them.

require "hazmat"
include Hazmat # rubocop:disable Style/MixinUsage

def say(word, value = "")
  $stdout.syswrite("child #{Process.pid} #{word} #{value}\n")
end

def now
  Process.clock_gettime(Process::CLOCK_MONOTONIC, :microsecond)
end

def must(right, what)
  raise what unless right
end

def bytes(hex)
  [hex].pack("H*")
end

KEY = bytes("feffe9928665731c6d6a8f9467308308")
NONCE = bytes("cafebabefacedbaddecaf888")
AAD = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
PLAINTEXT = bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" \
                  "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
CIPHERTEXT = bytes("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e" \
                   "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091")
TAG = bytes("5bc94fbc3221a5db94fae95ae7121a47")

# FIPS 180-4's examples: "abc", and a million times "a".
ABC = bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
MILLION = bytes("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
# GB/T 32905-2016, example 1: "abc". It comes from libcrypto, as Go has no SM3.
SM3_ABC = bytes("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
# RFC 4231, test case 2.
JEFE = bytes("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")

def aes(mode, **parameters)
  [ABI::Cipher.new(algorithm: CipherAlgorithm::AES, key: KEY), ABI::Mode.new(mode: mode, **parameters)]
end

def check_hash(backend, data, want, algorithm = HashAlgorithm::SHA256)
  backend.create_hash_ctx(algorithm) do |context|
    context.update(data)
    must context.finalize == want, "digest"
  end
end

def check_hmac(backend)
  backend.create_hmac_ctx("Jefe", HashAlgorithm::SHA256) do |context|
    context.update("what do ya want for nothing?")
    must context.finalize == JEFE, "HMAC"
  end
end

# McGrew and Viega, The Galois/Counter Mode of Operation, test case 4.
def check_gcm(backend)
  backend.create_symmetric_encryption_ctx(*aes(CipherMode::GCM, iv: NONCE)) do |context|
    context.authenticate_additional_data(AAD)
    must context.update(PLAINTEXT) + context.finalize == CIPHERTEXT, "GCM's ciphertext"
    must context.tag == TAG, "GCM's tag"
  end
  backend.create_symmetric_decryption_ctx(*aes(CipherMode::GCM, iv: NONCE, tag: TAG)) do |context|
    context.authenticate_additional_data(AAD)
    must context.update(CIPHERTEXT) + context.finalize == PLAINTEXT, "GCM's plaintext"
  end
end

# Has Go's collector run several times, with GOGC=1.
def make_garbage(backend)
  parameters = aes(CipherMode::GCM, iv: NONCE)
  800.times { backend.create_symmetric_encryption_ctx(*parameters).close }
end

# Checks them with a backend, or the default one. +started+ is when the process was
# forked.
def check_answers(backend, started)
  say "step", "the first call"
  backend ||= Hazmat.default_backend
  check_hash(backend, "abc", ABC)
  say "first", now - started
  say "step", "hashing"
  check_hash(backend, "a" * 1_000_000, MILLION)
  say "step", "HMAC"
  check_hmac(backend)
  say "step", "GCM"
  check_gcm(backend)
  say "step", "libcrypto"
  check_hash(backend, "abc", SM3_ABC, HashAlgorithm::SM3)
  say "step", "random bytes"
  say "random", Hazmat.random_bytes(32).unpack1("H*")
  say "step", "garbage"
  make_garbage(backend)
  check_hash(backend, "abc", ABC)
end

# Sees that where no copy of the core can be made the library says so.
def check_refusal(started)
  say "step", "the first call"
  2.times do
    Hazmat.default_backend
    raise "a call that must raise Load"
  rescue Hazmat::Load => e
    must e.message.include?("memfd_create") && e.message.include?("TMPDIR"), e.message
  end
  say "first", now - started
end
