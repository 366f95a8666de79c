# frozen_string_literal: true

require_relative "helper"

# Arguments that are no good: each is refused before anything happens.
class ArgumentsTest < HazmatTest
  # Something that becomes a String.
  class Text
    def to_str
      "abc"
    end
  end

  # Something that says so and does not.
  class Liar
    def to_str
      42
    end
  end

  # A String that is wrong about its size.
  class Boaster < String
    def bytesize
      1 << 40
    end
  end

  NOT_BYTES = { nil => "nil", 42 => "Integer", 1.5 => "Float", :abc => "Symbol", ["x"] => "Array", String => "Class",
                true => "true", Liar.new => Liar.name, Object.new => "Object" }.freeze

  def test_bytes_are_strings
    sha256 do |context|
      NOT_BYTES.each do |value, described|
        error = assert_raises(TypeError) { context.update(value) }
        assert_equal "no implicit conversion of #{described} into String (data)", error.message
      end
      assert_equal hex(sha256(&:finalize)), hex(context.finalize)
    end
  end

  def test_every_parameter_of_bytes_is_checked
    encryption(cipher, mode(CipherMode::CTR)) do |context|
      [-> { context.update(nil) }, -> { context.update_into(nil, "\0" * 20) }, -> { context.reset_nonce(nil) },
       -> { context.authenticate_additional_data(nil) }, -> { context.finalize_with_tag(nil) },
       -> { hmac(nil) }, -> { hmac { |mac| mac.verify(nil) } }, -> { Hazmat.constant_time_compare("a", nil) },
       -> { cipher(key: nil) }, -> { mode(CipherMode::CBC, iv: nil) }].each { |call| assert_raises(TypeError, &call) }
    end
  end

  def test_what_becomes_a_string_is_bytes
    assert_equal SHA256_OF_ABC, hex(sha256 { |context| context.update(Text.new) || context.finalize })
  end

  def test_a_subclass_of_string_is_not_believed
    assert_equal SHA256_OF_ABC, hex(sha256 { |context| context.update(Boaster.new("abc")) || context.finalize })
    sha256 do |context|
      error = assert_raises(TypeError) { context.finalize_into(Boaster.new("x")) }
      assert_equal "dst must be a String or an FFI::MemoryPointer, not ArgumentsTest::Boaster", error.message
    end
    assert_equal "abc", cipher(key: Boaster.new("abc")).key
  end

  def test_encodings_do_not_matter
    bytes = "caf\u00e9 \xFF"
    digests = %w[UTF-8 ASCII-8BIT UTF-16LE Shift_JIS US-ASCII].map do |encoding|
      sha256 { |context| context.update(bytes.dup.force_encoding(encoding)) || context.finalize }
    end
    assert_equal 1, digests.uniq.size
  end

  def test_empty_input
    sha256 do |context|
      ["", "".b.freeze].each { |empty| context.update(empty) }
      assert_equal "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex(context.finalize)
    end
  end

  def test_codes_are_integers
    [nil, "AES", :AES, 1.0, true].each do |value|
      assert_raises(TypeError) { backend.hash_supported?(value) }
      assert_raises(TypeError) { cipher(value) }
    end
    assert_equal "no implicit conversion of Float into Integer (algorithm)",
                 assert_raises(TypeError) { backend.hash_supported?(4.0) }.message
  end

  def test_numbers_are_not_cut
    [-1, 1 << 32, (1 << 32) + HashAlgorithm::SHA256, 1 << 64, -(1 << 70)].each do |value|
      error = assert_raises(RangeError) { backend.hash_supported?(value) }
      assert_equal "algorithm is #{value}, which is not from 0 to 4294967295", error.message
      assert_raises(RangeError) { cipher(value) }
      assert_raises(RangeError) { mode(CipherMode::GCM, min_tag_length: value) }
    end
  end

  def test_lengths
    [-1, 1 << 63, 1 << 64].each { |length| assert_raises(RangeError) { Hazmat.random_bytes(length) } }
    [nil, "5", 2.5].each { |length| assert_raises(TypeError) { Hazmat.random_bytes(length) } }
    # What cannot be allocated is Ruby's to say.
    assert_raises(ArgumentError, NoMemoryError) { Hazmat.random_bytes((1 << 63) - 1) }
    assert_equal "", Hazmat.random_bytes(0)
  end

  def test_names
    [nil, 42, :native].each { |name| assert_raises(TypeError) { Hazmat.open_backend(name) } }
    assert_match(/null byte/, assert_raises(ArgumentError) { Hazmat.open_backend("na\0tive") }.message)
    assert_raises(ArgumentError) { Hazmat.open_backend("\xFF") }
    assert_raises(ArgumentError) { Hazmat.open_backend("\xFF".b) }
    assert_fails(UnknownBackend, /"nätive"/) { Hazmat.open_backend("nätive".encode("UTF-16LE")) }
    assert_fails(UnknownBackend, /""/) { Hazmat.open_backend("") }
  end

  def test_parameters_are_of_their_classes
    ["AES", 1, {}, mode(CipherMode::CBC), ABI::Cipher].each do |value|
      assert_match(/\Acipher must be a Hazmat::ABI::Cipher or nil, not /,
                   assert_raises(TypeError) { encryption(value, nil) }.message)
    end
    assert_raises(TypeError) { encryption(cipher, cipher) }
  end

  def test_numbers_of_arguments_are_checked
    sha256 do |context|
      assert_raises(ArgumentError) { context.update }
      assert_raises(ArgumentError) { context.update("a", "b") }
    end
    assert_raises(ArgumentError) { ABI::Cipher.new(key: "k") }
    assert_raises(ArgumentError) { ABI::Cipher.new(algorithm: 1, colour: "red") }
  end
end
