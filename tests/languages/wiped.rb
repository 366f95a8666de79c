# frozen_string_literal: true

# A key in the memory of a Ruby process: where it is after its context was closed.
#
# usage: wiped.rb LIBSCAN ROUNDS
require "hazmat"
require_relative "rows"

SCAN_LIBRARY, ROUNDS = ARGV
SIZE = 32

# A secret, and where in memory it is: see scan.h.
class Scan
  # The functions of scan.h.
  module Native
    extend FFI::Library
    ffi_lib SCAN_LIBRARY
    attach_function :secret_make, [:pointer], :void
    attach_function :secret_reveal, %i[pointer buffer_out], :void
    attach_function :secret_wipe, [:buffer_out], :void
    attach_function :secret_count, %i[pointer int], :size_t
  end

  def initialize
    @secret = FFI::MemoryPointer.new(2 * SIZE)
    Native.secret_make(@secret)
  end

  def reveal(key)
    Native.secret_reveal(@secret, key)
  end

  def wipe(key)
    Native.secret_wipe(key)
  end

  def count(say: false)
    Native.secret_count(@secret, say ? 1 : 0)
  end
end

# What a context is made of, and at how many places its key stays: ABI::Cipher has a copy
# of its own, in two pieces, which goes with it.
USES = {
  ["AES-256 in GCM", 2] => lambda do |backend, key|
    cipher = Hazmat::ABI::Cipher.new(algorithm: Hazmat::CipherAlgorithm::AES, key: key)
    mode = Hazmat::ABI::Mode.new(mode: Hazmat::CipherMode::GCM, iv: "\0" * 12)
    backend.create_symmetric_encryption_ctx(cipher, mode).tap { |context| context.update("\0" * 1000) }
  end,
  ["HMAC over SHA-256", 0] => lambda do |backend, key|
    backend.create_hmac_ctx(key, Hazmat::HashAlgorithm::SHA256).tap { |context| context.update("\0" * 1000) }
  end
}.freeze

# At how many places a key is while its context is in use, and after that.
def look(backend, use, kept)
  scan = Scan.new
  key = "\0".b * SIZE
  scan.reveal(key)
  context = use.call(backend, key)
  scan.wipe(key)
  before = scan.count
  context.close
  [before, scan.count(say: kept.zero?)]
end

%w[native openssl].each do |name|
  backend = Hazmat.open_backend(name)
  USES.each do |(what, kept), use|
    ROUNDS.to_i.times do
      before, after = look(backend, use, kept)
      next if before > kept && after == kept

      Rows.failed("#{name}: the key of #{what} was at #{before} places in use, and at #{after} afterwards")
    end
    place = kept.zero? ? "nowhere" : "only in the parameters"
    Rows.row(ROUNDS, "Ruby, #{name}: the key of #{what}, a String that its owner wipes, is #{place} then")
  end
end
Rows.finish
