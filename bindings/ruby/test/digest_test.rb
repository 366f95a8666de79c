# frozen_string_literal: true

require_relative "peer"

# Hazmat::Digest beside OpenSSL::Digest.
class DigestTest < PeerTest
  # Those that OpenSSL has without its legacy provider.
  NAMES = %w[MD5 SHA1 SHA224 SHA256 SHA384 SHA512 SHA512-224 SHA512-256 SHA3-224 SHA3-256 SHA3-384 SHA3-512
             SHAKE128 SHAKE256 BLAKE2b512 BLAKE2s256 RIPEMD160 SM3].freeze

  def test_what_functions_are_called
    other = Digest::Functions::NAMES.values.flatten - ["whirlpool", "1.0.10118.3.0.55"]
    [*NAMES, *other].flat_map { |name| [name, name.upcase, name.downcase, name.swapcase] }.uniq.each do |name|
      assert_same(name) { |library| library::Digest.new(name).name }
    end
  end

  def test_what_functions_are
    NAMES.each do |name|
      assert_same(name) do |library|
        digest = library::Digest.new(name)
        [digest.digest_length, digest.block_length, digest.length, digest.size]
      end
    end
  end

  def test_digests
    NAMES.product(LENGTHS) do |name, length|
      data = Random.bytes(length)
      assert_same(name) { |library| library::Digest.digest(name, data) }
      assert_same(name) { |library| library::Digest.hexdigest(name, data) }
      assert_same(name) { |library| library::Digest.base64digest(name, data) }
    end
  end

  def test_digests_of_pieces
    NAMES.product(LENGTHS) do |name, length|
      parts = pieces(Random.bytes(length))
      assert_same(name) { |library| parts.each_with_object(library::Digest.new(name)) { |part, it| it << part }.digest }
    end
  end

  def test_a_message_goes_on_after_its_digest
    [10, 5000].each do |length|
      data = Random.bytes(length)
      assert_same do |library|
        digest = library::Digest.new("SHA256", data)
        [digest.digest, digest.update("x").hexdigest, digest.base64digest, digest.to_s, digest.inspect]
      end
    end
  end

  def test_methods_with_a_message_leave_the_object_reset
    %i[digest hexdigest base64digest].each do |method|
      assert_same(method) do |library|
        digest = library::Digest.new("SHA256", "before" * 1000)
        [digest.public_send(method, "abc"), digest.public_send(method), digest.public_send(:"#{method}!")]
      end
    end
  end

  def test_reset
    [10, 5000].each do |length|
      assert_same do |library|
        digest = library::Digest.new("SHA256", "x" * length)
        [digest.reset.equal?(digest), digest.update("y").hexdigest]
      end
    end
  end

  def test_copies_go_their_own_ways
    [10, 5000].each do |length|
      %i[dup clone].each do |method|
        assert_same do |library|
          digest = library::Digest.new("SHA256", "x" * length)
          copy = digest.public_send(method)
          [digest.update("1").hexdigest, copy.update("2").hexdigest, copy.name, digest == copy, digest == digest.dup]
        end
      end
    end
  end

  def test_new_of_an_object_is_an_empty_one
    assert_same { |library| library::Digest.new("SHA256", "x").new.hexdigest }
    assert_same { |library| library::Digest.new(library::Digest.new("SHA1", "x")).hexdigest }
  end

  def test_equality
    hex = SHA256_OF_ABC
    assert_same { |library| library::Digest.new("SHA256", "abc") == hex }
    assert_same { |library| library::Digest.new("SHA256", "abc") == hex.upcase }
    assert_same { |library| library::Digest.new("SHA256", "abc") == 5 }
    assert_equal Digest.new("SHA256", "abc"), ::Digest::SHA256.new.update("abc")
  end

  def test_classes_of_single_functions
    %w[MD5 RIPEMD160 SHA1 SHA224 SHA256 SHA384 SHA512].each do |name|
      assert_same(name) do |library|
        one = library::Digest(name)
        [one.name, one.digest("abc"), one.hexdigest("abc"), one.base64digest("abc"), one.new.name,
         one.new("abc").hexdigest, one.new.update("abc").hexdigest]
      end
    end
    assert_raises(NameError) { Hazmat::Digest("no such digest") }
  end

  def test_files
    assert_same { |library| library::Digest::SHA256.file(__FILE__).hexdigest }
    assert_same { |library| library::Digest.file(__FILE__, "SHA1").hexdigest }
  end

  def test_encodings_do_not_matter
    ["\u00fcber", "\u00fcber".encode("UTF-16LE"), "\xFF".b, "a".encode("US-ASCII")].repeated_permutation(2) do |a, b|
      assert_same { |library| (library::Digest.new("SHA256", a) << b).hexdigest }
    end
  end

  def test_what_was_given_may_change_afterwards
    data = +"abc"
    digest = Digest.new("SHA256", data)
    data.replace("xyz")
    assert_equal SHA256_OF_ABC, digest.hexdigest
  end

  def test_anything_with_to_str_is_data
    data = Struct.new(:to_str).new("abc")
    assert_same { |library| library::Digest.new("SHA256", data).hexdigest }
    assert_same { |library| library::Digest.digest("SHA256", data) }
  end

  def test_wrong_types
    [nil, 1, :a, [], 1.5].each do |wrong|
      assert_both_raise(TypeError) { |library| library::Digest.new(wrong) }
      assert_both_raise(TypeError) { |library| library::Digest.new("SHA256") << wrong }
      assert_both_raise(TypeError) { |library| library::Digest.new("SHA256").digest(wrong) }
      assert_both_raise(TypeError) { |library| library::Digest.new("SHA256").hexdigest(wrong) }
      assert_both_raise(TypeError) { |library| library::Digest.digest("SHA256", wrong) }
      assert_both_raise(TypeError) { |library| library::Digest::SHA256.hexdigest(wrong) }
    end
    assert_both_raise(TypeError) { |library| library::Digest.new("SHA256", 1) }
    assert_match "(expected Hazmat/Digest)", assert_raises(TypeError) { Digest.new(nil) }.message
  end

  def test_wrong_numbers_of_arguments
    assert_both_raise(ArgumentError) { |library| library::Digest.new }
    assert_both_raise(ArgumentError) { |library| library::Digest.new("SHA256", "a", "b") }
    assert_both_raise(ArgumentError) { |library| library::Digest.digest("SHA256") }
    assert_both_raise(ArgumentError) { |library| library::Digest::SHA256.digest("a", "b") }
    assert_both_raise(ArgumentError) { |library| library::Digest::SHA256.new("a", "b") }
  end

  def test_unknown_names
    ["", "nope", "SHA257", "SHA256 ", "\u00fc"].each do |name|
      raised = assert_both_raise(RuntimeError) { |library| library::Digest.new(name) }
      assert_equal "Unsupported digest algorithm (#{name}).", raised.message
    end
    assert_both_raise(ArgumentError) { |library| library::Digest.new("SHA256\0") }
  end

  def test_an_object_that_was_not_initialized
    assert_both_raise(RuntimeError) { |library| library::Digest.allocate.digest }
    assert_both_raise(RuntimeError) { |library| library::Digest.allocate.name }
  end

  def test_no_object_can_be_dumped
    assert_both_raise(TypeError) { |library| Marshal.dump(library::Digest.new("SHA256")) }
  end

  def test_ancestors
    assert_equal OpenSSL::Digest.superclass, Digest.superclass
    assert_same { |library| library::Digest::SHA256.ancestors.grep(Class).map(&:name) }
    assert_same { |library| library::Digest::DigestError.ancestors.grep(Class).map(&:name) }
  end

  def test_every_method_that_openssl_has
    assert_empty OpenSSL::Digest.public_instance_methods - Digest.public_instance_methods
    assert_empty OpenSSL::Digest.methods - Digest.methods
  end

  def test_what_the_backend_does_not_have_is_a_digest_error
    assert_equal "DigestError HMACError", run_ruby(<<~RUBY, "HAZMAT_BACKEND" => "native")
      [-> { Hazmat::Digest.new("whirlpool") }, -> { Hazmat::HMAC.new("key", "SHAKE128") }].each do |call|
        call.call
      rescue Hazmat::OpenSSLError => e
        print e.class.name.split("::").last, (" " if Hazmat::Digest::DigestError === e)
      end
    RUBY
  end
end
