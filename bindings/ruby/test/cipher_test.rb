# frozen_string_literal: true

require_relative "helper"

# Cipher contexts without authentication: sizes, states and limits.
class CipherTest < HazmatTest
  def test_both_directions
    key = cipher(key: "k" * 32)
    cbc = mode(CipherMode::CBC)
    ciphertext = encryption(key, cbc) { |context| context.update("p" * 16) + context.finalize }
    refute_equal "p" * 16, ciphertext
    assert_equal "p" * 16, decryption(key, cbc) { |context| context.update(ciphertext) + context.finalize }
  end

  def test_blocks_are_held_back_until_full
    encryption(cipher, mode(CipherMode::CBC)) do |context|
      sizes = ["x" * 15, "x", "x" * 15].map { |data| context.update(data).bytesize }
      assert_equal [0, 16, 0], sizes
      assert_equal 16, context.update("x").bytesize
      assert_equal "", context.finalize
    end
  end

  def test_a_last_block_must_be_full
    [CipherMode::CBC, CipherMode::ECB].each do |code|
      iv = code == CipherMode::ECB ? "" : "i" * 16
      encryption(cipher, mode(code, iv: iv)) do |context|
        context.update("x" * 17)
        assert_fails(IncompleteBlock, /multiple of the block length/) { context.finalize }
        assert_fails(AlreadyFinalized) { context.update("x") }
      end
    end
  end

  def test_nothing_follows_finalize
    encryption(cipher, mode(CipherMode::CTR)) do |context|
      context.finalize
      assert_fails(AlreadyFinalized) { context.update("x") }
      assert_fails(AlreadyFinalized) { context.update_into("x", "\0" * 20) }
      assert_fails(AlreadyFinalized) { context.finalize }
      assert_fails(AlreadyFinalized) { context.reset_nonce("i" * 16) }
    end
  end

  def test_key_sizes
    ["", "k", "k" * 15, "k" * 17, "k" * 64].each do |key|
      error = assert_fails(InvalidKey, /128.*192.*256/) { encryption(cipher(key: key), mode(CipherMode::CTR)) }
      assert_includes error.message, (key.bytesize * 8).to_s
      refute_includes error.message, "kk"
    end
  end

  def test_sizes_of_initialization_vectors
    [CipherMode::CBC, CipherMode::CTR, CipherMode::OFB, CipherMode::CFB].each do |code|
      ["", "i" * 15, "i" * 17].each do |iv|
        error = assert_fails(InvalidNonce, /16/) { encryption(cipher, mode(code, iv: iv)) }
        assert_includes error.message, iv.bytesize.to_s
      end
    end
    assert_fails(InvalidNonce) { encryption(cipher, mode(CipherMode::ECB, iv: "i" * 16)) }
  end

  def test_a_tag_belongs_to_authenticated_modes
    assert_fails(InvalidTagLength) { decryption(cipher, mode(CipherMode::CBC, tag: "t" * 16)) }
    encryption(cipher, mode(CipherMode::CTR)) do |context|
      assert_fails(NotApplicable) { context.tag }
      assert_fails(NotApplicable) { context.authenticate_additional_data("x") }
      assert_fails(NotApplicable) { context.finalize_with_tag("t" * 16) }
    end
  end

  def test_pairs_that_are_not_supported
    private_code = PRIVATE_CODES.next
    [[0, CipherMode::CBC], [9999, CipherMode::CBC], [private_code, 0], [CipherAlgorithm::AES, 99],
     [CipherAlgorithm::AES, CipherMode::NONE], [CipherAlgorithm::ARC4, CipherMode::CBC]].each do |algorithm, code|
      refute backend.cipher_supported?(algorithm, code)
      assert_fails(UnsupportedCipher) { encryption(cipher(algorithm), mode(code)) }
      assert_fails(UnsupportedCipher) { decryption(cipher(algorithm), mode(code)) }
    end
    assert_fails(UnsupportedCipher) { encryption(cipher, nil) }
  end

  def test_stream_ciphers_take_no_mode
    plaintext = "p" * 100
    chacha20 = { key: "k" * 32, nonce: "n" * 16 }
    [cipher(CipherAlgorithm::ARC4), cipher(CipherAlgorithm::CHACHA20, **chacha20)].each do |stream|
      ciphertext = encryption(stream, nil) { |context| context.update(plaintext) }
      assert_equal plaintext, decryption(stream, nil) { |context| context.update(ciphertext) }
    end
    chacha20[:nonce] = "n" * 12
    assert_fails(InvalidNonce, /16/) { encryption(cipher(CipherAlgorithm::CHACHA20, **chacha20), nil) }
    assert_fails(InvalidNonce) { encryption(cipher(nonce: "n" * 16), mode(CipherMode::CTR)) }
  end

  def test_reset_nonce_starts_over
    encryption(cipher, mode(CipherMode::CTR)) do |context|
      first = context.update("x" * 50)
      context.reset_nonce("i" * 16)
      assert_equal first, context.update("x" * 50)
      assert_fails(InvalidNonce, /16/) { context.reset_nonce("i" * 15) }
    end
    encryption(cipher, mode(CipherMode::CBC)) do |context|
      assert_fails(NotApplicable) { context.reset_nonce("i" * 16) }
    end
  end

  # RFC 8439, section 2.4: the block counter has 32 bits, here in the first 4 bytes.
  def test_chacha20_stops_before_its_counter_wraps
    stream = cipher(CipherAlgorithm::CHACHA20, key: "k" * 32, nonce: "\xFF\xFF\xFF\xFF#{"\0" * 12}".b)
    encryption(stream, nil) do |context|
      assert_fails(LimitExceeded) { context.update("x" * 65) }
      assert_equal 64, context.update("x" * 64).bytesize
      assert_fails(LimitExceeded) { context.update("x") }
    end
  end

  def test_ctr_stops_before_its_counter_wraps
    encryption(cipher, mode(CipherMode::CTR, iv: "\xFF".b * 16)) do |context|
      assert_fails(LimitExceeded) { context.update("x" * 17) }
      assert_equal 16, context.update("x" * 16).bytesize
      assert_fails(LimitExceeded) { context.update("x") }
    end
  end

  def test_a_cipher_must_be_there
    assert_fails(NullPointer, /cipher/) { encryption(nil, mode(CipherMode::CBC)) }
  end
end
