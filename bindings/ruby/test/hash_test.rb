# frozen_string_literal: true

require_relative "helper"

# Hash and HMAC contexts: what they give and what they refuse, state by state.
class HashTest < HazmatTest
  def test_digest
    digest = sha256 do |context|
      assert_nil context.update("a")
      context.update("bc")
      context.finalize
    end
    assert_equal SHA256_OF_ABC, hex(digest)
  end

  def test_algorithm
    assert_equal HashAlgorithm::SHA256, sha256(&:algorithm)
    assert_equal HashAlgorithm::SHA256, hmac(&:algorithm)
  end

  def test_copies_go_their_own_ways
    sha256 do |context|
      context.update("ab")
      context.copy do |copy|
        context.update("x")
        copy.update("c")
        assert_equal SHA256_OF_ABC, hex(copy.finalize)
      end
      refute_equal SHA256_OF_ABC, hex(context.finalize)
    end
  end

  def test_nothing_follows_finalize
    sha256 do |context|
      context.finalize
      assert_fails(AlreadyFinalized) { context.update("x") }
      assert_fails(AlreadyFinalized) { context.finalize }
      assert_fails(AlreadyFinalized) { context.finalize_into("\0" * 32) }
      assert_fails(AlreadyFinalized) { context.copy }
      assert_equal HashAlgorithm::SHA256, context.algorithm
    end
  end

  def test_unknown_algorithms_are_not_supported
    [0, 9999, 0xffff_ffff].each do |code|
      refute backend.hash_supported?(code)
      refute backend.hmac_supported?(code)
      assert_fails(UnsupportedHash, /hash/) { backend.create_hash_ctx(code) }
      assert_fails(UnsupportedHash, /hash|HMAC/) { backend.create_hmac_ctx("key", code) }
    end
  end

  def test_an_xof_squeezes_and_others_do_not
    backend.create_hash_ctx(HashAlgorithm::SHAKE128) do |context|
      first = context.squeeze(5)
      assert_fails(AlreadyFinalized) { context.update("x") }
      assert_fails(AlreadyFinalized) { context.finalize }
      second = context.copy { |copy| copy.squeeze(1000) }
      assert_equal second, context.squeeze(1000)
      assert_equal "", context.squeeze(0)
      assert_equal "7f9c2ba4e88f827d6160", hex(first + second.byteslice(0, 5))
    end
    sha256 { |context| assert_fails(NotApplicable) { context.squeeze(1) } }
  end

  def test_an_xof_has_a_default_length_and_no_hmac
    assert_equal 32, backend.create_hash_ctx(HashAlgorithm::SHAKE128, &:finalize).bytesize
    refute backend.hmac_supported?(HashAlgorithm::SHAKE256)
    assert_fails(UnsupportedHash) { backend.create_hmac_ctx("key", HashAlgorithm::SHAKE256) }
  end

  def test_hmac_verifies_the_whole_mac_only
    mac = hmac do |context|
      context.update("message")
      context.finalize
    end
    [mac, mac.dup.force_encoding("UTF-8")].each { |signature| assert_nil verify(signature) }
    changed = mac.dup
    changed.setbyte(0, changed.getbyte(0) ^ 1)
    [changed, mac.byteslice(0, 31), "#{mac}x", ""].each do |signature|
      assert_fails(InvalidSignature) { verify(signature) }
    end
  end

  def test_verify_ends_the_context
    ["x" * 32, hmac(&:finalize)].each do |signature|
      hmac do |context|
        begin
          context.verify(signature)
        rescue InvalidSignature
          # ends it as well
        end
        assert_fails(AlreadyFinalized) { context.verify(signature) }
        assert_fails(AlreadyFinalized) { context.update("x") }
        assert_fails(AlreadyFinalized) { context.copy }
        assert_fails(AlreadyFinalized) { context.finalize }
      end
    end
  end

  def test_hmac_keys_have_any_length
    ["", "k", "k" * 64, "k" * 65, "k" * 200_000].each do |key|
      assert_equal 32, hmac(key, &:finalize).bytesize
    end
  end

  private

  def verify(signature)
    hmac do |context|
      context.update("message")
      context.verify(signature)
    end
  end
end
