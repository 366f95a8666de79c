# frozen_string_literal: true

require_relative "helper"

# Authenticated encryption, with AES-GCM.
class AEADTest < HazmatTest
  def setup
    @ciphertext, @tag = encryption(cipher, gcm) do |context|
      context.authenticate_additional_data("header")
      [context.update("message") + context.finalize, context.tag]
    end
  end

  def test_round_trip
    assert_equal "message", unseal(gcm(tag: @tag))
    assert_equal 16, @tag.bytesize
  end

  def test_what_was_changed_is_refused_and_ends_the_context
    other = @ciphertext.tr("\0-\xFF".b, "\1-\xFF\0".b)
    [[other, @tag], [@ciphertext, @tag.reverse], ["", @tag]].each do |ciphertext, tag|
      decryption(cipher, gcm(tag: tag)) do |context|
        context.authenticate_additional_data("header")
        context.update(ciphertext)
        assert_fails(InvalidTag) { context.finalize }
        assert_fails(AlreadyFinalized) { context.finalize }
        assert_fails(AlreadyFinalized) { context.update("x") }
        assert_fails(AlreadyFinalized) { context.authenticate_additional_data("x") }
        assert_fails(AlreadyFinalized) { context.finalize_with_tag(@tag) }
      end
    end
  end

  def test_other_additional_data_is_refused
    decryption(cipher, gcm(tag: @tag)) do |context|
      context.update(@ciphertext)
      assert_fails(InvalidTag) { context.finalize }
    end
  end

  def test_a_tag_that_comes_last
    assert_equal "message", (decryption(cipher, gcm(tag: "other tag 123456")) do |context|
      context.authenticate_additional_data("header")
      plaintext = context.update(@ciphertext)
      assert_fails(InvalidTagLength) { context.finalize_with_tag(@tag.byteslice(0, 15)) }
      plaintext + context.finalize_with_tag(@tag)
    end)
    encryption(cipher, gcm) { |context| assert_fails(NotApplicable) { context.finalize_with_tag(@tag) } }
  end

  def test_order_of_calls
    encryption(cipher, gcm) do |context|
      context.authenticate_additional_data("a")
      context.authenticate_additional_data("")
      assert_fails(NotYetFinalized) { context.tag }
      context.update("x")
      assert_fails(AlreadyUpdated) { context.authenticate_additional_data("b") }
      assert_fails(NotYetFinalized) { context.tag }
      context.finalize
      assert_equal context.tag, context.tag
      assert_fails(AlreadyFinalized) { context.authenticate_additional_data("b") }
      assert_fails(AlreadyFinalized) { context.update("x") }
      assert_fails(AlreadyFinalized) { context.finalize }
    end
  end

  def test_a_decryption_has_no_tag
    decryption(cipher, gcm(tag: @tag)) do |context|
      error = assert_fails(NotApplicable) { context.tag }
      assert_kind_of NoMethodError, error
    end
  end

  def test_sizes_of_nonces
    [8, 12, 16, 128].each { |size| encryption(cipher, gcm(iv: "i" * size)) { |context| context.update("x") } }
    [0, 7, 129].each do |size|
      assert_fails(InvalidNonce, /\b#{size}\b.*8.*128/) { encryption(cipher, gcm(iv: "i" * size)) }
    end
  end

  def test_encryption_takes_no_tag_and_decryption_needs_one
    assert_fails(InvalidTagLength) { encryption(cipher, gcm(tag: @tag)) }
    assert_fails(InvalidTagLength) { decryption(cipher, gcm) }
  end

  def test_short_tags_only_as_far_as_asked_for
    [15, 17, 0].each { |size| assert_fails(InvalidTagLength, /16/) { decryption(cipher, gcm(tag: "t" * size)) } }
    [1, 3, 17].each do |size|
      assert_fails(InvalidTagLength) { decryption(cipher, gcm(tag: @tag, min_tag_length: size)) }
    end
    assert_equal "message", unseal(gcm(tag: @tag.byteslice(0, 4), min_tag_length: 4))
    assert_fails(InvalidTagLength) { decryption(cipher, gcm(tag: @tag.byteslice(0, 7), min_tag_length: 8)) }
  end

  private

  def gcm(iv: "i" * 12, **rest)
    mode(CipherMode::GCM, iv: iv, **rest)
  end

  def unseal(mode)
    decryption(cipher, mode) do |context|
      context.authenticate_additional_data("header")
      context.update(@ciphertext) + context.finalize
    end
  end
end
