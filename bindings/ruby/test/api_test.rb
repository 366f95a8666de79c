# frozen_string_literal: true

require_relative "helper"

# The names that people use: codes, constants, exceptions and the gem.
class APITest < HazmatTest
  def test_codes
    assert_equal 1, CipherAlgorithm::AES
    assert_equal CipherMode::GCM, CipherMode[:GCM]
    assert_equal CipherMode::GCM, CipherMode["GCM"]
    assert_equal :GCM, CipherMode.key(CipherMode::GCM)
    assert_nil CipherMode.key(9999)
    assert_raises(KeyError) { CipherMode[:ABC] }
    assert_equal HashAlgorithm::SHA512_256, HashAlgorithm.codes[:SHA512_256]
    assert_equal "Hazmat::HashAlgorithm", HashAlgorithm.name
  end

  def test_names_lead_to_codes_and_back
    Hazmat.cipher_algorithms.each { |code| assert_equal code, Hazmat.cipher_by_name(CipherAlgorithm.name_of(code)) }
    Hazmat.hash_algorithms.each { |code| assert_equal code, Hazmat.hash_by_name(HashAlgorithm.name_of(code).upcase) }
    assert_equal CipherAlgorithm.codes.values.sort, Hazmat.cipher_algorithms
    assert_equal HashAlgorithm.codes.values.sort, Hazmat.hash_algorithms
    assert_fails(UnsupportedCipher, /"ROT13"/) { Hazmat.cipher_by_name("ROT13") }
    assert_fails(UnsupportedHash) { Hazmat.hash_by_name("") }
  end

  def test_constants_are_those_of_the_library
    functions = Module.new do
      extend FFI::Library
      ffi_lib ENV.fetch("HAZMAT_LIBRARY", "#{LIBRARY_FOLDER}/hazmat/lib/#{FRONT}")
      attach_function :hz_version, [], :string
      attach_function :hz_max_digest_size, [], :size_t
      attach_function :hz_private_algorithms, [], :size_t
    end
    assert_equal [Hazmat::VERSION, Hazmat::MAX_DIGEST_SIZE, Hazmat::PRIVATE_ALGORITHMS],
                 [functions.hz_version, functions.hz_max_digest_size, functions.hz_private_algorithms]
  end

  def test_every_failure_has_an_exception
    names = Status.codes.keys - [:OK]
    assert_operator names.size, :>, 20
    names.each do |name|
      error = ABI.error(Status[name], "text")
      assert_kind_of Hazmat::Error, error
      assert_equal [Status[name], "text"], [error.status, error.message]
    end
    assert_kind_of Internal, ABI.error(9999, "a code of the future")
  end

  def test_families
    { InvalidKey => ArgumentError, BufferTooSmall => ArgumentError, NotApplicable => NoMethodError,
      OutOfMemory => NoMemoryError, AlreadyFinalized => StandardError, StaleHandle => InvalidHandle,
      UnsupportedCipher => UnsupportedAlgorithm, UnsupportedHash => UnsupportedAlgorithm }.each do |error, family|
      assert_operator error, :<, family
    end
  end

  def test_backends
    assert_empty backend.name.split(",") - Hazmat.backend_names
    Hazmat.open_backend("native") do |native|
      assert native.provides?(Interface::HASH)
      refute native.provides?(9999)
      refute_empty native.description
    end
    assert_equal "HashBackend", Interface.name_of(Interface::HASH)
  end

  def test_the_support_matrix
    assert_nothing_kept do
      matrix = Hazmat.support_matrix(%w[native openssl])
      assert_equal %w[native openssl], matrix.backends
      assert_equal Hazmat.hash_algorithms, matrix.hashes.keys
      assert_equal Hazmat.cipher_algorithms, matrix.ciphers.keys.map(&:first).uniq
      assert_equal Hazmat.aead_algorithms, matrix.aeads.keys
      assert_equal %w[native], matrix.aeads[AEADAlgorithm::XCHACHA20_POLY1305]
      assert_includes matrix.ciphers, [CipherAlgorithm::CHACHA20, CipherMode::NONE]
      assert_equal Hazmat.hash_algorithms - [HashAlgorithm::SHAKE128, HashAlgorithm::SHAKE256], matrix.hmacs.keys
      matrix.backends.each { |name| assert_support(name, matrix) }
    end
    assert_equal "true", run_ruby("print Hazmat.support_matrix.backends == Hazmat.backend_names")
    assert_nothing_kept { assert_fails(UnknownBackend) { Hazmat.support_matrix(%w[native nowhere]) } }
  end

  def assert_support(name, matrix)
    Hazmat.open_backend(name) do |backend|
      matrix.ciphers.each { |pair, names| assert_equal backend.cipher_supported?(*pair), names.include?(name) }
      matrix.hashes.each { |hash, names| assert_equal backend.hash_supported?(hash), names.include?(name) }
      matrix.hmacs.each { |hash, names| assert_equal backend.hmac_supported?(hash), names.include?(name) }
    end
  end

  def test_the_gem
    folder = File.expand_path("..", __dir__)
    gem = Gem::Specification.load(File.join(folder, "hazmat.gemspec"))
    assert_equal Hazmat::VERSION, gem.version.to_s
    assert_includes gem.files, "lib/hazmat/abi.rb"
    assert_includes gem.files, "lib/hazmat/libcrypto.h"
    assert_includes gem.files, "lib/hazmat/lib/libhazmat.so.1"
    assert(gem.files.all? { |file| File.file?(File.join(folder, file)) })
  end
end
