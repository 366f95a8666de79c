# frozen_string_literal: true

require_relative "helper"
require_relative "vectors"

# The shared vectors, each at once, in pieces and in place.
class VectorsTest < HazmatTest
  # A test for each file of a folder.
  def self.each_file(kind, &test)
    Vectors.files(kind).each do |path|
      define_method(:"test_#{kind}_#{File.basename(path, ".txt")}") do
        Vectors.read(path).each { |vector| instance_exec(vector, &test) }
      end
    end
  end

  each_file("cipher") do |vector|
    parameters = parameters(vector)
    next assert may_be_missing?(vector), vector.where unless encrypts?(parameters)

    plaintext, ciphertext = vector.bytes("plaintext"), vector.bytes("ciphertext")
    ways(vector).each do |way|
      assert_equal ciphertext, encryption(*parameters) { |context| send(way, context, plaintext) }, vector.where
      assert_equal plaintext, decryption(*parameters) { |context| send(way, context, ciphertext) }, vector.where
    end
  end

  each_file("aead") do |vector|
    tag = vector.bytes("tag")
    unless backend.cipher_supported?(*pair(vector))
      next assert_unsupported(vector) { decryption(*parameters(vector, tag)) }
    end

    ways(vector).each do |way|
      seal(vector, way) if vector.text("result") == "valid"
      unseal(vector, way, tag)
    end
  end

  each_file("sealed") do |vector|
    parameters = [Hazmat.aead_by_name(vector.text("algorithm")), vector.bytes("key"),
                  Integer(vector.text("tag-length"))]
    unless backend.aead_supported?(parameters.first)
      next assert_unsupported(vector) { backend.create_aead(*parameters) }
    end

    backend.create_aead(*parameters) do |aead|
      next assert_raises(InvalidTag, vector.where) { open_at_once(aead, vector) } if vector.text("result") == "invalid"

      assert_equal vector.bytes("ciphertext"), seal_at_once(aead, vector), vector.where
      assert_equal vector.bytes("plaintext"), open_at_once(aead, vector), vector.where
    end
  end

  each_file("hash") do |vector|
    algorithm = Hazmat.hash_by_name(vector.text("hash"))
    next assert_unsupported(vector) { backend.create_hash_ctx(algorithm) } unless backend.hash_supported?(algorithm)

    message = vector.bytes("message") * vector.repeat
    [[message], pieces(message)].each do |parts|
      digest = backend.create_hash_ctx(algorithm) do |context|
        parts.each { |part| context.update(part) }
        context.finalize
      end
      assert_equal vector.bytes("digest"), digest, vector.where
    end
  end

  each_file("xof") do |vector|
    algorithm = Hazmat.hash_by_name(vector.text("hash"))
    next assert_unsupported(vector) { backend.create_hash_ctx(algorithm) } unless backend.hash_supported?(algorithm)

    digest = vector.bytes("digest")
    backend.create_hash_ctx(algorithm) do |context|
      context.update(vector.bytes("message"))
      assert_equal digest, context.copy { |copy| copy.squeeze(digest.bytesize) }, vector.where
      assert_equal digest, pieces(digest).map { |piece| context.squeeze(piece.bytesize) }.join, vector.where
    end
  end

  each_file("hmac") do |vector|
    algorithm, key = Hazmat.hash_by_name(vector.text("hash")), vector.bytes("key")
    unless backend.hmac_supported?(algorithm)
      next assert_unsupported(vector) { backend.create_hmac_ctx(key, algorithm) }
    end

    message, mac = vector.bytes("message"), vector.bytes("mac")
    [[message], pieces(message)].each do |parts|
      backend.create_hmac_ctx(key, algorithm) do |context|
        parts.each { |part| context.update(part) }
        whole = context.copy(&:finalize)
        assert_equal mac, whole.byteslice(0, mac.bytesize), vector.where
        context.verify(whole)
      end
    end
  end

  def test_all_that_is_supported_has_vectors
    ciphers = cases("cipher", "aead").map { |vector| pair(vector) }.tally
    hashes = cases("hash", "xof").map { |vector| Hazmat.hash_by_name(vector.text("hash")) }.tally
    macs = cases("hmac").map { |vector| Hazmat.hash_by_name(vector.text("hash")) }.tally
    pairs = Hazmat.cipher_algorithms.product(CipherMode.codes.values).select { |pair| backend.cipher_supported?(*pair) }
    refute_empty pairs
    pairs.each { |pair| assert_operator ciphers.fetch(pair, 0), :>, 0, pair }
    algorithms = Hazmat.hash_algorithms.select { |algorithm| backend.hash_supported?(algorithm) }
    refute_empty algorithms
    algorithms.each { |algorithm| assert_operator hashes.fetch(algorithm, 0), :>, 0, algorithm }
    aeads = cases("sealed").map { |vector| Hazmat.aead_by_name(vector.text("algorithm")) }.tally
    Hazmat.aead_algorithms.select { |algorithm| backend.aead_supported?(algorithm) }
          .each { |algorithm| assert_operator aeads.fetch(algorithm, 0), :>, 0, algorithm }
    algorithms.select { |algorithm| backend.hmac_supported?(algorithm) }
              .each { |algorithm| assert_operator macs.fetch(algorithm, 0), :>, 0, algorithm }
  end

  private

  def cases(*kinds)
    kinds.flat_map { |kind| Vectors.files(kind) }.flat_map { |path| Vectors.read(path) }
  end

  def pair(vector)
    mode = vector.text("mode")
    [Hazmat.cipher_by_name(vector.text("cipher")), mode.empty? ? CipherMode::NONE : Hazmat.mode_by_name(mode)]
  end

  def parameters(vector, tag = "")
    algorithm, mode = pair(vector)
    cipher = cipher(algorithm, key: vector.bytes("key"), nonce: vector.bytes("nonce"))
    return [cipher, nil] if mode == CipherMode::NONE

    [cipher, mode(mode, iv: vector.bytes("iv"), tag: tag, min_tag_length: tag.bytesize)]
  end

  def encrypts?(parameters)
    encryption(*parameters).close
    true
  rescue UnsupportedCipher
    false
  end

  # Go's CAST5 lacks keys of up to 80 bits, which have fewer rounds (RFC 2144, section 2.5).
  def may_be_missing?(vector)
    algorithm, mode = pair(vector)
    short = algorithm == CipherAlgorithm::CAST5 && vector.bytes("key").bytesize <= 10
    short || !backend.cipher_supported?(algorithm, mode)
  end

  def assert_unsupported(vector, &block)
    assert_kind_of UnsupportedAlgorithm, assert_raises(UnsupportedCipher, UnsupportedHash, vector.where, &block)
  end

  # A data unit of XTS is one call, so it cannot be cut.
  def ways(vector)
    pair(vector)[1] == CipherMode::XTS ? %i[at_once in_place] : %i[at_once in_pieces in_place]
  end

  def at_once(context, data)
    context.update(data) + context.finalize
  end

  def in_pieces(context, data)
    pieces(data).map { |piece| context.update(piece) }.join + context.finalize
  end

  def in_place(context, data)
    memory = data.dup
    length = context.update_into(memory, memory)
    memory.byteslice(0, length) + context.finalize
  end

  # Pieces of all kinds of sizes, empty ones among them.
  def pieces(data)
    sizes = [1, 0, 15, 16, 17, 3, 64, 1000].cycle
    list = []
    start = 0
    while start < data.bytesize
      list << data.byteslice(start, size = sizes.next)
      start += size
    end
    list
  end

  def seal_at_once(aead, vector)
    return aead.seal_vector(vector.bytes("plaintext"), additional_data(vector)) unless vector.include?("nonce")

    aead.seal(vector.bytes("nonce"), vector.bytes("plaintext"), vector.bytes("aad"))
  end

  def open_at_once(aead, vector)
    return aead.open_vector(vector.bytes("ciphertext"), additional_data(vector)) unless vector.include?("nonce")

    aead.open(vector.bytes("nonce"), vector.bytes("ciphertext"), vector.bytes("aad"))
  end

  def additional_data(vector)
    %w[aad aad2 aad3].select { |name| vector.include?(name) }.map { |name| vector.bytes(name) }
  end

  def seal(vector, way)
    tag = vector.bytes("tag")
    encryption(*parameters(vector)) do |context|
      context.authenticate_additional_data(vector.bytes("aad"))
      assert_equal vector.bytes("ciphertext"), send(way, context, vector.bytes("plaintext")), vector.where
      assert_equal tag, context.tag.byteslice(0, tag.bytesize), vector.where
    end
  end

  def unseal(vector, way, tag)
    decryption(*parameters(vector, tag)) do |context|
      pieces(vector.bytes("aad")).each { |piece| context.authenticate_additional_data(piece) }
      if vector.text("result") == "valid"
        assert_equal vector.bytes("plaintext"), send(way, context, vector.bytes("ciphertext")), vector.where
      else
        assert_raises(InvalidTag, vector.where) { send(way, context, vector.bytes("ciphertext")) }
      end
    end
  end
end
