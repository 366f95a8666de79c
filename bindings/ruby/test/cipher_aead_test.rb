# frozen_string_literal: true

require_relative "peer"

# Hazmat::Cipher::AEAD, beside OpenSSL::Cipher where that has the algorithm.
class CipherAEADTest < PeerTest
  AEAD = Hazmat::Cipher::AEAD
  CipherError = Hazmat::Cipher::CipherError

  def made(name, **options)
    AEAD.new(name, AEAD.random_key(name), **options)
  end

  def test_what_is_sealed_is_opened
    AEAD.algorithms.product([1, 16, 1000, 200_000], ["", "header"]) do |name, length, header|
      aead = made(name)
      nonce, plaintext = aead.random_nonce, Random.bytes(length)
      sealed = aead.seal(nonce, plaintext, header)
      assert_equal plaintext, aead.open(nonce, sealed, header)
      assert_equal [length + aead.tag_len, false, Encoding::BINARY], [sealed.bytesize, sealed.frozen?, sealed.encoding]
    end
  end

  def test_openssl_seals_the_same
    names = AEAD.algorithms & OpenSSL::Cipher.ciphers
    assert_operator names.size, :>=, 10
    names.product([1, 15, 16, 1000]) do |name, length|
      key, nonce, plaintext, header = AEAD.random_key(name), Random.bytes(12), Random.bytes(length), Random.bytes(20)
      assert_equal sealed_by_openssl(name, key, nonce, plaintext, header),
                   AEAD.new(name, key).seal(nonce, plaintext, header), name
    end
  end

  def test_short_tags
    aead = made("aes-128-ccm", tag_len: 8)
    sealed = aead.seal("n" * 12, "plaintext")
    assert_equal [8, 17], [aead.tag_len, sealed.bytesize]
    assert_equal "plaintext", aead.open("n" * 12, sealed)
    [1, 3, 5, 17].each { |size| assert_raises(ArgumentError) { made("aes-128-ccm", tag_len: size) } }
  end

  def test_nothing_is_opened_that_is_not_authentic
    AEAD.algorithms.each do |name|
      aead = made(name)
      nonce = aead.random_nonce
      sealed = aead.seal(nonce, "plaintext", "header")
      others = [nonce.reverse, sealed, "header"], [nonce, sealed, "Header"], [nonce, sealed[0..-2], "header"],
               [nonce, "", "header"], [nonce, sealed, ""]
      sealed.bytesize.times do |i|
        others << [nonce, sealed.dup.tap { |one| one.setbyte(i, one.getbyte(i) ^ 1) }, "header"]
      end
      others.each do |other|
        assert_kind_of InvalidTag, assert_raises(CipherError, name) { aead.open(*other) }.cause
      end
    end
  end

  def test_names
    assert_equal "AES-256-GCM", made("aes-256-gcm").name
    assert_equal AEAD.algorithms, AEAD.algorithms.sort
    assert_equal "XChaCha20-Poly1305", made("XCHACHA20-poly1305").name
    ["", "nope", "aes-256-cbc", "aes-256"].each { |name| assert_raises(RuntimeError) { AEAD.new(name, "") } }
    assert_raises(ArgumentError) { AEAD.new("aes-256-gcm\0", "") }
  end

  def test_what_the_backend_does_not_have
    assert_equal "unsupported: the backend has no XChaCha20-Poly1305", run_ruby(<<~RUBY, "HAZMAT_BACKEND" => "openssl")
      begin
        Hazmat::Cipher::AEAD.new("xchacha20-poly1305", "k" * 32)
      rescue Hazmat::Cipher::CipherError => e
        print e.message
      end
    RUBY
  end

  def test_sizes
    [0, 15, 17, 32].each do |size|
      assert_equal "key must be 16 bytes", assert_raises(ArgumentError) { AEAD.new("aes-128-gcm", "k" * size) }.message
    end
    aead = made("chacha20-poly1305")
    [0, 11, 13].each do |size|
      assert_raises(ArgumentError) { aead.seal("n" * size, "plaintext") }
      assert_raises(ArgumentError) { aead.open("n" * size, "x" * 32) }
    end
    assert_raises(ArgumentError) { made("aes-128-siv").seal("n" * 12, "") }
    assert_equal 24, made("xchacha20-poly1305").random_nonce.bytesize
  end

  def test_wrong_types
    aead = made("aes-128-gcm")
    [nil, 1, :a, []].each do |wrong|
      assert_raises(TypeError) { AEAD.new(wrong, "k" * 16) }
      assert_raises(TypeError) { AEAD.new("aes-128-gcm", wrong) }
      assert_raises(TypeError) { AEAD.random_key(wrong) }
      [[wrong, "x", "x"], ["n" * 12, wrong, "x"], ["n" * 12, "x", wrong]].each do |arguments|
        assert_raises(TypeError) { aead.seal(*arguments) }
        assert_raises(TypeError) { aead.open(*arguments) }
      end
    end
    [nil, "16", 1.5].each { |wrong| assert_raises(TypeError) { made("aes-128-gcm", tag_len: wrong) } }
  end

  def test_keys_do_not_leak
    aead = AEAD.new("aes-128-gcm", "k" * 16)
    refute_includes aead.inspect + aead.to_s, "kkk"
    assert_raises(TypeError) { Marshal.dump(aead) }
  end

  def test_threads_share_an_object
    aead = made("aes-256-gcm")
    threads = Array.new(4) do |i|
      Thread.new { Array.new(100) { |j| aead.open([i, j].pack("NQ"), aead.seal([i, j].pack("NQ"), "#{i} #{j}")) } }
    end
    threads.each_with_index { |thread, i| assert_equal Array.new(100) { |j| "#{i} #{j}" }, thread.value }
  end

  def test_a_copy_can_be_used_when_the_original_is_gone
    copies = Array.new(20) { made("aes-128-gcm").dup }
    GC.start
    copies.each { |copy| assert_equal "x", copy.open("n" * 12, copy.seal("n" * 12, "x")) }
  end

  def test_forked_children_share_an_object
    run_ruby(<<~RUBY)
      aead = Hazmat::Cipher::AEAD.new("aes-128-gcm", "k" * 16)
      sealed = aead.seal("n" * 12, "plaintext")
      check = -> { aead.open("n" * 12, sealed) == "plaintext" && aead.seal("n" * 12, "plaintext") == sealed or abort }
      _, status = Process.wait2(fork do
        check.call
        _, status = Process.wait2(fork(&check))
        exit status.success?
      end)
      status.success? or abort "the child ended with \#{status}"
      check.call
    RUBY
  end

  private

  def sealed_by_openssl(name, key, nonce, plaintext, header)
    cipher = OpenSSL::Cipher.new(name).encrypt
    cipher.auth_tag_len = 16 if name.end_with?("ccm")
    cipher.iv_len = nonce.bytesize
    cipher.key = key
    cipher.iv = nonce
    cipher.ccm_data_len = plaintext.bytesize if name.end_with?("ccm")
    cipher.auth_data = header
    cipher.update(plaintext) + cipher.final + cipher.auth_tag
  end
end
