# frozen_string_literal: true

# What operations are done on, the same bytes as in bench/c/work.c and bench/python/work.py.
module Work
  KEYS = Array.new(64) { |i| (i...(i + 32)).to_a.pack("C*").freeze }.freeze
  IVS = Array.new(1000) { |i| [i].pack("v").ljust(16, "\0").b.freeze }.freeze
  NONCES = IVS.map { |iv| iv.byteslice(0, 12).freeze }.freeze
  MESSAGES = 1000

  # @param length [Integer]
  # @return [String] a message of that many bytes
  def self.data(length)
    ring = (0..255).to_a.pack("C*") * 2
    rows = Array.new(-(-length / 256)) { |i| ring.byteslice(i % 256, 256) }
    rows.join.byteslice(0, length).freeze
  end

  # @param size [Integer]
  # @return [Array<String>] a batch of messages of that many bytes
  def self.messages(size)
    text = data(size * MESSAGES)
    Array.new(MESSAGES) { |i| text.byteslice(i * size, size).freeze }
  end
end
