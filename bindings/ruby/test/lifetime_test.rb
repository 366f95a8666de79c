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
      cipher.tap { 2.times { cipher.update("x") } }
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

  # Blocks need no context, and other messages have one from their second piece on.
  def test_ciphers_in_a_forked_child
    run_ruby(<<~RUBY)
      make = lambda do |name, pieces|
        cipher = Hazmat::Cipher.new(name).encrypt
        cipher.key = "k" * 16
        cipher.iv = "i" * cipher.iv_len
        cipher.tap { pieces.times { cipher.update("x" * 20) } }
      end
      names = %w[aes-128-cbc aes-128-ctr aes-128-gcm]
      alive = names.map { |name| make.call(name, 1) } << make.call("aes-128-cbc", 2)
      expected = alive.map { |cipher| cipher.name }.zip([1, 1, 1, 2]).map { |name, n| make.call(name, n).update("y" * 20) }
      begun = names[1..].map { |name| make.call(name, 2) }
      _, status = Process.wait2(fork do
        alive.map { |cipher| cipher.update("y" * 20) } == expected or abort "a message is lost"
        begun.each do |cipher|
          cipher.update("y")
          abort "a message is alive"
        rescue Hazmat::Cipher::CipherError => e
          e.message.include?("fork") && Hazmat::StaleHandle === e.cause or abort "wrong failure: \#{e.full_message}"
          cipher.iv = "i" * cipher.iv_len
          cipher.update("x" * 20) == make.call(cipher.name, 0).update("x" * 20) or abort "cannot be used again"
        end
      end)
      status.success? or abort "the child ended with \#{status}"
      alive.map { |cipher| cipher.update("y" * 20) } == expected or abort "the parent is disturbed"
      begun.each { |cipher| cipher.update("y") }
    RUBY
  end

  def test_threads_have_objects_of_their_own
    makes = MAKE.values_at(:digest, :hmac)
    expected = makes.map { |make| make.call.digest }
    threads = Array.new(8) { Thread.new { Array.new(50) { makes.map { |make| make.call.digest } } } }
    threads.each { |thread| assert_equal [expected], thread.value.uniq }
  end
end
