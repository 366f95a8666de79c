# frozen_string_literal: true

require_relative "helper"

# What calls give back, and the memory that they write to.
class ResultsTest < HazmatTest
  def test_results_are_binary_and_frozen
    encryption(cipher, mode(CipherMode::CTR)) do |context|
      [context.update("x" * 5), context.update("x" * 500), context.update(""), context.finalize,
       Hazmat.random_bytes(3), sha256(&:finalize)].each do |result|
        assert_equal Encoding::BINARY, result.encoding
        assert_predicate result, :frozen?
      end
    end
  end

  # Ruby notes whether a String is ASCII, and must not go by what it was before C wrote to it.
  def test_ruby_knows_what_was_written
    outputs = [1, 30, 5000].flat_map do |size|
      own = "\0" * size
      own.ascii_only?
      encryption(cipher, mode(CipherMode::CTR)) do |context|
        context.update_into("x" * size, own)
        [own, context.update("x" * size), Hazmat.random_bytes(size * 50)]
      end
    end
    outputs.each { |output| assert_equal output.bytes.all? { |byte| byte < 128 }, output.ascii_only? }
  end

  def test_writing_to_strings_and_to_memory
    expected = encryption(cipher, mode(CipherMode::CTR)) { |context| context.update("x" * 10) }
    string = "-" * 16
    memory = FFI::MemoryPointer.new(16)
    [string, memory].each do |destination|
      encryption(cipher, mode(CipherMode::CTR)) do |context|
        assert_equal 10, context.update_into("x" * 10, destination)
      end
    end
    assert_equal "#{expected}------".b, string
    assert_equal expected, memory.read_bytes(10)
    assert_equal "\0" * 6, memory.get_bytes(10, 6)
  end

  def test_every_form_that_writes
    sha256 { |context| assert_equal 32, context.finalize_into("\0" * 40) }
    hmac { |context| assert_equal 32, context.finalize_into(FFI::MemoryPointer.new(32)) }
    backend.create_hash_ctx(HashAlgorithm::SHAKE128) { |context| assert_nil context.squeeze_into("\0" * 7) }
    random = "\0" * 32
    assert_nil Hazmat.random_bytes_into(random)
    refute_equal "\0" * 32, random
    Hazmat.random_bytes_into(+"")
    encryption(cipher, mode(CipherMode::GCM)) do |context|
      assert_equal 0, context.finalize_into(+"")
      assert_equal 16, context.tag_into("\0" * 16)
    end
  end

  def test_too_little_room_changes_nothing
    sha256 do |context|
      context.update("abc")
      room = "-" * 31
      assert_fails(BufferTooSmall, /32/) { context.finalize_into(room) }
      assert_fails(BufferTooSmall) { context.finalize_into(+"") }
      assert_equal "-" * 31, room
      assert_equal SHA256_OF_ABC, hex(context.finalize)
    end
    encryption(cipher, mode(CipherMode::CTR)) do |context|
      assert_fails(BufferTooSmall) { context.update_into("x" * 10, "\0" * 9) }
      expected = encryption(cipher, mode(CipherMode::CTR)) { |other| other.update("x" * 10) }
      assert_equal expected, context.update("x" * 10)
    end
  end

  def test_what_is_frozen_stays_as_it_is
    [("-" * 32).freeze, "", FFI::MemoryPointer.new(32).freeze].each do |destination|
      sha256 do |context|
        error = assert_raises(FrozenError) { context.finalize_into(destination) }
        assert_equal "can't modify frozen #{destination.class} (dst)", error.message
        assert_equal 32, context.finalize.bytesize
      end
      assert_raises(FrozenError) { Hazmat.random_bytes_into(destination) }
    end
  end

  def test_what_is_no_memory
    [nil, 42, :symbol, ["x"], Object.new, FFI::Pointer.new(8)].each do |destination|
      sha256 do |context|
        assert_match(/\Adst must be a String or an FFI::MemoryPointer, not /,
                     assert_raises(TypeError) { context.finalize_into(destination) }.message)
      end
    end
  end

  def test_texts_and_lists
    assert_equal "native", Hazmat.open_backend("native").name
    assert_equal Encoding::UTF_8, backend.description.encoding
    assert_includes Hazmat.backend_names, "native"
    assert_equal [128, 192, 256, 512], CipherAlgorithm.key_sizes(CipherAlgorithm::AES)
    assert_equal (32..448).step(8).to_a, CipherAlgorithm.key_sizes(CipherAlgorithm::BLOWFISH)
    assert_equal [], CipherAlgorithm.key_sizes(9999)
    assert_equal "", HashAlgorithm.name_of(9999)
    assert_equal [true, false], [HashAlgorithm.extendable?(HashAlgorithm::SHAKE256), HashAlgorithm.extendable?(9999)]
  end

  def test_random_bytes
    samples = Array.new(100) { Hazmat.random_bytes(16) }
    assert_equal 100, samples.uniq.size
    assert_equal [16], samples.map(&:bytesize).uniq
  end

  def test_constant_time_compare
    assert Hazmat.constant_time_compare("abc", "abc".encode("UTF-16LE").encode("UTF-8"))
    assert Hazmat.constant_time_compare("", "")
    [%w[abc abd], %w[abc ab], ["", "a"]].each { |a, b| refute Hazmat.constant_time_compare(a, b) }
  end
end
