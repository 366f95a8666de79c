# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = "hazmat"
  spec.version = File.read(File.join(__dir__, "lib/hazmat/abi.rb"))[/^  VERSION = "(.+)"$/, 1]
  spec.summary = "Ciphers, hashes and HMAC from one library written in Go"
  spec.description = "Calls the hazmat library: symmetric encryption, authenticated encryption, hash functions and " \
                     "HMAC, in programs that fork, use threads and trap signals."
  spec.authors = ["The hazmat authors"]
  spec.license = "Apache-2.0"
  spec.homepage = "https://github.com/hazmat/hazmat"
  spec.required_ruby_version = ">= 3.0"
  spec.platform = Gem::Platform.local
  spec.files = Dir.chdir(__dir__) do
    Dir["README.md", "LICENSE*", "docs/*.md", "lib/**/*.rb", "lib/hazmat/*.h", "sig/*", "lib/hazmat/lib/*.so*"]
  end
  spec.add_dependency "ffi", "~> 1.15"
  spec.metadata["rubygems_mfa_required"] = "true"
end
