# frozen_string_literal: true

require_relative "helper"

# The parameters that cross as C structs.
class RecordsTest < HazmatTest
  def test_fields_are_read_and_not_changed
    gcm = mode(CipherMode::GCM, iv: "12345678", min_tag_length: 4)
    assert_equal [CipherMode::GCM, "12345678", "", 4], [gcm.mode, gcm.iv, gcm.tag, gcm.min_tag_length]
    assert_predicate gcm, :frozen?
    assert_predicate gcm.iv, :frozen?
    assert_equal Encoding::BINARY, gcm.iv.encoding
  end

  def test_bytes_are_taken_when_it_is_made
    key = +"k" * 16
    taken = cipher(key: key)
    key.replace("x" * 1000)
    assert_equal "k" * 16, taken.key
    ctr = mode(CipherMode::CTR)
    assert_equal(*[taken, cipher].map { |each| encryption(each, ctr) { |context| context.update("x") } })
  end

  def test_one_serves_many_calls
    key, ctr = cipher, mode(CipherMode::CTR)
    GC.start
    assert_equal 1, Array.new(20) { encryption(key, ctr) { |context| context.update("x" * 40) } }.uniq.size
  end

  def test_inspect_shows_no_key
    assert_equal "#<Hazmat::ABI::Cipher>", cipher(key: "secret secret 16").inspect
  end
end
