# frozen_string_literal: true

require_relative "peer"

# Hazmat::Cipher beside OpenSSL::Cipher: the same results.
class CipherPeerTest < PeerTest
  # Those that OpenSSL has here, without its legacy provider.
  NAMES = Hazmat::Cipher.ciphers.select do |name|
    OpenSSL::Cipher.new(name)
  rescue OpenSSL::Cipher::CipherError
    false
  end.freeze

  BLOCK_MODES = NAMES.grep(/-(ecb|cbc)\z/).freeze
  # Not XTS, whose message comes in one piece, nor what is authenticated.
  STREAM_MODES = (NAMES.grep(/-(ctr|cfb8?|ofb)\z/) + %w[chacha20]).freeze
  GCM = NAMES.grep(/gcm\z/i).freeze

  def test_there_are_enough_to_compare
    assert_operator NAMES.size, :>=, 60
    [BLOCK_MODES, STREAM_MODES, GCM].each { |names| refute_empty names }
  end

  def test_names_are_names_of_openssl
    assert_empty Cipher.ciphers - OpenSSL::Cipher.ciphers
    assert_equal Cipher.ciphers.sort.uniq, Cipher.ciphers
  end

  def test_what_ciphers_are
    NAMES.flat_map { |name| [name, name.upcase, name.swapcase] }.each do |name|
      assert_same(name) do |library|
        cipher = library::Cipher.new(name)
        [cipher.name, cipher.key_len, cipher.iv_len, cipher.block_size, cipher.authenticated?]
      end
    end
  end

  def test_classes_of_single_ciphers
    assert_same { |library| library::Cipher::AES.new(256, :CBC).name }
    assert_same { |library| library::Cipher::AES.new("128-GCM").name }
    assert_same { |library| library::Cipher::AES256.new.name }
    assert_same { |library| library::Cipher::AES192.new(:CTR).name }
    assert_same { |library| library::Cipher::DES.new(:EDE3, "CBC").name }
    assert_both_raise(RuntimeError) { |library| library::Cipher::AES.new }
    assert_both_raise(RuntimeError) { |library| library::Cipher::CAST5.new }
    assert_empty OpenSSL::Cipher.constants - Cipher.constants - [:Cipher]
  end

  def test_messages_of_whole_blocks
    BLOCK_MODES.product([0, 1], LENGTHS) do |name, padding, length|
      next if padding.zero? && length % 16 != 0

      compare(name, Random.bytes(length), padding)
    end
  end

  def test_messages_that_are_streams
    STREAM_MODES.product(LENGTHS) { |name, length| compare(name, Random.bytes(length), 1) }
  end

  def test_xts
    NAMES.grep(/xts/).product(LENGTHS.select { |length| length >= 16 }) do |name, length|
      compare(name, Random.bytes(length), 1, [])
    end
  end

  def test_messages_with_a_tag
    GCM.product(LENGTHS, [12, 8, 16, 128]) do |name, length, iv_len|
      key, iv, header = Random.bytes(Cipher.new(name).key_len), Random.bytes(iv_len), Random.bytes(rand(100))
      parts = pieces(Random.bytes(length)).reject(&:empty?)
      sealed = assert_same(name) do |library|
        cipher = made(library, name, :encrypt, iv_len: iv_len, key: key, iv: iv, auth_data: header)
        [*through(cipher, parts), cipher.auth_tag, cipher.auth_tag(4)]
      end
      *text, tag, _short = sealed
      parts = pieces(text.join).reject(&:empty?)
      given = { iv_len: iv_len, key: key, iv: iv, auth_tag: tag, auth_data: header }
      assert_same(name) { |library| through(made(library, name, :decrypt, **given), parts) }
    end
  end

  def test_messages_that_are_sealed
    NAMES.grep(/ccm|ocb|poly1305/).product(LENGTHS - [0], [nil, 12, 8], [12, 16]) do |name, length, iv_len, tag_len|
      next if (name.include?("poly") && iv_len) || (!name.include?("ccm") && tag_len != 16)

      data = Random.bytes(length)
      text, tag = sealed(name, :encrypt, given_for(name, iv_len, tag_len), data)
      sealed(name, :decrypt, @given.merge(auth_tag: tag), text)
    end
  end

  def test_the_tag_may_come_after_the_message
    assert_same do |library|
      cipher = made(library, "aes-128-gcm", :encrypt, key: "k" * 16, iv: "i" * 12, auth_data: "")
      text = cipher.update("abc")
      cipher.final
      opened = made(library, "aes-128-gcm", :decrypt, key: "k" * 16, iv: "i" * 12)
      [opened.update(text), (opened.auth_tag = cipher.auth_tag), opened.final]
    end
  end

  def test_what_a_new_start_begins_with
    starts = {
      reset: :reset.to_proc,
      encrypt: ->(cipher) { cipher.encrypt.key = "K" * cipher.key_len },
      key: ->(cipher) { cipher.key = "K" * cipher.key_len },
      iv: ->(cipher) { cipher.iv = "j" * cipher.iv_len },
      final: :final.to_proc,
      "final, reset": ->(cipher) { cipher.final && cipher.reset }
    }
    (BLOCK_MODES + STREAM_MODES).product(starts.to_a, [1, 32, 37]) do |name, (how, start), length|
      next if name.end_with?("ecb") && how == :iv

      assert_same("#{name}, #{how}") do |library|
        cipher = made(library, name, :encrypt, key: "k" * 32, iv: "i" * 16)
        first = cipher.update("x" * length)
        start.call(cipher)
        [first, cipher.update("y" * 37), cipher.final]
      end
    end
  end

  # Also where Ruby would refuse to put two of them together.
  def test_encodings_do_not_matter
    utf8 = ->(bytes) { bytes.dup.force_encoding("UTF-8") }
    (BLOCK_MODES + STREAM_MODES + GCM + NAMES.grep(/ccm|ocb|poly1305/)).each do |name|
      cipher = Cipher.new(name)
      given = { key: utf8.call("\xC3".b * cipher.key_len), iv: utf8.call("\xC3".b * cipher.iv_len) }
      given[:auth_data] = utf8.call("\xC3\xBC".b) if cipher.authenticated?
      encrypted = made(Hazmat, name, :encrypt, **given)
      text = encrypted.update("\u00fcber" * 10) + encrypted.final
      given = { **given.slice(:key, :iv), auth_tag: utf8.call(encrypted.auth_tag), **given } if cipher.authenticated?
      decrypted = made(Hazmat, name, :decrypt, **given)
      assert_equal "\u00fcber".b * 10, decrypted.update(utf8.call(text)) + decrypted.final, name
    end
  end

  def test_a_counter_wraps
    iv = "\xFF".b * 16
    assert_same do |library|
      cipher = made(library, "aes-128-ctr", :encrypt, key: "k" * 16, iv: iv)
      [cipher.update("x" * 5), cipher.reset.update("y" * 5)]
    end
  end

  def test_a_nonce_may_not_be_used_twice
    cipher = made(Hazmat, "aes-128-gcm", :encrypt, key: "k" * 16, iv: "i" * 12)
    cipher.update("abc")
    cipher.reset # does nothing
    cipher.update("def")
    cipher.final
    [:reset.to_proc, :itself.to_proc].each do |again|
      again.call(cipher)
      assert_raises(Cipher::CipherError) { cipher.update("x") }
      assert_raises(Cipher::CipherError) { cipher.final }
    end
    cipher.key = "k" * 16
    assert_raises(Cipher::CipherError) { cipher.update("x") }
  end

  def test_without_encrypt_it_decrypts
    assert_same { |library| made(library, "aes-128-cbc", :itself, key: "k" * 16, padding: 0).update("x" * 32) }
  end

  def test_without_an_initialization_vector_it_is_zero
    assert_same { |library| through(made(library, "aes-128-cbc", :encrypt, key: "k" * 16), ["x" * 20]) }
    assert_raises(Cipher::CipherError) { made(Hazmat, "aes-128-gcm", :encrypt, key: "k" * 16).update("x") }
  end

  def test_copies
    assert_same do |library|
      cipher = made(library, "aes-128-cbc", :encrypt, key: "k" * 16, iv: "i" * 16)
      copy = cipher.dup
      [cipher.update("a" * 20), copy.update("b" * 20), cipher.final, copy.final, copy.name]
    end
    %w[aes-128-ctr aes-128-gcm chacha20-poly1305].each do |name|
      cipher = made(Hazmat, name, :encrypt, key: "k" * 32, iv: "i" * 16).tap { |one| one.update("x") }
      assert_raises(Cipher::CipherError) { cipher.dup }
    end
  end

  def test_copies_in_the_middle_of_a_message
    BLOCK_MODES.product(%i[encrypt decrypt], [5, 32, 37]) do |name, direction, length|
      assert_same(name) do |library|
        cipher = made(library, name, direction, key: "k" * 32, iv: "i" * 16, padding: 0)
        before = cipher.update("a" * length)
        copy = cipher.dup
        [before, cipher.update("b" * 50), copy.update("c" * 50), cipher.update("d" * 50), copy.update("e" * 50)]
      end
    end
  end

  def test_random_keys_and_vectors
    cipher = Cipher.new("aes-256-cbc").encrypt
    key, iv = cipher.random_key, cipher.random_iv
    refute_equal key, cipher.random_key
    assert_equal [32, 16, false], [key.bytesize, iv.bytesize, key.frozen?]
    cipher.key = key
    cipher.iv = iv
    assert_equal through(made(OpenSSL, "aes-256-cbc", :encrypt, key: key, iv: iv), ["abc"]), through(cipher, ["abc"])
  end

  def test_passwords
    salts, counts, digests = [nil, "saltsalt"], [nil, 1, 3], [nil, "SHA1", "sha512"]
    %w[aes-256-cbc des-ede3-cbc aes-128-ecb aes-256-ctr].product(salts, counts, digests) do |name, *arguments|
      assert_same(name) do |library|
        cipher = library::Cipher.new(name).encrypt
        [cipher.pkcs5_keyivgen("password", *arguments), *through(cipher, ["abc"])]
      end
    end
    assert_same do |library|
      cipher = library::Cipher.new("aes-128-cbc").encrypt
      cipher.pkcs5_keyivgen("password", nil, 2, library::Digest.new("SHA256"))
      through(cipher, ["abc"])
    end
  end

  def test_deprecated_passwords
    [[], ["short"], ["longer than sixteen bytes"]].each do |salt|
      results = [Hazmat, OpenSSL].map do |library|
        cipher = library::Cipher.new("aes-128-cbc")
        _, warning = capture_io { cipher.encrypt("password", *salt) }
        assert_includes warning, "deprecated"
        through(cipher, ["abc"])
      end
      assert_equal(*results)
    end
  end

  private

  def given_for(name, iv_len, tag_len)
    cipher = Cipher.new(name)
    iv_len ||= cipher.iv_len
    @given = {
      auth_tag_len: tag_len, iv_len: iv_len, key: Random.bytes(cipher.key_len), iv: Random.bytes(iv_len)
    }
  end

  # Does the same with both, and answers what comes out. In CCM the message comes at once,
  # and in OCB Hazmat gives all of the result at the end.
  def sealed(name, direction, given, data)
    ccm = name.match?(/ccm/i)
    given = given.merge(ccm_data_len: data.bytesize) if ccm
    parts = (ccm ? [data] : pieces(data)).reject(&:empty?)
    header = Random.new(data.bytesize).bytes(20)
    assert_same("#{name} #{direction}") do |library|
      cipher = made(library, name, direction, **given)
      cipher.auth_data = header
      results = through(cipher, parts)
      results = [results.join] if name.include?("ocb")
      [results.join, direction == :encrypt ? cipher.auth_tag : results]
    end
  end

  # Encrypts in pieces, then decrypts what came in others; each piece of the results is
  # compared.
  def compare(name, data, padding, cut = nil)
    cipher = Cipher.new(name)
    given = { key: Random.bytes(cipher.key_len), iv: Random.bytes(cipher.iv_len), padding: padding }
    encrypted = both(name, :encrypt, given, cut ? [data] : pieces(data))
    both(name, :decrypt, given, cut ? [encrypted] : pieces(encrypted))
  end

  def both(name, direction, given, parts)
    parts = parts.reject(&:empty?)
    assert_same("#{name} #{direction}") { |library| through(made(library, name, direction, **given), parts) }.join
  end

  def through(cipher, parts)
    parts.map { |part| cipher.update(part) } << cipher.final
  end

  def made(library, name, direction, **given)
    cipher = library::Cipher.new(name).public_send(direction)
    given.each do |method, value|
      value = value.byteslice(0, cipher.public_send("#{method}_len")) if %i[key iv].include?(method)
      cipher.public_send(:"#{method}=", value) unless value == "" && method == :iv
    end
    cipher
  end
end
