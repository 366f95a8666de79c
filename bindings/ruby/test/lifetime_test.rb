# frozen_string_literal: true

require_relative "helper"

# Digest, HMAC and Cipher objects with messages in the library, when they are left alone and in
# forked children.
class LifetimeTest < HazmatTest
  LARGE = "x" * 10_000

  MAKE = {
    digest: -> { Hazmat::Digest.new("SHA256", LARGE) },
    hmac: -> { Hazmat::HMAC.new("key", "SHA256").update(LARGE) },
    cipher: lambda do
      cipher = Hazmat::Cipher.new("aes-128-ctr").encrypt
      cipher.key = "k" * 16
      cipher.tap { cipher.update("x") }
    end
  }.freeze

  def test_abandoned_objects_are_collected
    MAKE.each_value do |make|
      before = ABI.live_handles
      20.times { Array.new(50) { make.call } && GC.start }
      assert_operator ABI.live_handles, :<=, before + 200
    end
  end

  def test_reset_frees_at_once
    MAKE.each_value do |make|
      object = make.call
      before = ABI.live_handles
      object.reset
      assert_operator ABI.live_handles, :<, before
    end
  end

  def test_results_keep_nothing
    objects = MAKE.values_at(:digest, :hmac).map(&:call)
    assert_nothing_kept { 100.times { objects.each(&:digest) } }
    cipher = Hazmat::Cipher.new("aes-128-gcm").encrypt
    cipher.random_key
    assert_nothing_kept do
      100.times do
        cipher.random_iv
        cipher.update("message") + cipher.final
      end
    end
  end

  def test_forks
    run_ruby(<<~RUBY)
      def child
        _, status = Process.wait2(fork { yield })
        abort "the child ended with \#{status}" unless status.success?
      end

      make = ->(size) { [Hazmat::Digest.new("SHA256", "x" * size), Hazmat::HMAC.new("key", "SHA256").update("x" * size)] }
      small, large = make.call(100), make.call(10_000)
      expected = make.call(10_000).map(&:hexdigest)
      child do
        small.map(&:hexdigest) == make.call(100).map(&:hexdigest) or abort "a small message is lost"
        large.each do |object|
          object.hexdigest
          abort "a large message is alive"
        rescue Hazmat::Digest::DigestError, Hazmat::HMACError => e
          e.message.include?("fork") && Hazmat::StaleHandle === e.cause or abort "wrong failure: \#{e.full_message}"
          object.reset
        end
        large.each { |object| object.update("x" * 10_000) }.map(&:hexdigest) == expected or abort "cannot be used again"
      end
      large.map(&:hexdigest) == expected or abort "the parent is disturbed"
    RUBY
  end

  def test_a_cipher_in_a_forked_child
    run_ruby(<<~RUBY)
      cipher = Hazmat::Cipher.new("aes-128-cbc").encrypt
      cipher.key = "k" * 16
      unused, begun = cipher.dup, cipher.dup
      first = begun.update("x" * 20)
      _, status = Process.wait2(fork do
        unused.update("x" * 20) == first or abort "what had not begun is lost"
        begin
          begun.update("y")
          abort "a message is alive"
        rescue Hazmat::Cipher::CipherError => e
          e.message.include?("fork") && Hazmat::StaleHandle === e.cause or abort "wrong failure: \#{e.full_message}"
        end
        begun.reset.update("x" * 20) == first or abort "cannot be used again"
      end)
      status.success? or abort "the child ended with \#{status}"
      cipher.update("x" * 20) + cipher.final == first + begun.final or abort "the parent is disturbed"
    RUBY
  end

  def test_threads_have_objects_of_their_own
    makes = MAKE.values_at(:digest, :hmac)
    expected = makes.map { |make| make.call.digest }
    threads = Array.new(8) { Thread.new { Array.new(50) { makes.map { |make| make.call.digest } } } }
    threads.each { |thread| assert_equal [expected], thread.value.uniq }
  end
end
