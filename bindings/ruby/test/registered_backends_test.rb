# frozen_string_literal: true

require_relative "helper"
require_relative "objects"
require_relative "openssl_gem_backend"
require_relative "hash_test"
require_relative "vectors_test"

# Whole backends written in Ruby.
class RegisteredBackendsTest < HazmatTest
  include Objects

  # Registrations last as long as the process, so every test takes names of its own.
  NAMES = Enumerator.produce("rb-0", &:succ)

  def opened(plan = {})
    name = NAMES.next
    Hazmat.register_backend(SumBackend.new(name, plan))
    Hazmat.open_backend(name)
  end

  def digest(backend)
    hex(backend.create_hash_ctx(HashAlgorithm::SHA256) { |context| context.update("abc") || context.finalize })
  end

  def test_a_backend
    mine = opened
    assert_includes Hazmat.backend_names, mine.name
    assert_equal "Ruby's digest", mine.description
    assert_equal([false, true, false, false], Interface.codes.values.sort.map { |code| mine.provides?(code) })
    assert mine.hash_supported?(HashAlgorithm::SHA256)
    refute mine.hash_supported?(HashAlgorithm::MD5)
    refute mine.cipher_supported?(CipherAlgorithm::AES, CipherMode::CBC)
    assert_equal SHA256_OF_ABC, digest(mine)
    assert_fails(UnsupportedHash) { mine.create_hash_ctx(HashAlgorithm::MD5) }
    assert_fails(UnsupportedInterface) { mine.create_symmetric_encryption_ctx(cipher, nil) }
    mine.create_hash_ctx(HashAlgorithm::SHA256) do |context|
      context.finalize
      assert_fails(AlreadyFinalized) { context.update("the library keeps the states") }
    end
  end

  def test_a_backend_of_handles
    its_backend = backend
    mine = opened(create_hash_ctx: ->(algorithm) { its_backend.create_hash_ctx(algorithm) })
    assert_nothing_kept { assert_equal SHA256_OF_ABC, digest(mine) }
  end

  def test_names
    name = NAMES.next
    Hazmat.register_backend(SumBackend.new(name))
    [name, "native"].each { |taken| assert_fails(AlreadyRegistered) { Hazmat.register_backend(SumBackend.new(taken)) } }
    ["", "a,b", "new\nline", "x" * 2000].each do |bad|
      assert_fails(InvalidArgument) { Hazmat.register_backend(SumBackend.new(bad)) }
    end
    { nil => TypeError, "nul \0" => ArgumentError }.each do |bad, error|
      assert_raises(error) { Hazmat.register_backend(SumBackend.new(bad)) }
    end
    raising = SumBackend.new("x", name: -> { raise KeyError })
    assert_nothing_kept { assert_raises(KeyError) { Hazmat.register_backend(raising) } }
  end

  def test_objects_that_are_no_backend
    [nil, "native", Sum.new, SumBackend, -> {}].each do |object|
      error = assert_raises(TypeError) { Hazmat.register_backend(object) }
      assert_match(/\Abackend must have the methods of a Backend: #{object.class} has no /, error.message)
    end
    assert_equal "backend must be an object of your own, not a Hazmat::Backend",
                 assert_raises(TypeError) { Hazmat.register_backend(backend) }.message
    half = SumBackend.new("half").tap { |mine| mine.define_singleton_method(:hmac_supported?) { |_| true } }
    assert_match(/has no create_hmac_ctx \(of the methods of HMACBackend/,
                 assert_raises(TypeError) { Hazmat.register_backend(half) }.message)
    refute_includes Hazmat.backend_names, "half"
  end

  # A context that failed is dead, and says so itself from then on.
  def test_a_context_that_fails_midway
    [KeyError.new("a key"), InvalidKey.new("mine")].each do |exception|
      object = Sum.new(update: ->(*) { raise exception })
      context = opened(create_hash_ctx: ->(_) { object }).create_hash_ctx(HashAlgorithm::SHA256)
      assert_same exception, assert_raises(exception.class) { context.update("x") }
      assert_equal 1, object.closed
      assert_fails(AlreadyFinalized) { context.update("x") }
      context.close
      assert_equal 1, object.closed
    end
  end

  GARBAGE = {
    nil => [TypeError, "create_hash_ctx must have the methods of a HashContext: NilClass has no"],
    Xor.new => [TypeError, "Objects::Xor has no algorithm, copy"],
    Sum.new(finalize: -> { "x" * 31 }) => [Callback, "a digest of 31 bytes where 32 belong"],
    Sum.new(finalize: -> { "x" * 33 }) => [Callback, "a digest of 33 bytes where 32 belong"],
    Sum.new(finalize: -> {}) => [TypeError, "no implicit conversion of nil into String (finalize)"]
  }.freeze

  def test_garbage
    GARBAGE.each do |context, (error, text)|
      mine = opened(create_hash_ctx: ->(_) { context })
      assert_nothing_kept { assert_includes assert_raises(error) { digest(mine) }.message, text }
    end
  end

  # What cannot fail in the library is false there; Ruby hears of it all the same.
  def test_questions_that_raise
    mine = opened(hash_supported?: ->(_) { raise KeyError, "a key" })
    assert_nothing_kept do
      assert_raises(KeyError) { mine.hash_supported?(HashAlgorithm::SHA256) }
      assert_raises(KeyError) { digest(mine) }
    end
    assert_raises(TypeError) { opened(provides?: ->(_) {}).provides?(Interface::HASH) }
    first = opened(hash_supported?: ->(_) { raise KeyError, "a key" }).name
    assert_raises(KeyError) { Hazmat.open_backend("#{first},native") { |both| digest(both) } }
  end

  def test_lists_go_on_after_a_refusal_and_no_other_failure
    refusing = opened(create_hash_ctx: ->(_) { raise UnsupportedHash, "not now" }).name
    failing = opened(create_hash_ctx: ->(_) { raise KeyError, "a key" }).name
    Hazmat.open_backend("#{refusing},native") do |list|
      assert_equal [SHA256_OF_ABC, "#{refusing},native"], [digest(list), list.name]
    end
    Hazmat.open_backend("#{refusing},#{failing},native") { |list| assert_raises(KeyError) { digest(list) } }
    last = opened(create_hash_ctx: ->(_) { raise UnsupportedAlgorithm, "not I either" }).name
    Hazmat.open_backend("#{refusing},#{last}") do |list|
      assert_equal "not now", assert_raises(UnsupportedHash) { digest(list) }.message
    end
  end

  # The library holds no lock while it asks a backend, so another thread, which has
  # Ruby's meanwhile, never waits for one.
  def test_other_threads_open_backends_while_one_is_asked
    asked = Queue.new
    slow = opened(provides?: lambda { |which|
      asked << true
      sleep 0.05
      which == Interface::HASH
    }).name
    thread = Thread.new { Hazmat.open_backend("#{slow},native", &:name) }
    asked.pop
    Hazmat.open_backend("#{opened.name},native") { |list| assert_equal SHA256_OF_ABC, digest(list) }
    assert_equal "#{slow},native", thread.value
  end

  def test_many_threads
    mine = opened
    assert_equal [SHA256_OF_ABC], Array.new(8) { Thread.new { Array.new(20) { digest(mine) } } }.flat_map(&:value).uniq
  end

  def test_adapters_answer_objects
    { Xor => ["`", []], SealedXor => ["`", [16]] }.each_with_index do |(object_class, (expected, tag)), i|
      code = PRIVATE_CODES.next
      made = nil
      its_mode = i.zero? ? CipherMode::CTR : PRIVATE_CODES.next
      Hazmat.open_backend("native") do |native|
        native.register_cipher_adapter(code, its_mode) { made = object_class.new }
        native.create_symmetric_encryption_ctx(cipher(code), mode(its_mode)) do |context|
          assert_equal expected, context.update("a") + context.finalize
          assert_equal tag, i.zero? ? [] : [context.tag.bytesize]
        end
      end
      assert_equal 1, made.closed
    end
  end

  def test_adapters_of_a_registered_backend
    Hazmat.register_backend(OpenSSLGemBackend.new(name = NAMES.next))
    mine = Hazmat.open_backend(name)
    code = PRIVATE_CODES.next
    mine.register_cipher_adapter(code, CipherMode::CTR) { Xor.new }
    assert_fails(AlreadyRegistered) { mine.register_cipher_adapter(CipherAlgorithm::AES, CipherMode::CTR) { nil } }
    mine.create_symmetric_encryption_ctx(cipher(code), mode(CipherMode::CTR)) do |context|
      assert_equal "`", context.update("a")
    end
  end
end

# The tests of hashes and HMAC, on a backend written in Ruby.
class RegisteredHashTest < HashTest
  Hazmat.register_backend(OpenSSLGemBackend.new("rb-openssl"))

  def backend
    @backend ||= Hazmat.open_backend("rb-openssl")
  end

  # It has no extendable-output functions.
  undef_method :test_an_xof_squeezes_and_others_do_not
  undef_method :test_an_xof_has_a_default_length_and_no_hmac
end

# The shared vectors, on a backend written in Ruby.
class RegisteredVectorsTest < VectorsTest
  def backend
    @backend ||= Hazmat.open_backend("rb-openssl")
  end
end

# The same, where a backend written in Ruby is the first of two.
class ListedVectorsTest < VectorsTest
  def backend
    @backend ||= Hazmat.open_backend("rb-openssl,native")
  end
end
