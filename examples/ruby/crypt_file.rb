# frozen_string_literal: true

# Encrypts, decrypts and checks a file of any size in bounded memory. See
# ../README.md for the commands and the format of the container.

require "hazmat"
require_relative "files"

KEY_SIZE = 32
NONCE_SIZE = 12
TAG_SIZE = 16
DIGEST_SIZE = 32 # of SHA-256, and so of HMAC over it

# The key file, as it is. One key does one job.
Keys = Struct.new(:cipher, :mac)

def read_keys(path)
  Files::Input.open(path, "reading the key") do |file|
    raise Files::Error, "#{path}: a key file has #{2 * KEY_SIZE} bytes, not #{file.size}" if file.size != 2 * KEY_SIZE

    Keys.new(file.read(KEY_SIZE), file.read(KEY_SIZE))
  end
end

def parse_hex(name, text)
  unless text.match?(/\A\h*\z/) && text.size == 2 * DIGEST_SIZE
    raise Files::Error, "#{name} must be #{2 * DIGEST_SIZE} hexadecimal digits"
  end

  [text].pack("H*")
end

# The container: the nonce, as many bytes of ciphertext as the file has, the tag.

# Returns what a context of AES-256-GCM is made from.
def aes_gcm(key, nonce, tag = "")
  [Hazmat::ABI::Cipher.new(algorithm: Hazmat::CipherAlgorithm::AES, key: key),
   Hazmat::ABI::Mode.new(mode: Hazmat::CipherMode::GCM, iv: nonce, tag: tag)]
end

# Writes to a container, and to the HMAC over it.
Authenticated = Struct.new(:container, :mac) do
  def write(data)
    mac.update(data)
    container.write(data)
  end
end

def encrypt(key_path, path, container_path)
  keys = read_keys(key_path)
  backend = Hazmat.default_backend
  # GCM is broken by a nonce that comes twice with one key, so each file gets its own.
  nonce = Hazmat.random_bytes(NONCE_SIZE)
  cipher = backend.create_symmetric_encryption_ctx(*aes_gcm(keys.cipher, nonce))
  mac = backend.create_hmac_ctx(keys.mac, Hazmat::HashAlgorithm::SHA256)
  digest = backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256)

  Files::Input.open(path, "encrypting") do |file|
    Files.output(container_path) do |container|
      output = Authenticated.new(container, mac)
      output.write(nonce)
      file.each_chunk do |chunk|
        digest.update(chunk)
        cipher.update_into(chunk, chunk) # in place: GCM gives as many bytes as it takes
        output.write(chunk)
      end
      output.write(cipher.finalize)
      output.write(cipher.tag)
    end
  end
  puts "sha256 #{digest.finalize.unpack1("H*")}", "hmac-sha256 #{mac.finalize.unpack1("H*")}"
ensure
  [cipher, mac, digest].each { |context| context&.close }
end

def decrypt(key_path, container_path, path)
  keys = read_keys(key_path)
  Files::Input.open(container_path, "decrypting") do |container|
    stop = container.size - TAG_SIZE
    if stop < NONCE_SIZE
      raise Files::Error,
            "#{container_path}: a container has at least #{NONCE_SIZE + TAG_SIZE} bytes, not #{container.size}"
    end
    container.seek(stop)
    tag = container.read(TAG_SIZE)
    container.seek(0)
    nonce = container.read(NONCE_SIZE)

    # The output has no name until the tag was found right, so nobody takes it for the file before.
    Hazmat.default_backend.create_symmetric_decryption_ctx(*aes_gcm(keys.cipher, nonce, tag)) do |cipher|
      Files.output(path) do |file|
        container.each_chunk(stop) do |chunk|
          cipher.update_into(chunk, chunk)
          file.write(chunk)
        end
        cipher.finalize
      end
    end
  end
rescue Hazmat::InvalidTag
  raise Files::Error, "#{container_path}: not authentic: it was changed, or the key is another"
end

def check(key_path, container_path, path, digest_text, code_text)
  keys = read_keys(key_path)
  expected_digest = parse_hex("SHA256", digest_text)
  expected_code = parse_hex("HMAC", code_text)
  backend = Hazmat.default_backend

  backend.create_hmac_ctx(keys.mac, Hazmat::HashAlgorithm::SHA256) do |mac|
    Files::Input.open(container_path, "checking the HMAC") { |file| file.each_chunk { |chunk| mac.update(chunk) } }
    mac.verify(expected_code) # in constant time, which == is not
  end

  backend.create_hash_ctx(Hazmat::HashAlgorithm::SHA256) do |digest|
    Files::Input.open(path, "checking the SHA-256") { |file| file.each_chunk { |chunk| digest.update(chunk) } }
    raise Files::Error, "#{path}: the SHA-256 differs" if digest.finalize != expected_digest
  end
rescue Hazmat::InvalidSignature
  raise Files::Error, "#{container_path}: the HMAC differs"
end

def keygen(path)
  File.open(path, "wbx") { |file| file.write(Hazmat.random_bytes(2 * KEY_SIZE)) } # x: never over a key that is there
end

COMMANDS = {
  "keygen" => [:keygen, "KEY"],
  "encrypt" => [:encrypt, "KEY FILE CONTAINER"],
  "decrypt" => [:decrypt, "KEY CONTAINER FILE"],
  "check" => [:check, "KEY CONTAINER FILE SHA256 HMAC"]
}.freeze

name, *arguments = ARGV
command, parameters = COMMANDS[name]
if command.nil? || arguments.size != parameters.split.size
  lines = COMMANDS.map { |key, (_, names)| "crypt_file #{key} #{names}" }
  warn "usage: #{lines.join("\n       ")}"
  exit 2
end
File.umask(0o077) # keys and plaintexts are for their owner
begin
  send(command, *arguments)
rescue Files::Error, SystemCallError, Hazmat::Error => e
  abort "crypt_file: #{e.message}"
rescue SignalException => e # by now all is cleaned up
  exit 128 + e.signo
end
