# frozen_string_literal: true

require "minitest/autorun"
require "open3"
require "rbconfig"
require "hazmat"

# The first call of a thread decides how fast the later ones are (README, "Fibers"), and a
# test may make it in a Fiber.
Hazmat.backend_names

# What the tests share.
class HazmatTest < Minitest::Test
  include Hazmat

  # Codes that no test has registered an adapter for: registrations are for good.
  PRIVATE_CODES = (Hazmat::PRIVATE_ALGORITHMS..).each

  LIBRARY_FOLDER = File.expand_path("../lib", __dir__)
  FRONT = "libhazmat.so.1"

  # FIPS 180-4's example.
  SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  def backend
    @backend ||= Hazmat.default_backend
  end

  # The parameter classes, under short names.
  def cipher(algorithm = CipherAlgorithm::AES, key: "k" * 16, **rest)
    ABI::Cipher.new(algorithm: algorithm, key: key, **rest)
  end

  def mode(mode, iv: "i" * 16, **rest)
    ABI::Mode.new(mode: mode, iv: iv, **rest)
  end

  def encryption(cipher, mode, &block)
    backend.create_symmetric_encryption_ctx(cipher, mode, &block)
  end

  def decryption(cipher, mode, &block)
    backend.create_symmetric_decryption_ctx(cipher, mode, &block)
  end

  def sha256(&block)
    backend.create_hash_ctx(HashAlgorithm::SHA256, &block)
  end

  def hmac(key = "key", &block)
    backend.create_hmac_ctx(key, HashAlgorithm::SHA256, &block)
  end

  # Hexadecimal digits.
  def hex(bytes)
    bytes.unpack1("H*")
  end

  # An exception of the library with a text of one line that matches.
  def assert_fails(error, pattern = /./, &block)
    raised = assert_raises(error, &block)
    assert_kind_of Hazmat::Error, raised
    assert_equal error::STATUS, raised.status
    assert_match pattern, raised.message
    refute_includes raised.message, "\n"
    raised
  end

  # Nothing that the block made is alive after it.
  def assert_nothing_kept
    before = kept
    yield
    assert_no_more_than before
  end

  # What other tests made may be collected meanwhile.
  def assert_no_more_than(before)
    before.zip(kept) { |then_, now| assert_operator now, :<=, then_ }
  end

  # How many handles, and objects that the library calls, are alive.
  def kept
    [ABI.live_handles, Runtime::Implementation::LIVE.size]
  end

  # Runs a program in an interpreter of its own and returns what it prints. It must
  # end well and write nothing to stderr.
  def run_ruby(program, environment = {})
    output, errors, status = Open3.capture3(environment, *ruby, "-e", program)
    assert_equal ["", 0], [errors, status.exitstatus || status.to_s]
    output
  end

  # The same for a program that must fail; returns what it wrote to stderr.
  def fail_ruby(program, environment = {})
    _, errors, status = Open3.capture3(environment, *ruby, "-e", program)
    assert_equal 1, status.exitstatus, errors
    errors
  end

  private

  def ruby
    [RbConfig.ruby, "-w", "-I#{LIBRARY_FOLDER}", "-rhazmat"]
  end
end
