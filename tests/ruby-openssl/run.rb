# frozen_string_literal: true

# Runs the tests that Ruby's openssl publishes for digests, HMAC and ciphers, with Hazmat
# in the place of OpenSSL. Which cases may fail, and why, is in docs/ruby-openssl.md;
# one there that passes is as much a failure as another that does not.
#
# usage: ruby run.rb FOLDER, where fetch.sh put the tests

require "openssl"
require "hazmat"

# What the tests use beside the parts that are tested, from Ruby's openssl.
module Hazmat
  ASN1 = ::OpenSSL::ASN1
  OPENSSL_VERSION = ::OpenSSL::OPENSSL_VERSION
  # A release before 3.0, for whose faults cases are left out.
  OPENSSL_VERSION_NUMBER = 0x1010116f

  class << self
    attr_accessor :fips_mode

    def errors = []
  end
end

Object.send(:remove_const, :OpenSSL)
OpenSSL = Hazmat

begin
  require "test-unit"
  require "test/unit" # the gem's, before the one that Ruby's source brings
  require "test/unit/collector/descendant"
  require "test/unit/testresult"
rescue LoadError
  abort "the gem test-unit is missing; Debian's package is ruby-test-unit"
end
Test::Unit::AutoRunner.need_auto_run = false

folder = ARGV.fetch(0)
files = %w[digest hmac cipher].map { |part| File.join(folder, "test", "openssl", "test_#{part}.rb") }
$LOAD_PATH.unshift(File.join(folder, "tool", "lib"))
files.each { |file| require File.expand_path(file) }

# All cases that the files have, also those that are defined under a condition.
cases = files.flat_map do |file|
  text = File.read(file, encoding: "UTF-8")
  text.scan(/^  def (test_\w+)/).map { |(name)| "#{text[/^class OpenSSL::(\w+)/, 1]}##{name}" }
end

# The faults of each case that ran; a case that is left pending has one.
faults = {}
result = Test::Unit::TestResult.new
result.add_listener(Test::Unit::TestResult::FAULT) { |fault| faults[fault.test_name] << fault.long_display }
name_of = ->(test) { "#{test.class.name.split("::").last}##{test.method_name}" }
ran = {}
Test::Unit::Collector::Descendant.new.collect("ruby/openssl").run(result) do |event, test|
  faults[test.name] = ran[name_of.call(test)] = [] if event == Test::Unit::TestCase::STARTED_OBJECT
end
passed = cases.select { |name| ran[name] == [] }

document = File.expand_path("../../docs/ruby-openssl.md", __dir__)
listed = File.read(document, encoding: "UTF-8").scan(/^\| `(Test\w+#test_\w+)` \| \S/).flatten
wrong = (cases - passed - listed).map { |name| "#{name} does not pass\n#{ran[name]&.join("\n") || "it is not defined"}" }
wrong += (listed & passed).map { |name| "#{name} passes, and is in the list of #{document}" }
wrong += (listed - cases).map { |name| "#{name} is in the list of #{document}, and there is no such case" }
wrong << "there are #{cases.size} cases; where are the others?" if cases.size < 35
puts wrong
puts "ruby/openssl: #{passed.size} of #{cases.size} cases pass, #{listed.size} are listed with their reasons"
exit wrong.empty?
