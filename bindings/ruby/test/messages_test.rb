# frozen_string_literal: true

require_relative "helper"
require "openssl"

# Whole messages, and many of them, in one call.
class MessagesTest < HazmatTest
  MESSAGES = Array.new(200) { |number| number.chr.b * number }
  SHA256 = HashAlgorithm::SHA256

  def each_backend(&block)
    %w[native openssl native,openssl].each { |name| Hazmat.open_backend(name, &block) }
  end

  def test_one
    each_backend do |backend|
      assert_equal OpenSSL::Digest.digest("SHA256", "abc"), backend.hash_message(SHA256, "abc")
      assert_equal OpenSSL::HMAC.digest("SHA256", "key", "abc"), backend.hmac_message("key", SHA256, "abc")
      cbc = mode(CipherMode::CBC)
      ciphertext = backend.encrypt_message(cipher, cbc, "x" * 32)
      assert_equal "x" * 32, backend.decrypt_message(cipher, cbc, ciphertext)
      assert_fails(IncompleteBlock) { backend.encrypt_message(cipher, cbc, "x") }
      sealed = backend.seal_message(AEADAlgorithm::AES_GCM, "k" * 16, "n" * 12, "text", "data")
      assert_equal "text", backend.open_message(AEADAlgorithm::AES_GCM, "k" * 16, "n" * 12, sealed, "data")
      assert_fails(InvalidTag) { backend.open_message(AEADAlgorithm::AES_GCM, "k" * 16, "n" * 12, sealed, "") }
    end
  end

  def test_many
    each_backend do |backend|
      assert_equal MESSAGES.map { |m| OpenSSL::Digest.digest("SHA256", m) }.join, backend.hash_many(SHA256, MESSAGES)
      macs = MESSAGES.map { |m| OpenSSL::HMAC.digest("SHA256", "key", m) }.join
      assert_equal macs, backend.hmac_many("key", SHA256, MESSAGES)
      room = "\0".b * macs.bytesize
      assert_equal macs.bytesize, backend.hmac_many_into("key", SHA256, MESSAGES, room)
      assert_equal macs, room
      assert_equal "", backend.hash_many(SHA256, [])
    end
  end

  def test_batches_of_aead
    nonces = MESSAGES.each_index.map { |number| [number].pack("x8N") }
    each_backend do |backend|
      backend.create_aead(AEADAlgorithm::AES_GCM, "k" * 32, 0) do |aead|
        sealed = MESSAGES.zip(nonces).map { |message, nonce| aead.seal(nonce, message, "all") }
        assert_equal sealed.join, aead.seal_many(nonces, MESSAGES, ["all"])
        assert_equal MESSAGES.join, aead.open_many(nonces, sealed, ["all"])
        sealed[77] = sealed[78]
        assert_fails(InvalidTag, "message 77") { aead.open_many(nonces, sealed, ["all"]) }
        assert_fails(InvalidArgument, "199 nonces") { aead.seal_many(nonces[1..], MESSAGES, []) }
      end
    end
  end

  def test_wrong_lists
    assert_raises(TypeError) { backend.hash_many(SHA256, "text") }
    assert_raises(TypeError) { backend.hash_many(SHA256, ["", 1]) }
    assert_raises(TypeError) { backend.hash_many(SHA256, nil) }
    assert_fails(UnsupportedHash) { backend.hash_many(99, []) }
    assert_fails(BufferTooSmall) { backend.hash_many_into(SHA256, MESSAGES, +"short") }
  end
end
