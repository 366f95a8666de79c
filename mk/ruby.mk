# The Ruby binding: its signatures, and beside Ruby's own openssl.

# rbs comes with Ruby, but its command does not always.
RBS := ruby -e 'require "rbs"; require "rbs/cli"; RBS::CLI.new(stdout: $$stdout, stderr: $$stderr).run(ARGV)' --

lint: lint-ruby
.PHONY: lint-ruby
lint-ruby: setup-test
	$(RBS) -I bindings/ruby/sig -r digest validate --silent

# Tests that are run again with every call held against its signature; but not what
# gives wrong types on purpose.
SIGNED_TESTS := aead api cipher cipher_aead cipher_peer digest hash hmac

test: test-ruby-signatures
.PHONY: test-ruby-signatures
test-ruby-signatures: setup-test build ## Hold the signatures of the Ruby binding against what its calls take and give
	@for test in $(SIGNED_TESTS); do \
		RBS_TEST_TARGET='Hazmat::*' RBS_TEST_RAISE=true RBS_TEST_LOGLEVEL=error \
		RBS_TEST_OPT='-I bindings/ruby/sig -r digest' \
		ruby -Ibindings/ruby/lib -Ibindings/ruby/test -rrbs/test/setup bindings/ruby/test/$${test}_test.rb --exclude /wrong/ || exit; \
	done

RUBY_OPENSSL := build/ruby-openssl

.PHONY: test-ruby-openssl
test-ruby-openssl: setup-test build ## Run the published tests of Ruby's openssl against the Ruby binding
	tests/ruby-openssl/fetch.sh $(RUBY_OPENSSL)
	ruby -Ibindings/ruby/lib tests/ruby-openssl/run.rb $(RUBY_OPENSSL)

test: test-ruby-openssl
