# frozen_string_literal: true

require_relative "helper"
require_relative "objects"
require "timeout"

# Contexts whose methods are Ruby's: what goes in, what comes out, and what goes wrong.
class ImplementationsTest < HazmatTest
  include Objects

  def setup
    backend
    GC.start
    @before = kept
  end

  # The library lets go of every object, whatever it did.
  def teardown
    assert_no_more_than @before
  end

  def hash(plan = {}, &block)
    HashContext.new(Sum.new(plan)).use(&block)
  end

  def test_all_methods
    mine = Sum.new
    HashContext.new(mine).use do |context|
      assert_equal HashAlgorithm::SHA256, context.algorithm
      ["a", "bc", ""].each { |data| assert_nil context.update(data) }
      context.copy { |copy| copy.update("d") || refute_equal(SHA256_OF_ABC, hex(copy.finalize)) }
      assert_equal ["\0" * 3, ""], [context.squeeze(3), context.squeeze(0)]
      memory = "-" * 40
      assert_equal 32, context.finalize_into(memory)
      assert_equal "#{[SHA256_OF_ABC].pack("H*")}--------".b, memory
      assert_equal 0, mine.closed
    end
    assert_equal 1, mine.closed
  end

  def test_what_a_method_is_given_is_its_own
    seen = nil
    data = "secret" * 1000
    hash(update: ->(given) { seen = given }) { |context| context.update(data) }
    data.replace("x" * data.bytesize)
    GC.start
    assert_equal ["secret" * 1000, Encoding::BINARY], [seen, seen.encoding]
  end

  def test_facets_are_those_of_the_object
    CipherContext.new(Xor.new).use do |context|
      assert_fails(NotApplicable, /AEADCipherContext/) { context.tag }
      assert_fails(NotApplicable, /NonceCipherContext/) { context.reset_nonce("n") }
    end
    CipherContext.new(SealedXor.new).use do |context|
      assert_equal "t" * 16, context.tag
      assert_equal "mine is another", assert_fails(InvalidTag) { context.finalize_with_tag("x" * 16) }.message
    end
  end

  def test_objects_that_lack_methods
    { nil => "NilClass has no algorithm, update, finalize, copy", 42 => "Integer has no algorithm",
      Xor.new => "Objects::Xor has no algorithm, copy" }.each do |object, text|
      error = assert_raises(TypeError) { HashContext.new(object) }
      assert_includes error.message, "object must have the methods of a HashContext: #{text}"
    end
    half = SealedXor.new
    half.singleton_class.undef_method(:tag)
    error = assert_raises(TypeError) { CipherContext.new(half) }
    assert_match(/has no tag \(of the methods of AEADCipherContext there must be all or none\)/, error.message)
    error = assert_raises(TypeError) { HashContext.new(sha256.tap(&:close)) }
    assert_equal "object must be an object of your own, not a Hazmat::HashContext", error.message
  end

  GARBAGE = {
    [:algorithm, nil] => [TypeError, "no implicit conversion of nil into Integer (algorithm)"],
    [:algorithm, -1] => [RangeError, "algorithm is -1, which is not from 0 to 4294967295"],
    [:update, false] => [TypeError, "update answered false: to fail it must raise"],
    [:finalize, nil] => [TypeError, "no implicit conversion of nil into String (finalize)"],
    [:finalize, [1]] => [TypeError, "no implicit conversion of Array into String (finalize)"],
    [:finalize, "x" * 65] => [BufferTooSmall, "finalize answered 65 bytes, but there is room for 64"],
    [:copy, nil] => [TypeError, "copy must have the methods of a HashContext: NilClass has no"],
    [:copy, "text"] => [TypeError, "String has no algorithm, update, finalize, copy"],
    [:squeeze, nil] => [TypeError, "no implicit conversion of nil into String (squeeze)"],
    [:squeeze, "1234"] => [ArgumentError, "squeeze answered 4 bytes, where 5 belong"],
    [:squeeze, "123456"] => [ArgumentError, "squeeze answered 6 bytes, where 5 belong"]
  }.freeze

  def test_garbage
    GARBAGE.each do |(method, answer), (error, text)|
      hash(method => ->(*) { answer }) do |context|
        arguments = { update: ["x"], squeeze: [5] }.fetch(method, [])
        assert_includes assert_raises(error) { context.public_send(method, *arguments) }.message, text
      end
    end
  end

  def test_handles_that_are_given_back
    made = nil
    its_backend = backend
    hash(copy: -> { made = its_backend.create_hash_ctx(HashAlgorithm::SHA256) }) do |context|
      context.copy { |copy| assert_equal 32, copy.finalize.bytesize }
      assert_predicate made, :closed?
    end
    mac = hmac
    hash(copy: -> { mac }) do |context|
      assert_equal "copy must be a Hazmat::HashContext, not a Hazmat::HMACContext",
                   assert_raises(TypeError) { context.copy }.message
      assert_equal 32, mac.finalize.bytesize
    end
    mac.close
    closed = sha256.tap(&:close)
    hash(copy: -> { closed }) { |context| assert_fails(InvalidHandle, /closed/) { context.copy } }
    hash(copy: -> { itself }) { |context| context.copy(&:finalize) }
  end

  def test_an_answer_that_is_too_long_waits
    calls = 0
    cipher = Xor.new(update: ->(data) { (calls += 1) && (data * 3) })
    CipherContext.new(cipher).use do |context|
      memory = +"untouched"
      2.times { assert_fails(BufferTooSmall, /12 bytes.* 9\z/) { context.update_into("abcd", memory) } }
      assert_raises(ArgumentError) { context.update("other") }
      assert_equal ["untouched", 1], [memory, calls]
      assert_equal ["abcdabcdabcd", 1], [context.update("abcd"), calls]
      assert_equal ["xxx", 2], [context.update("x"), calls]
    end
  end

  def test_exceptions_come_out_as_they_were
    [KeyError.new("a key"), SystemExit.new(3), Interrupt.new(""), NoMemoryError.new, InvalidTag.new("mine"),
     UnsupportedCipher.new("not I"), Hazmat::Callback.new("inside")].each do |exception|
      { update: ["x"], finalize: [], copy: [], squeeze: [5] }.each do |method, arguments|
        hash(method => ->(*) { raise exception }) do |context|
          assert_same exception, assert_raises(exception.class) { context.public_send(method, *arguments) }
        end
      end
    end
  end

  # In the library it cannot fail; so what it says there is 0, but Ruby hears of it.
  def test_exceptions_of_a_method_that_cannot_fail
    [KeyError.new("a key"), Interrupt.new(""), Hazmat::Callback.new("inside")].each do |exception|
      hash(algorithm: -> { raise exception }) do |context|
        assert_same exception, assert_raises(exception.class) { context.algorithm }
      end
    end
  end

  def test_throws_and_timeouts_go_on
    hash(update: ->(*) { throw :out, 42 }, algorithm: -> { sleep }) do |context|
      assert_equal(42, catch(:out) { context.update("x") })
      assert_raises(UncaughtThrowError) { context.update("x") }
      assert_raises(Timeout::Error) { Timeout.timeout(0.05) { context.algorithm } }
    end
  end

  def test_a_failure_is_of_its_own_call
    hash(algorithm: -> { raise InvalidTag, "unheard of" }, update: ->(*) { raise KeyError, "mine" }) do |context|
      assert_equal 0, context.algorithm
      assert_raises(KeyError) { context.update("x") }
      assert_equal 32, context.finalize.bytesize
      assert_fails(UnsupportedHash, /0x270f/) { backend.create_hash_ctx(9999) }
    end
  end

  def test_a_failure_that_is_dealt_with_inside
    tried = []
    inner = HashContext.new(Sum.new(update: ->(*) { raise KeyError, "inner" }))
    hash(update: ->(data) { inner.update(data) rescue tried << $!.message }) do |context| # rubocop:disable Style
      assert_nil context.update("x")
    end
    assert_equal ["inner"], tried
    inner.close
  end

  def test_raising_at_the_end
    mine = Sum.new(close: -> { raise KeyError, "at the end" })
    context = HashContext.new(mine)
    assert_raises(KeyError) { context.close }
    assert_predicate context, :closed?
    assert_nil context.close
  end

  def test_raising_while_it_is_collected
    errors = run_ruby(<<~RUBY)
      $stderr = $stdout
      require "#{__dir__}/objects"
      def make
        20.times { Hazmat::HashContext.new(Objects::Sum.new(close: -> { raise "at the end" })) }
      end
      make
      GC.start
      sleep 0.1
      $stdout.flush
      exit!(true)
    RUBY
    assert_match(/at the end \(RuntimeError\), raised while a handle was collected\n/, errors)
  end

  def test_the_collector_ends_objects
    mine = Array.new(50) { Sum.new }
    collect(mine)
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + 10
    until mine.sum(&:closed) == 50 || Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline
      collect([])
      GC.start
    end
    assert_equal [1], mine.map(&:closed).uniq
  end

  def test_calling_the_library
    its_backend = backend
    context = HashContext.new(Sum.new(finalize: -> { its_backend.create_hash_ctx(HashAlgorithm::SHA256, &:finalize) }))
    assert_equal hex(sha256(&:finalize)), hex(context.finalize)
    context.close
  end

  # The context is busy: it cannot be freed from inside its own call.
  def test_closing_its_own_context
    context = nil
    mine = Sum.new(update: ->(*) { context.close })
    context = HashContext.new(mine)
    2.times { assert_fails(Busy) { context.update("x") } }
    assert_equal [0, 32], [mine.closed, context.finalize.bytesize]
    2.times { context.close }
    assert_equal 1, mine.closed
  end

  def test_a_thread_that_is_killed_inside
    inside = Queue.new
    context = HashContext.new(Sum.new(update: ->(*) { inside << true and sleep 0.05 }))
    thread = Thread.new { context.update("x") }
    inside.pop
    assert_same thread, thread.kill.join(10)
    assert_equal 32, context.finalize.bytesize
    context.close
  end

  # Other code that runs during a call may do what it likes with the caller's Strings.
  def test_strings_that_change_meanwhile
    data = +"x" * 1000
    memory = +"-" * 1000
    change = lambda do
      data.replace("gone")
      memory.replace("")
      Array.new(1000) { "y" * 1000 }
      GC.start
    end
    CipherContext.new(Xor.new(update: ->(given) { change.call || given })).use do |context|
      error = assert_raises(RuntimeError) { context.update_into(data, memory) }
      assert_equal "dst was changed by other code while 1000 bytes were made for it", error.message
      assert_equal ["gone", ""], [data, memory]
    end
  end

  def test_in_place
    CipherContext.new(Xor.new).use do |context|
      memory = +"abc"
      assert_equal 3, context.update_into(memory, memory)
      assert_equal "`cb", memory
    end
  end

  def test_large_inputs_let_other_threads_run
    ticks = 0
    wait = ->(data) { 400.times { ticks > 5 ? break : sleep(0.05) } || data }
    CipherContext.new(Xor.new(update: wait)).use do |context|
      ticker = Thread.new { loop { sleep(0.001) && (ticks += 1) } }
      assert_equal 300_000, context.update("x" * 300_000).bytesize
      ticker.kill.join
    end
    assert_operator ticks, :>, 5
  end

  # C's own names for the same: what a program in another language sees.
  module Front
    extend FFI::Library
    ffi_lib ENV.fetch("HAZMAT_LIBRARY", "#{HazmatTest::LIBRARY_FOLDER}/hazmat/lib/#{HazmatTest::FRONT}")
    attach_function :hash_context_update, :hz_hash_context_update, %i[size_t pointer size_t], :uint32
    attach_function :free, :hz_hash_context_free, %i[size_t], :uint32
    attach_function :error_message, :hz_error_message, [], :string
    attach_function :pthread_create, %i[buffer_out pointer pointer size_t], :int
    attach_function :pthread_join, %i[size_t buffer_out], :int, blocking: true
  end

  def test_what_other_languages_hear
    { KeyError.new("no such key\nat all") => [Status::ERR_CALLBACK, "KeyError: no such key"],
      InvalidTag.new("mine\nis other") => [Status::ERR_INVALID_TAG, "mine is other"],
      RuntimeError.new("nul \0 \xFF".b) => [Status::ERR_CALLBACK, "RuntimeError: nul  \u{FFFD}"],
      RuntimeError.new("x" * 1000) => [Status::ERR_CALLBACK, "RuntimeError: #{"x" * 497}"],
      Class.new(StandardError) { def message = raise("no") }.new => [Status::ERR_CALLBACK, "#<Class:"] }
      .each do |exception, (status, text)|
      hash(update: ->(*) { raise exception }) do |context|
        assert_equal status, Front.hash_context_update(context.instance_variable_get(:@address), "x", 1)
        assert_equal text, Front.error_message.force_encoding("UTF-8")[0, text.size]
        refute_includes Front.error_message, "\n"
      end
    end
  end

  def test_a_thread_that_is_not_rubys
    thread = nil
    mine = Sum.new(close: -> { thread = Thread.current and Hazmat.random_bytes(1) and raise "at the end" })
    address = HashContext.new(mine).give_away
    cell = "\0" * 8
    function = Front.ffi_libraries.first.find_function("hz_hash_context_free")
    assert_equal 0, Front.pthread_create(cell, nil, function, address)
    assert_equal 0, Front.pthread_join(cell.unpack1("J"), "\0" * 8)
    refute_nil thread
    refute_same Thread.current, thread
    assert_equal Status::ERR_INVALID_HANDLE, Front.free(address)
  end

  private

  # In a method of its own, so that the stack holds no handle afterwards.
  def collect(objects)
    objects.each { |object| HashContext.new(object) }
    nil
  end
end
