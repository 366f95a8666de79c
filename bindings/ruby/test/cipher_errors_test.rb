# frozen_string_literal: true

require_relative "peer"

# What Hazmat::Cipher refuses, mostly as OpenSSL::Cipher does.
class CipherErrorsTest < PeerTest
  WRONG = [nil, 1, :a, [], 1.5].freeze
  CipherError = Hazmat::Cipher::CipherError

  def cbc(library = Hazmat, direction = :encrypt)
    library::Cipher.new("aes-128-cbc").public_send(direction).tap do |cipher|
      cipher.key = "k" * 16
      cipher.iv = "i" * 16
    end
  end

  def gcm(library = Hazmat, direction = :encrypt)
    library::Cipher.new("aes-128-gcm").public_send(direction).tap do |cipher|
      cipher.key = "k" * 16
      cipher.iv = "i" * 12
    end
  end

  def test_wrong_types
    WRONG.each do |wrong|
      assert_both_raise(TypeError) { |library| library::Cipher.new(wrong) }
      %i[key= iv= update].each { |method| assert_both_raise(TypeError) { |library| cbc(library).send(method, wrong) } }
      %i[auth_data= auth_tag=].each do |method|
        assert_both_raise(TypeError) { |library| gcm(library, :decrypt).send(method, wrong) }
      end
      assert_both_raise(TypeError) { |library| cbc(library).pkcs5_keyivgen(wrong) }
    end
    [1, :a, []].each { |wrong| assert_both_raise(TypeError) { |library| cbc(library).update("x" * 16, wrong) } }
  end

  def test_wrong_numbers
    ["1", :a, [], nil].each do |wrong|
      %i[key_len= iv_len= padding= auth_tag_len=].each do |method|
        assert_both_raise(TypeError, method) { |library| gcm(library).send(method, wrong) }
      end
    end
    assert_both_raise(TypeError) { |library| gcm(library).auth_tag("1") }
    assert_both_raise(TypeError) { |library| cbc(library).pkcs5_keyivgen("p", nil, "1") }
    assert_both_raise(TypeError) { |library| cbc(library).pkcs5_keyivgen("p", nil, 1, 5) }
    assert_same { |library| cbc(library).tap { |cipher| cipher.padding = 0.5 }.update("x" * 16) }
  end

  def test_wrong_numbers_of_arguments
    assert_both_raise(ArgumentError) { |library| library::Cipher.new }
    assert_both_raise(ArgumentError) { |library| cbc(library).update }
    assert_both_raise(ArgumentError) { |library| cbc(library).final(1) }
    assert_both_raise(ArgumentError) { |library| cbc(library).encrypt(1, 2, 3) }
  end

  def test_names
    ["", "nope", "aes-128", "aes-128-cbc "].each do |name|
      raised = assert_both_raise(RuntimeError) { |library| library::Cipher.new(name) }
      assert_equal "unsupported cipher algorithm (#{name})", raised.message
    end
    assert_both_raise(ArgumentError) { |library| library::Cipher.new("aes-128-cbc\0") }
    assert_raises(RuntimeError) { Cipher.new("aes-128-cbc-hmac-sha1") }
  end

  def test_what_the_backend_does_not_have
    assert_equal "unsupported: the backend has no CAMELLIA-128-CBC", run_ruby(<<~RUBY, "HAZMAT_BACKEND" => "native")
      abort if Hazmat::Cipher.ciphers.include?("camellia128")
      begin
        Hazmat::Cipher.new("camellia128")
      rescue Hazmat::Cipher::CipherError => e
        print e.message
      end
    RUBY
  end

  def test_sizes
    [0, 15, 17].each do |size|
      assert_both_raise(ArgumentError) { |library| cbc(library).key = "x" * size }
      assert_both_raise(ArgumentError) { |library| cbc(library).iv = "x" * size }
      assert_both_raise(ArgumentError) { |library| gcm(library).iv = "x" * size }
    end
    assert_equal "key must be 16 bytes", assert_raises(ArgumentError) { cbc.key = "x" }.message
    assert_equal "iv must be 12 bytes", assert_raises(ArgumentError) { gcm.iv = "x" }.message
    assert_both_raise(ArgumentError) { |library| library::Cipher.new("aes-128-ecb").iv = "x" }
    assert_both_raise(CipherError) { |library| cbc(library).key_len = 5 }
    assert_both_raise(CipherError) { |library| cbc(library).iv_len = 16 }
    [0, 129, 1 << 20].each { |size| assert_both_raise(CipherError) { |library| gcm(library).iv_len = size } }
    assert_same { |library| (cbc(library).key_len = 16) }
  end

  def test_keys_of_many_sizes
    cipher = Cipher.new("bf-cbc").encrypt
    cipher.key_len = 7
    assert_equal 7, cipher.key_len
    cipher.key = "k" * 7
    assert_equal 8, (cipher.update("x") + cipher.final).bytesize
    [3, 57].each { |size| assert_raises(CipherError) { cipher.key_len = size } }
  end

  def test_without_a_key
    %w[ecb cbc cfb ctr gcm].product(%i[encrypt decrypt]) do |mode, direction|
      assert_both_raise(CipherError) do |library|
        cipher = library::Cipher.new("aes-128-#{mode}")
        cipher.key = "k" * 16
        cipher.public_send(direction).update("")
      end
    end
    assert_both_raise(CipherError) { |library| library::Cipher.new("aes-128-cbc").encrypt.final }
    assert_both_raise(CipherError) { |library| library::Cipher.new("aes-128-gcm").encrypt.auth_data = "x" }
  end

  def test_no_data
    assert_both_raise(ArgumentError) { |library| cbc(library).update("") }
  end

  def test_blocks_that_are_not_full
    short = ->(library) { cbc(library, :decrypt).tap { |cipher| cipher.update("x" * 17) }.final }
    assert_equal "wrong final block length", assert_both_raise(CipherError, &short).message
    assert_both_raise(CipherError) { |library| cbc(library, :decrypt).final }
    %i[encrypt decrypt].each do |direction|
      assert_both_raise(CipherError) do |library|
        cipher = cbc(library, direction)
        cipher.padding = 0
        cipher.update("x" * 17)
        cipher.final
      end
    end
  end

  # Each length of padding, each byte of it wrong, and what is none.
  def test_padding
    valid = (1..16).map { |count| ("x" * (32 - count)) + (count.chr * count) }
    wrong = (2..16).flat_map do |count|
      (1..count).map { |from_end| valid[count - 1].dup.tap { |text| text.setbyte(-from_end, 17) } }
    end
    wrong += [0, 17, 32, 255].map { |last| ("x" * 31).b << last }
    open = ->(text) { ->(library) { decrypted(library, cbc.tap { |cipher| cipher.padding = 0 }.update(text)) } }
    valid.each { |text| assert_same(text, &open.call(text)) }
    wrong.each { |text| assert_equal "bad decrypt", assert_both_raise(CipherError, text, &open.call(text)).message }
  end

  def test_padding_that_is_switched_on_the_way
    assert_same do |library|
      cipher = cbc(library, :decrypt)
      [cipher.update("x" * 16), (cipher.padding = 0), cipher.final, cipher.update("x" * 16)]
    end
  end

  def test_buffers
    [+"", +"\u00fc", "x".encode("UTF-16LE"), ("x" * 1000).b].each do |buffer|
      assert_same do |library|
        mine = buffer.dup
        result = cbc(library).update("x" * 33, mine)
        [result.equal?(mine), result.bytes, result.encoding.name]
      end
    end
    data = ("x" * 32).b
    assert_equal cbc.update("x" * 32), cbc.update(data, data)
  end

  # Decryption accepted a tag of one byte.
  def test_cve_2018_10903_short_tags
    cipher = gcm
    text = cipher.update("message")
    cipher.final
    4.times do |size|
      assert_raises(CipherError) { cipher.auth_tag(size) }
      opened = gcm(Hazmat, :decrypt).tap { |one| one.update(text) }
      assert_raises(CipherError) { opened.auth_tag = cipher.auth_tag.byteslice(0, size) }
      assert_raises(CipherError) { opened.final }
    end
    assert_equal cipher.auth_tag.byteslice(0, 4), cipher.auth_tag(4)
  end

  # An update of more than 2 GiB corrupted memory, or its result.
  def test_cve_2020_36242_large_updates
    size = (1 << 31) + 16
    cipher = Cipher.new("aes-128-ctr").encrypt
    cipher.key = "k" * 16
    memory = "\0".b * size
    assert_equal size, cipher.update(memory, memory).bytesize
    # In CTR the last block of zeros is the cipher of its own counter.
    ecb = Cipher.new("aes-128-ecb").encrypt
    ecb.key = "k" * 16
    assert_equal ecb.update([0, (size / 16) - 1].pack("Q>*")), memory.byteslice(-16, 16)
  end

  # A buffer that cannot change was written to.
  def test_cve_2023_23931_objects_that_cannot_change
    frozen = ("-" * 64).b.freeze
    copy, cipher = frozen.dup, cbc
    assert_both_raise(FrozenError) { |library| cbc(library).update("x" * 32, frozen) }
    assert_raises(FrozenError) { cipher.update("x" * 32, frozen) }
    assert_equal cbc.update("x" * 32), cipher.update("x" * 32, copy), "the state has changed"
    assert_equal "-" * 64, frozen
  end

  # What is not contiguous was read past its end. A String always is, whatever it shares
  # its bytes with; one that is wrong about itself is read by its bytes.
  def test_cve_2026_39892_parts_of_other_memory
    liar = Class.new(String) { def bytesize = 1000 }
    whole = Random.bytes(4096)
    [0, 1, 100, 4000].each do |start|
      part = whole.byteslice(start, 96)
      expected = cbc.update(part.bytes.pack("C*"))
      [part, liar.new(part)].each { |data| assert_equal expected, cbc.update(data) }
    end
  end

  def test_messages_that_are_not_authentic
    cipher = gcm
    cipher.auth_data = "header"
    text, tag = cipher.update("message") + cipher.final, cipher.auth_tag
    wrong = [[text.tr(text[0], "\0"), tag, "header"], [text, tag.reverse, "header"], [text, tag, "other"],
             [text, tag.byteslice(0, 4).reverse, "header"], [text, nil, "header"]]
    wrong.each do |changed, given, header|
      assert_both_raise(CipherError) do |library|
        opened = gcm(library, :decrypt)
        opened.auth_tag = given if given
        opened.auth_data = header
        opened.update(changed)
        opened.final
      end
    end
  end

  def test_after_a_wrong_tag_the_message_is_dead
    cipher = gcm(Hazmat, :decrypt)
    cipher.update("x" * 16)
    cipher.auth_tag = "t" * 16
    assert_kind_of Hazmat::InvalidTag, assert_raises(CipherError) { cipher.final }.cause
    assert_raises(CipherError) { cipher.final }
    assert_raises(CipherError) { cipher.update("x") }
  end

  def test_tags_where_there_is_none
    assert_both_raise(CipherError) { |library| gcm(library).auth_tag }
    assert_both_raise(CipherError) { |library| gcm(library, :decrypt).auth_tag }
    assert_both_raise(CipherError) { |library| gcm(library).auth_tag = "t" * 16 }
    ["", "t" * 17].each { |tag| assert_both_raise(CipherError) { |library| gcm(library, :decrypt).auth_tag = tag } }
    [0, 17].each { |size| assert_both_raise(CipherError) { |library| finished(gcm(library)).auth_tag(size) } }
    assert_both_raise(ArgumentError) { |library| finished(gcm(library)).auth_tag(-1) }
    assert_both_raise(CipherError) { |library| gcm(library).auth_tag_len = 12 }
    assert_both_raise(CipherError) { |library| gcm(library).tap { |cipher| cipher.update("x") }.auth_data = "x" }
  end

  SEALED = %w[aes-128-ccm aes-128-ocb chacha20-poly1305].freeze

  def sealed(library, name, direction = :encrypt)
    library::Cipher.new(name).public_send(direction).tap do |cipher|
      cipher.key = "k" * cipher.key_len
      cipher.iv = "i" * cipher.iv_len
    end
  end

  def test_sizes_of_nonces
    {
      "aes-128-ccm" => [6, 14], "aes-128-ocb" => [0, 16], "chacha20-poly1305" => [11, 13]
    }.each do |name, sizes|
      sizes.each { |size| assert_both_raise(CipherError) { |library| sealed(library, name).iv_len = size } }
      (sizes[0] + 1...sizes[1]).each { |size| assert_same { |library| (sealed(library, name).iv_len = size) } }
    end
  end

  def test_sizes_of_tags
    [0, 1, 3, 5, 17].each do |size|
      assert_both_raise(CipherError) { |library| sealed(library, "aes-128-ccm").auth_tag_len = size }
      assert_both_raise(CipherError) { |library| sealed(library, "aes-128-ccm", :decrypt).auth_tag = "t" * size }
    end
    [0, 4, 12, 17].each do |size|
      assert_both_raise(CipherError) { |library| sealed(library, "aes-128-ocb", :decrypt).auth_tag = "t" * size }
    end
    # openssl takes short ones of these
    [1, 8, 12, 15].each do |size|
      assert_raises(CipherError) { sealed(Hazmat, "chacha20-poly1305", :decrypt).auth_tag = "t" * size }
      assert_raises(CipherError) { sealed(Hazmat, "aes-128-ocb").auth_tag_len = size }
    end
    SEALED.each { |name| assert_both_raise(CipherError) { |library| sealed(library, name).auth_tag = "t" * 16 } }
  end

  def test_nothing_is_decrypted_without_a_tag
    SEALED.each do |name|
      assert_raises(CipherError) { sealed(Hazmat, name, :decrypt).tap { |cipher| cipher.update("x" * 16) }.final }
      assert_raises(CipherError) { sealed(Hazmat, name, :decrypt).final }
    end
  end

  def test_a_sealed_message_that_is_not_authentic
    SEALED.each do |name|
      cipher = sealed(Hazmat, name)
      cipher.auth_data = "header"
      text = cipher.update("message" * 9) + cipher.final
      [[text, "Header"], [text.tr(text[0], "x"), "header"]].each do |changed, header|
        assert_both_raise(CipherError, name) do |library|
          opened = sealed(library, name, :decrypt)
          opened.auth_tag = cipher.auth_tag
          opened.ccm_data_len = changed.bytesize if name.end_with?("ccm")
          opened.auth_data = header
          opened.update(changed)
          opened.final
        end
      end
    end
  end

  def test_a_sealed_message_has_one_nonce
    SEALED.each do |name|
      cipher = finished(sealed(Hazmat, name))
      assert_raises(CipherError) { cipher.update("x") }
      assert_raises(CipherError) { cipher.reset.update("x") }
      assert_raises(CipherError) { sealed(Hazmat, name).tap { |begun| begun.update("x") }.auth_data = "late" }
    end
  end

  def test_the_length_in_ccm
    assert_both_raise(CipherError) do |library|
      cipher = sealed(library, "aes-128-ccm")
      cipher.ccm_data_len = 5
      cipher.update("x" * 6)
    end
    assert_both_raise(CipherError) do |library|
      sealed(library, "aes-128-ccm").tap { |cipher| cipher.update("x" * 6) }.update("x")
    end
    [cbc, gcm].each { |cipher| assert_raises(CipherError) { cipher.ccm_data_len = 5 } } # openssl crashes
    assert_both_raise(TypeError) { |library| cbc(library).ccm_data_len = "5" }
  end

  def test_modes_that_do_not_authenticate
    assert_both_raise(CipherError) { |library| cbc(library).auth_data = "x" }
    assert_both_raise(CipherError) { |library| cbc(library).auth_tag }
    assert_both_raise(CipherError) { |library| cbc(library).auth_tag = "t" * 16 }
    assert_both_raise(CipherError) { |library| cbc(library).auth_tag_len = 12 }
  end

  def test_passwords
    assert_both_raise(CipherError) { |library| cbc(library).pkcs5_keyivgen("password", "salt") }
    assert_both_raise(ArgumentError) { |library| cbc(library).pkcs5_keyivgen("password", "saltsalt", 0) }
    assert_both_raise(ArgumentError) { |library| cbc(library).pkcs5_keyivgen("password", "saltsalt", -1) }
    assert_both_raise(RuntimeError) { |library| cbc(library).pkcs5_keyivgen("password", "saltsalt", 1, "nope") }
  end

  def test_xts
    cipher = Cipher.new("aes-128-xts").encrypt
    cipher.key = "k" * 32
    assert_match "halves", assert_raises(CipherError) { cipher.update("x" * 16) }.message
    cipher.key = Random.bytes(32)
    assert_raises(CipherError) { cipher.update("x" * 15) }
  end

  def test_objects_that_were_not_initialized
    %i[final name reset key_len block_size].each do |method|
      assert_both_raise(RuntimeError) { |library| library::Cipher.allocate.public_send(method) }
    end
    assert_both_raise(CipherError) { |library| library::Cipher.allocate.update("x") }
    assert_both_raise(RuntimeError) { |library| cbc(library).send(:initialize, "aes-128-cbc") }
  end

  def test_keys_do_not_leak
    cipher = cbc.tap { |one| one.update("x") }
    refute_includes cipher.inspect + cipher.to_s, "kkk"
    assert_both_raise(TypeError) { |library| Marshal.dump(cbc(library)) }
  end

  def test_ancestors
    assert_same { |library| library::Cipher.ancestors.grep(Class).map(&:name) }
    assert_same { |library| library::Cipher::CipherError.ancestors.grep(Class).map(&:name) }
    assert_same { |library| library::Cipher::AES128.superclass.name }
  end

  def test_every_method_that_openssl_has
    assert_empty OpenSSL::Cipher.public_instance_methods - Cipher.public_instance_methods
    assert_empty OpenSSL::Cipher.methods - Cipher.methods
  end

  private

  def decrypted(library, text)
    cipher = cbc(library, :decrypt)
    [cipher.update(text), cipher.final]
  end

  def finished(cipher)
    cipher.update("message")
    cipher.final
    cipher
  end
end
