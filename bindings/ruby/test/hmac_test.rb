# frozen_string_literal: true

require_relative "peer"

# Hazmat::HMAC beside OpenSSL::HMAC.
class HMACTest < PeerTest
  NAMES = %w[MD5 SHA1 SHA224 SHA256 SHA384 SHA512 SHA512-224 SHA512-256 SHA3-224 SHA3-256 SHA3-384 SHA3-512
             BLAKE2b512 BLAKE2s256 RIPEMD160 SM3].freeze

  def test_codes
    NAMES.product(LENGTHS) do |name, length|
      key, data = Random.bytes(rand(200)), Random.bytes(length)
      assert_same(name) { |library| library::HMAC.digest(name, key, data) }
      assert_same(name) { |library| library::HMAC.hexdigest(name.downcase, key, data) }
      assert_same(name) { |library| library::HMAC.base64digest(library::Digest.new(name, "x"), key, data) }
    end
  end

  def test_codes_of_pieces
    NAMES.product(LENGTHS) do |name, length|
      key, parts = Random.bytes(rand(200)), pieces(Random.bytes(length))
      %i[digest hexdigest base64digest to_s inspect].each do |method|
        assert_same(name) do |library|
          parts.each_with_object(library::HMAC.new(key, name)) { |part, it| it << part }.public_send(method)
        end
      end
    end
  end

  def test_a_message_goes_on_after_its_code
    [10, 5000].each do |length|
      assert_same do |library|
        hmac = library::HMAC.new("key", "SHA256").update("x" * length)
        [hmac.digest, hmac.update("y").hexdigest, hmac.reset.equal?(hmac), hmac.update("z").hexdigest]
      end
    end
  end

  def test_copies_go_their_own_ways
    [10, 5000].each do |length|
      assert_same do |library|
        hmac = library::HMAC.new("key", "SHA256").update("x" * length)
        copy = hmac.dup
        [hmac.update("1").hexdigest, copy.update("2").hexdigest, hmac == copy, hmac == hmac.dup]
      end
    end
  end

  def test_equality
    assert_same { |library| library::HMAC.new("key", "MD5") == library::HMAC.new("key", library::Digest.new("MD5")) }
    assert_same { |library| library::HMAC.new("key", "MD5") == library::HMAC.new("other", "MD5") }
    assert_same { |library| library::HMAC.new("key", "MD5") == library::HMAC.new("key", "SHA1") }
    assert_same { |library| (hmac = library::HMAC.new("key", "MD5")) == hmac.digest }
    assert_same { |library| library::HMAC.new("key", "MD5").eql?(library::HMAC.new("key", "MD5")) }
  end

  def test_initializing_again
    hmac = HMAC.new("key", "MD5").update("x")
    hmac.send(:initialize, "k", "SHA1")
    assert_equal HMAC.hexdigest("SHA1", "k", ""), hmac.hexdigest
  end

  def test_what_was_given_may_change_afterwards
    key, data = +"key", +"abc"
    hmac = HMAC.new(key, "SHA256") << data
    [key, data].each { |string| string.replace("xyz") }
    assert_equal HMAC.digest("SHA256", "key", "abc"), hmac.digest
  end

  def test_wrong_types
    [nil, 1, :SHA256, []].each do |wrong|
      assert_both_raise(TypeError) { |library| library::HMAC.new("key", wrong) }
      assert_both_raise(TypeError) { |library| library::HMAC.new(wrong, "SHA256") }
      assert_both_raise(TypeError) { |library| library::HMAC.new("key", "SHA256") << wrong }
      assert_both_raise(TypeError) { |library| library::HMAC.digest("SHA256", "key", wrong) }
      assert_both_raise(TypeError) { |library| library::HMAC.hexdigest("SHA256", wrong, "data") }
      assert_both_raise(TypeError) { |library| library::HMAC.base64digest(wrong, "key", "data") }
    end
  end

  def test_wrong_numbers_of_arguments
    assert_both_raise(ArgumentError) { |library| library::HMAC.new("key") }
    assert_both_raise(ArgumentError) { |library| library::HMAC.digest("SHA256", "key") }
  end

  def test_unknown_names
    assert_both_raise(RuntimeError) { |library| library::HMAC.new("key", "nope") }
    assert_both_raise(RuntimeError) { |library| library::HMAC.digest("nope", "key", "data") }
  end

  def test_there_is_no_hmac_over_extendable_output_functions
    assert_both_raise(Hazmat::HMACError) { |library| library::HMAC.new("key", "SHAKE128") }
    assert_both_raise(Hazmat::HMACError) { |library| library::HMAC.digest("SHAKE256", "key", "data") }
  end

  def test_an_object_that_was_not_initialized
    assert_raises(RuntimeError) { HMAC.allocate.digest }
  end

  def test_the_key_does_not_leak
    hmac = HMAC.new("secret key", "SHA256")
    refute_includes hmac.inspect + hmac.to_s, "secret"
    assert_both_raise(TypeError) { |library| Marshal.dump(library::HMAC.new("key", "SHA256")) }
  end

  def test_ancestors
    assert_same { |library| library::HMAC.ancestors.grep(Class).map(&:name) }
    assert_same { |library| library::HMACError.ancestors.grep(Class).map(&:name) }
  end

  def test_every_method_that_openssl_has
    assert_empty OpenSSL::HMAC.public_instance_methods - HMAC.public_instance_methods
    assert_empty OpenSSL::HMAC.methods - HMAC.methods
  end

  def test_comparing
    [%w[abc abc], %w[abc abd], ["", ""]].each do |a, b|
      assert_same { |library| library.secure_compare(a, b) }
      assert_same { |library| library.fixed_length_secure_compare(a, b) }
    end
    assert_same { |library| library.secure_compare("abc", "ab") }
    assert_same { |library| library.fixed_length_secure_compare("\u00fc", "\u00fc".b) }
    assert_both_raise(ArgumentError) { |library| library.fixed_length_secure_compare("abc", "ab") }
  end

  def test_comparing_wrong_types
    assert_both_raise(TypeError) { |library| library.fixed_length_secure_compare("abc", nil) }
    assert_both_raise(TypeError) { |library| library.secure_compare(1, "abc") }
  end
end
