# frozen_string_literal: true

require_relative "helper"
require_relative "openssl_gem_backend"

# AEADs: messages sealed and opened in one call.
class SealedTest < HazmatTest
  KEYS = { AEADAlgorithm::AES_GCM => "k" * 16, AEADAlgorithm::CHACHA20_POLY1305 => "k" * 32,
           AEADAlgorithm::AES_SIV => (0...32).to_a.pack("C*") }.freeze
  NONCE = "n" * 12
  TEXT = "message " * 7

  def each_aead
    KEYS.each { |algorithm, key| backend.create_aead(algorithm, key, 0) { |aead| yield aead, algorithm } }
  end

  def siv(&block)
    backend.create_aead(AEADAlgorithm::AES_SIV, KEYS[AEADAlgorithm::AES_SIV], 0, &block)
  end

  def test_there_and_back
    each_aead do |aead, algorithm|
      assert_equal [algorithm, 16], [aead.algorithm, aead.tag_length]
      sealed = aead.seal(NONCE, TEXT, "header")
      assert_equal TEXT, aead.open(NONCE, sealed, "header")
      memory = TEXT.b + ("-" * 16)
      assert_equal 72, aead.seal_into(NONCE, TEXT, "header", memory)
      assert_equal sealed, memory
      assert_equal 56, aead.open_into(NONCE, memory, "header", memory)
      assert_equal TEXT, memory.byteslice(0, 56)
    end
  end

  def test_forgeries
    each_aead do |aead, _|
      sealed = aead.seal(NONCE, TEXT, "header")
      (0...sealed.bytesize).step(5) do |index|
        forged = sealed.dup.tap { |bytes| bytes.setbyte(index, bytes.getbyte(index) ^ 1) }
        memory = "?" * 60
        assert_fails(InvalidTag) { aead.open_into(NONCE, forged, "header", memory) }
        # Where another thread may change the memory, it is written to only if all is well.
        assert_includes ["#{"\0" * 56}????".b, "?" * 60], memory
      end
      [["m" * 12, sealed, "header"], [NONCE, sealed, ""], [NONCE, sealed.chop, "header"], [NONCE, "", "header"]]
        .each { |arguments| assert_fails(InvalidTag) { aead.open(*arguments) } }
    end
  end

  def test_parameters
    assert_fails(UnsupportedCipher) { backend.create_aead(9999, "k" * 16, 0) }
    assert_fails(InvalidKey, /136.*128, 192, 256/) { backend.create_aead(AEADAlgorithm::AES_GCM, "k" * 17, 0) }
    assert_fails(InvalidTagLength, /12/) { backend.create_aead(AEADAlgorithm::AES_GCM, "k" * 16, 12) }
    assert_raises(RangeError) { backend.create_aead(AEADAlgorithm::AES_GCM, "k" * 16, -1) }
    assert_raises(TypeError) { backend.create_aead(AEADAlgorithm::AES_GCM, nil, 0) }
  end

  def test_messages
    each_aead do |aead, _|
      [[5, TEXT, ""], [NONCE, nil, ""], [NONCE, TEXT, :header]].each do |arguments|
        assert_raises(TypeError) { aead.seal(*arguments) }
      end
      assert_fails(InvalidNonce) { aead.seal("", TEXT, "") }
      memory = "?" * 71
      assert_fails(BufferTooSmall, /71.*72/) { aead.seal_into(NONCE, TEXT, "", memory) }
      assert_equal "?" * 71, memory
      assert_raises(FrozenError) { aead.seal_into(NONCE, TEXT, "", ("?" * 72).freeze) }
    end
  end

  def test_lists
    siv do |aead|
      sealed = aead.seal_vector(TEXT, ["one", "", "three"])
      assert_equal TEXT, aead.open_vector(sealed, ["one", "", "three"])
      [[], %w[one three], ["three", "", "one"], ["one", "", "three", ""]].each do |list|
        assert_fails(InvalidTag) { aead.open_vector(sealed, list) }
        assert_equal TEXT, aead.open_vector(aead.seal_vector(TEXT, list), list)
      end
      # RFC 5297, section 3: a nonce is the last of the texts.
      assert_equal aead.seal(NONCE, TEXT, "header"), aead.seal_vector(TEXT, ["header", NONCE])
      aead.seal_vector(TEXT, ["x"] * 126)
      assert_fails(LimitExceeded, /127.*126/) { aead.seal_vector(TEXT, ["x"] * 127) }
    end
  end

  def test_lists_that_are_none
    siv do |aead|
      [nil, "", "text", 5, {}].each do |value|
        assert_match(/into Array/, assert_raises(TypeError) { aead.seal_vector(TEXT, value) }.message)
      end
      [nil, 5, :text].each { |item| assert_raises(TypeError) { aead.seal_vector(TEXT, ["one", item]) } }
    end
    backend.create_aead(AEADAlgorithm::AES_GCM, "k" * 16, 0) do |aead|
      assert_fails(NotApplicable) { aead.seal_vector(TEXT, []) }
    end
  end

  def test_threads
    each_aead do |aead, _|
      want = aead.seal(NONCE, TEXT * 1000, "")
      threads = Array.new(4) { Thread.new { Array.new(20) { aead.seal(NONCE, TEXT * 1000, "") }.uniq } }
      threads.each { |thread| assert_equal [want], thread.value }
    end
  end

  def test_after_close
    aead = backend.create_aead(AEADAlgorithm::AES_GCM, "k" * 16, 0)
    2.times { aead.close }
    assert_fails(InvalidHandle, /closed/) { aead.seal(NONCE, TEXT, "") }
  end

  def test_a_forked_child
    aead = backend.create_aead(AEADAlgorithm::AES_GCM, "k" * 16, 0)
    child = fork do
      aead.seal(NONCE, TEXT, "")
    rescue StaleHandle => e
      exit!(e.message.include?("fork") ? 0 : 1)
    else
      exit!(2)
    end
    assert_equal 0, Process.wait2(child).last.exitstatus
    assert_equal 72, aead.seal(NONCE, TEXT, "").bytesize
    aead.close
  end

  # An AEAD written in Ruby, that takes lists.
  class Lists < OpenSSLGemBackend::Sealer
    attr_reader :given

    def seal_vector(plaintext, additional_data)
      @given = [plaintext, additional_data]
      raise KeyError, "mine"
    end

    def open_vector(_ciphertext, _additional_data)
      raise Hazmat::InvalidTag, "mine is another"
    end
  end

  def test_one_of_one_s_own
    mine = Lists.new(AEADAlgorithm::AES_GCM, "AES-128-GCM", "k" * 16)
    backend # which stays open
    assert_nothing_kept do
      AEAD.new(mine).use do |aead|
        each_aead do |other, algorithm|
          next unless algorithm == AEADAlgorithm::AES_GCM

          assert_equal other.seal(NONCE, TEXT, "header"), aead.seal(NONCE, TEXT, "header")
        end
        assert_fails(InvalidTag) { aead.open(NONCE, TEXT, "header") }
        assert_equal "mine", assert_raises(KeyError) { aead.seal_vector(TEXT, ["one", "", "three"]) }.message
        assert_equal [TEXT, ["one", "", "three"]], mine.given
        assert_equal "mine is another", assert_fails(InvalidTag) { aead.open_vector(TEXT, []) }.message
      end
    end
  end

  def test_objects_that_lack_methods
    half = Lists.new(AEADAlgorithm::AES_GCM, "AES-128-GCM", "k" * 16)
    half.singleton_class.undef_method(:open_vector)
    error = assert_raises(TypeError) { AEAD.new(half) }
    assert_match(/has no open_vector \(of the methods of VectorAEAD there must be all or none\)/, error.message)
    assert_raises(TypeError) { AEAD.new(Object.new) }
  end
end
