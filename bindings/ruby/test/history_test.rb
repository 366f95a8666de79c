# frozen_string_literal: true

require_relative "helper"

# Holes that other libraries of this kind had, by their numbers.
class HistoryTest < HazmatTest
  # A GCM tag of one byte was accepted.
  def test_cve_2018_10903_short_tags
    gcm = { iv: "i" * 12, min_tag_length: 4 }
    tag = encryption(cipher, mode(CipherMode::GCM, iv: "i" * 12)) { |context| context.finalize && context.tag }
    (1..3).each do |size|
      short = tag.byteslice(0, size)
      assert_fails(InvalidTagLength, /4/) { decryption(cipher, mode(CipherMode::GCM, tag: short, **gcm)) }
      decryption(cipher, mode(CipherMode::GCM, tag: tag, **gcm)) do |context|
        assert_fails(InvalidTagLength, /4/) { context.finalize_with_tag(short) }
      end
    end
  end

  # An update of more than 2 GiB corrupted memory, or its result.
  def test_cve_2020_36242_large_updates
    size = (1 << 31) + 32
    memory = "\0".b * size
    encryption(cipher, mode(CipherMode::CTR, iv: "\0" * 16)) do |context|
      assert_equal size, context.update_into(memory, memory)
    end
    # In CTR the last two blocks of zeros are the cipher of their own counters.
    counters = [0, (size / 16) - 2, 0, (size / 16) - 1].pack("Q>*")
    blocks = encryption(cipher, mode(CipherMode::ECB, iv: "")) { |context| context.update(counters) }
    assert_equal blocks, memory.byteslice(-32, 32)
  end

  # update_into wrote to objects that cannot change.
  def test_cve_2023_23931_objects_that_cannot_change
    frozen = ("-" * 64).freeze
    copy = frozen.dup # shares its bytes until it is written to
    slice = frozen.byteslice(32, 32)
    encryption(cipher, mode(CipherMode::CTR)) do |context|
      assert_raises(FrozenError) { context.update_into("x" * 32, frozen) }
      assert_equal 32, context.update_into("x" * 32, copy)
      assert_equal 32, context.update_into("x" * 32, slice)
    end
    assert_equal "-" * 64, frozen
    refute_equal frozen, copy
  end

  # A buffer that was not contiguous was read past its end. A String always is, also one that
  # is a part of another.
  def test_cve_2026_39892_parts_of_other_memory
    whole = Hazmat.random_bytes(4096)
    [0, 1, 100, 4000].each do |start|
      part = whole.byteslice(start, 96)
      fresh = part.bytes.pack("C*")
      assert_equal(*[part, fresh].map { |data| sha256 { |context| context.update(data) || context.finalize } })
    end
  end
end
