# frozen_string_literal: true

require_relative "helper"
require_relative "vectors"
require "tmpdir"

# The openssl backend, and the libcrypto that it opens up.
class OpenSSLTest < HazmatTest
  def setup
    @openssl = Hazmat.open_backend("openssl")
    @lib, @ffi = @openssl.lib, @openssl.ffi
  end

  def teardown
    @openssl.close
  end

  def backend
    @openssl
  end

  def test_the_backend
    assert_equal "openssl", @openssl.name
    assert_equal SHA256_OF_ABC, hex(sha256 { |context| context.update("abc") || context.finalize })
    assert_includes @openssl.description, @openssl.openssl_version_text
    assert_equal Interface.codes.values.sort, @openssl.interfaces.sort
  end

  def test_a_libcrypto_of_ones_choice
    path = @lib.inspect[%r{/[^>]+}]
    Hazmat.open_backend("openssl:#{path}") do |chosen|
      assert_same @lib, chosen.lib
      assert_equal "openssl:#{path}", chosen.name
    end
    Dir.mktmpdir do |folder|
      File.write(no_library = File.join(folder, "libcrypto.so.3"), "no library")
      [no_library, "/nowhere/libcrypto.so.3", folder].each do |wrong|
        assert_fails(Load, /#{wrong}/) { Hazmat.open_backend("openssl:#{wrong}") }
      end
    end
    ["openssl:", "openssl:relative.so", "native,", "native,native"].each do |wrong|
      assert_fails(InvalidArgument) { Hazmat.open_backend(wrong) }
    end
  end

  def test_lists
    Hazmat.open_backend("native,openssl") do |list|
      assert list.cipher_supported?(CipherAlgorithm::SEED, CipherMode::CBC)
      assert_equal "native,openssl", list.name
    end
    assert_equal "openssl", run_ruby("print Hazmat.default_backend.name", "HAZMAT_BACKEND" => "openssl")
    assert_match(/UnknownBackend/, fail_ruby("Hazmat.default_backend", "HAZMAT_BACKEND" => "nss"))
  end

  def test_symbols
    address = @openssl.openssl_symbol("EVP_sha256")
    assert_instance_of FFI::Pointer, address
    refute_equal address, @openssl.openssl_symbol("EVP_sha512")
    assert_fails(InvalidArgument, /no_such_function/) { @openssl.openssl_symbol("no_such_function") }
    Hazmat.open_backend("native") do |native|
      [-> { native.openssl_symbol("EVP_sha256") }, -> { native.lib }, -> { native.ffi }].each do |call|
        assert_fails(UnsupportedInterface, &call)
      end
    end
  end

  def test_hashing_with_their_functions_and_ours
    assert_equal SHA256_OF_ABC, hex(evp_digest("abc"))
    data = Hazmat.random_bytes(1000)
    assert_equal sha256 { |context| context.update(data) || context.finalize }, evp_digest(data)
  end

  def evp_digest(message)
    context = @ffi.gc(@lib.EVP_MD_CTX_new, @lib.method(:EVP_MD_CTX_free))
    digest = @ffi.new("unsigned char[]", @lib.EVP_MAX_MD_SIZE)
    size = @ffi.new("unsigned int *")
    assert_equal 1, @lib.EVP_DigestInit_ex(context, @lib.EVP_sha256, @ffi.NULL)
    assert_equal 1, @lib.EVP_DigestUpdate(context, message, message.bytesize)
    assert_equal 1, @lib.EVP_DigestFinal_ex(context, digest, size)
    @ffi.buffer(digest, size.read_uint)
  end

  def test_constants
    assert_operator @lib.OPENSSL_VERSION_NUMBER, :>=, 0x30000000
    assert_equal 64, @lib.EVP_MAX_MD_SIZE
    assert_includes @ffi.string(@lib.OpenSSL_version(@lib.OPENSSL_VERSION)), "OpenSSL"
    assert_respond_to @lib, :OPENSSL_VERSION_NUMBER
    @ffi.cdef("#define EVP_PKEY_HKDF 0x40C\n#define LESS -1")
    assert_equal [0x40c, -1], [@lib.EVP_PKEY_HKDF, @lib.LESS]
  end

  def test_functions_that_a_program_declares
    refute_respond_to @lib, :EVP_MD_get_type
    error = assert_raises(NoMethodError) { @lib.EVP_MD_get_type(@lib.EVP_sha256) }
    assert_match(/\AEVP_MD_get_type is not declared: ffi\.cdef declares it/, error.message)
    2.times { @ffi.cdef("int EVP_MD_get_type(const EVP_MD *md); // NID_sha256 is 672") }
    assert_respond_to @lib, :EVP_MD_get_type
    assert_equal 672, @lib.EVP_MD_get_type(@lib.EVP_sha256)
    @ffi.cdef("void no_such_function(int);")
    assert_match(/has no no_such_function/, assert_raises(NoMethodError) { @lib.no_such_function(1) }.message)
  end

  def test_declarations_that_cannot_be_read
    { "int f(void)" => "no ; behind it", "int f(int;" => "is not expected", "int f(...);" => "is not expected",
      "y *f(void);" => "there is no type y", "int f(int (*g)(int));" => "is not expected",
      "int EVP_MD_get_size(int);" => "declared already" }.each do |text, reason|
      error = assert_raises(ArgumentError, text) { @ffi.cdef(text) }
      assert_match(/\Acannot read the declaration .*#{reason}/, error.message)
    end
  end

  def test_arguments
    digest = @lib.EVP_sha256
    assert_raises(ArgumentError) { @lib.EVP_MD_get_size }
    assert_raises(ArgumentError) { @lib.EVP_MD_get_size(digest, 1) }
    assert_raises(ArgumentError, TypeError) { @lib.EVP_MD_get_size(42) }
    assert_raises(TypeError) { @lib.RAND_bytes("\0" * 16, 16) }
    assert_raises(TypeError) { @lib.EVP_CIPHER_CTX_set_padding("x", "1") }
    assert_predicate @lib.EVP_get_digestbyname("no such thing"), :null?
  end

  def test_memory
    assert_equal [1, 2, 3], @ffi.new("int[]", [1, 2, 3]).read_array_of_int(3)
    assert_equal [7, 0], @ffi.new("long[2]", [7]).read_array_of_long(2)
    assert_equal 5, @ffi.new("size_t *", 5).get(:size_t, 0)
    assert_equal "ab\0", @ffi.buffer(@ffi.new("char[]", "ab"))
    assert_equal "ab\0\0", @ffi.buffer(@ffi.new("unsigned char[4]", "ab"))
    assert_equal %w[ab a], [@ffi.string(text = @ffi.new("char[]", "ab\0c")), @ffi.string(text, 1)]
    @ffi.memmove(text, "xyz", 2)
    @ffi.memmove(text + 2, text, 2)
    assert_equal "xyxy\0", @ffi.buffer(text)
    assert_raises(IndexError) { @ffi.memmove(text, "x", 2) }
    assert_raises(IndexError) { @ffi.memmove(text, "123456", 6) }
    assert_raises(ArgumentError) { @ffi.new("int[1]", [1, 2]) }
    ["int", "EVP_MD *", "int[]", "void[4]", "int[4"].each { |wrong| assert_raises(ArgumentError) { @ffi.new(wrong) } }
    assert_raises(ArgumentError) { @ffi.buffer(@lib.EVP_sha256) }
  end

  def test_casts_and_sizes
    assert_equal [44, -56, 200], [@ffi.cast("unsigned char", 300), @ffi.cast("char", 200), @ffi.cast("int", 200)]
    address = @ffi.cast("uintptr_t", @lib.EVP_sha256)
    assert_equal @lib.EVP_sha256, @ffi.cast("EVP_MD *", address)
    assert_equal [4, 12, 8], [@ffi.sizeof("int"), @ffi.sizeof("char[12]"), @ffi.sizeof("EVP_MD *")]
    assert_predicate @ffi.NULL, :null?
  end

  def test_destructors
    ended = []
    pointer = @ffi.gc(@ffi.cast("void *", 4096), ->(old) { ended << old.address })
    pointer.free
    assert_equal [4096], ended
    @ffi.gc(@ffi.gc(@ffi.cast("void *", 4096), ->(_) { ended << :twice }), nil)
    GC.start
    assert_equal [4096], ended
  end

  # What our own calls leave in the queue of errors is not the program's to see.
  def test_the_queue_of_errors
    @lib.ERR_clear_error
    assert_predicate @lib.EVP_MD_fetch(nil, "no such thing", nil), :null?
    before = @lib.ERR_peek_error
    decryption(cipher, mode(CipherMode::CBC)) do |context|
      context.update("x")
      assert_fails(IncompleteBlock) { context.finalize }
    end
    assert_equal before, @lib.ERR_get_error
    assert_equal 0, @lib.ERR_get_error
  end

  # The declarations are those of the system's headers, as gcc sees it.
  def test_the_headers_agree
    text = File.read(File.join(LIBRARY_FOLDER, "hazmat/libcrypto.h"))
    code = text.gsub(/^#define (\w+) (\w+)$/, '_Static_assert(\1 == \2, "\1");')
    includes = %w[evp err rand crypto provider].map { |name| "#include <openssl/#{name}.h>\n" }.join
    check = ["gcc", "-std=c11", "-Wall", "-Wno-deprecated-declarations", "-Werror", "-fsyntax-only", "-xc", "-"]
    assert_equal ["", true], compile(check, includes + code)
    wrong = code.sub("int RAND_bytes(unsigned char *buf, int num)", "int RAND_bytes(unsigned char *buf, long num)")
    assert_match(/conflicting types.*RAND_bytes/, compile(check, includes + wrong).first)
  end

  def compile(command, code)
    output, status = Open3.capture2e(*command, stdin_data: code)
    [output, status.success?]
  end

  ARIA = Hazmat::PRIVATE_ALGORITHMS + 0xa21
  ARIA_VECTORS = File.expand_path("../../../backends/openssl/testdata", __dir__)

  # Registered once for all tests, as registrations are for good.
  def self.register_aria
    @register_aria ||= Hazmat.open_backend("openssl") do |backend|
      { CipherMode::CTR => :EVP_aria_256_ctr, CipherMode::GCM => :EVP_aria_256_gcm }.each do |code, function|
        backend.register_cipher_adapter(ARIA, code) { |its_backend, *| its_backend.lib.public_send(function) }
      end
      true
    end
  end

  def test_aria_in_ctr
    self.class.register_aria
    Vectors.read(File.join(ARIA_VECTORS, "aria-ctr.txt")).each do |vector|
      key, ctr = cipher(ARIA, key: vector.bytes("key")), mode(CipherMode::CTR, iv: vector.bytes("iv"))
      plaintext, ciphertext = vector.bytes("plaintext"), vector.bytes("ciphertext")
      assert_equal ciphertext, encryption(key, ctr) { |context| context.update(plaintext) }, vector.where
      assert_equal plaintext, decryption(key, ctr) { |context| context.update(ciphertext) }, vector.where
    end
  end

  def test_aria_in_gcm
    self.class.register_aria
    Vectors.read(File.join(ARIA_VECTORS, "aria-gcm.txt")).each do |vector|
      sealed = encryption(*aria_gcm(vector)) do |context|
        context.authenticate_additional_data(vector.bytes("aad"))
        [context.update(vector.bytes("plaintext")) + context.finalize, context.tag]
      end
      assert_equal [vector.bytes("ciphertext"), vector.bytes("tag")], sealed, vector.where
      assert_equal vector.bytes("plaintext"), unseal(vector, vector.bytes("tag")), vector.where
      assert_fails(InvalidTag) { unseal(vector, "t" * 16) }
    end
  end

  def aria_gcm(vector, tag = "")
    [cipher(ARIA, key: vector.bytes("key")), mode(CipherMode::GCM, iv: vector.bytes("iv"), tag: tag)]
  end

  def unseal(vector, tag)
    decryption(*aria_gcm(vector, tag)) do |context|
      context.authenticate_additional_data(vector.bytes("aad"))
      context.update(vector.bytes("ciphertext")) + context.finalize
    end
  end

  def test_adapters_that_answer_what_is_no_cipher
    null = FFI::Pointer::NULL
    { nil => UnsupportedCipher, null => UnsupportedCipher, sha256 => InvalidArgument }.each do |answer, error|
      code = PRIVATE_CODES.next
      @openssl.register_cipher_adapter(code, CipherMode::CTR) { answer }
      assert_fails(error) { encryption(cipher(code), mode(CipherMode::CTR)) }
    end
  end

  def test_fork
    run_ruby(<<~RUBY)
      openssl = Hazmat.open_backend("openssl")
      lib, ffi = openssl.lib, openssl.ffi
      openssl.register_cipher_adapter(0x80000000, 3) { |backend, *| backend.lib.EVP_aria_256_ctr }
      call = lambda do
        mode = Hazmat::ABI::Mode.new(mode: 3, iv: "i" * 16)
        key = Hazmat::ABI::Cipher.new(algorithm: 0x80000000, key: "k" * 32)
        openssl.create_symmetric_encryption_ctx(key, mode) { |context| context.update("message") }
      end
      expected = call.call
      pid = fork do
        exit!(call.call == expected && openssl.lib.equal?(lib) && lib.EVP_MD_get_size(lib.EVP_sha256) == 32)
      end
      Process.wait2(pid)[1].success? or abort
    RUBY
  end
end
