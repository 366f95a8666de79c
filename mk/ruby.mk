# The Ruby binding beside Ruby's own openssl.

RUBY_OPENSSL := build/ruby-openssl

.PHONY: test-ruby-openssl
test-ruby-openssl: setup-test build ## Run the published tests of Ruby's openssl against the Ruby binding
	tests/ruby-openssl/fetch.sh $(RUBY_OPENSSL)
	ruby -Ibindings/ruby/lib tests/ruby-openssl/run.rb $(RUBY_OPENSSL)

test: test-ruby-openssl
