# frozen_string_literal: true

require "openssl"
require_relative "helper"

# Tests that Hazmat's Digest, HMAC and Cipher do what Ruby's openssl does. Random data
# comes from minitest's seed.
class PeerTest < HazmatTest
  # What a block does: the class of its answer or its exception, and what could matter of
  # either. The names of the two modules are left out.
  Outcome = Struct.new(:kind, :value, :encoding, :frozen)

  # The block, which is given Hazmat and OpenSSL, answers the same with both.
  def assert_same(label = nil, &block)
    outcome = compare_outcomes(label, &block)
    assert_equal "answered", outcome.kind, label
    outcome.value
  end

  # The block raises the same with both.
  def assert_both_raise(ancestor, label = nil, &block)
    assert_equal "raised", compare_outcomes(label, &block).kind, label
    raised = assert_raises(ancestor) { block.call(Hazmat) }
    refute_includes raised.message, "\n"
    raised
  end

  # Lengths around the blocks of ciphers and hash functions, and around what small
  # messages are.
  LENGTHS = [0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1000, 4095, 4096, 4097, 9000].freeze

  # Cuts a message at random places.
  def pieces(message)
    cuts = Array.new(rand(4)) { rand(message.bytesize + 1) }.sort
    [0, *cuts].zip([*cuts, message.bytesize]).map { |from, to| message.byteslice(from, to - from) }
  end

  private

  def compare_outcomes(label)
    ours, theirs = [Hazmat, OpenSSL].map { |library| outcome { yield library } }
    assert_equal theirs, ours, label
    ours
  end

  def outcome
    value = yield
    encoding, frozen = value.encoding, value.frozen? if String === value
    Outcome.new("answered", unnamed(value), encoding, frozen)
  rescue StandardError => e
    Outcome.new("raised", e.class.ancestors.take_while { |one| one != Object }.map { |one| unnamed(one.name) } - OURS)
  end

  # What the library's exceptions have more.
  OURS = %w[Runtime::Error Error DidYouMean::Correctable ErrorHighlight::CoreExt].freeze

  def unnamed(value)
    case value
    when String then value.b.gsub(/Hazmat::|OpenSSL::/, "")
    when Array then value.map { |one| unnamed(one) }
    else value
    end
  end
end
