# make alone prints the targets.
#
# Needs Go, gcc, make and python3. What else the tests and the demo use, tools/
# installs or names.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# A bare environment has neither HOME nor Go's folder on its path.
export HOME ?= $(shell getent passwd $$(id -u) | cut -d: -f6)
GO ?= $(or $(shell command -v go),$(wildcard /usr/local/go/bin/go),go)
export PATH := $(PATH):$(dir $(GO))
CC ?= gcc

# nohup, and a shell's background jobs, start programs that ignore signals; those under
# test must get them.
SIGNALS := env --default-signal=HUP,INT,QUIT

PREFIX ?= /usr/local
VERSION := $(shell sed -n 's/^\#define HZ_VERSION "\(.*\)"/\1/p' include/hazmat.h)
SO_VERSION := $(shell sed -n 's/^\#define HZ_SO_VERSION //p' include/hazmat.h)

LIB := build/lib
FRONT := $(LIB)/libhazmat.so.$(SO_VERSION)
CORE := $(LIB)/libhazmat-core.so
BINDING_LIBS := bindings/python/src/hazmat/lib bindings/ruby/lib/hazmat/lib

CFLAGS ?= -O2 -g
FRONT_CFLAGS := -std=c11 -Wall -Wextra -pedantic -Werror -fPIC -fvisibility=hidden -ffile-prefix-map=$(CURDIR)=. \
	-Iinclude -Icapi/front -Icapi/boundary
FRONT_LDFLAGS := -shared -Wl,-soname,$(notdir $(FRONT)) -Wl,--version-script=capi/front/hazmat.map \
	-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,nodelete -Wl,--no-undefined -Wl,--gc-sections

# Of both libraries. Before glibc 2.34 some of what they call was in these, and the
# linker of a later one would leave them out.
OLD_LIBS := -Wl,--push-state,--no-as-needed,-l:libdl.so.2,-l:libpthread.so.0,--pop-state

GO_FILES := go.mod go.sum capi/core.map capi/front/zz_core.h $(wildcard include/*.h) \
	$(shell find backends capi internal -name '*.[chS]' -not -path 'capi/front/*' -o -name '*.go' -not -name '*_test.go')
FRONT_SOURCES := $(wildcard capi/front/*.c capi/boundary/*.S)
FRONT_FILES := $(FRONT_SOURCES) $(wildcard capi/front/*.h capi/boundary/*.h include/*.h) capi/front/hazmat.map

.PHONY: help
help: ## Print the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: build
build: $(FRONT) $(CORE) ## Build both libraries, and leave them where the bindings in the tree find them
	@ln -sf $(notdir $(FRONT)) $(LIB)/libhazmat.so
	@for folder in $(BINDING_LIBS); do mkdir -p $$folder && cp -pu --remove-destination $(FRONT) $(CORE) $$folder/ || exit; done

$(FRONT): $(FRONT_FILES)
	@mkdir -p $(@D)
	$(CC) $(FRONT_CFLAGS) $(CFLAGS) $(FRONT_SOURCES) $(FRONT_LDFLAGS) $(LDFLAGS) -o $@ $(OLD_LIBS)

# Go interrupts threads that run its code by signals. One that comes while handlers of
# the host's are at work, each on top of the other on the host's small signal stack, finds
# no room for Go's handler and ends the process; so there are none. The others are those of
# capi/main.go, which this takes the place of.
GODEBUG_DEFAULT := asyncpreemptoff=1,$(shell sed -n 's|^//go:debug ||p' capi/main.go | paste -sd,)

# The core shows its own functions only, so nothing that the host defines can take
# the place of what it calls inside.
$(CORE): $(GO_FILES)
	@mkdir -p $(@D)
	CGO_ENABLED=1 $(GO) build -buildmode=c-shared -trimpath -buildvcs=false \
		-ldflags '-s -w -buildid= -X runtime.godebugDefault=$(GODEBUG_DEFAULT) -extldflags "-Wl,--version-script=$(CURDIR)/capi/core.map -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack $(OLD_LIBS)"' -o $@ ./capi
	@rm -f $(CORE:.so=.h)

# The core with the contract suite in it, so that backends written in C, Python or Ruby
# are held to what those in Go are held to; and with panics that tests may choose.
CONTRACT_CORE := build/test/libhazmat-core.so
.PHONY: build-contract
build-contract: $(CONTRACT_CORE)
$(CONTRACT_CORE): $(GO_FILES)
	@mkdir -p $(@D)
	CGO_ENABLED=1 $(GO) build -buildmode=c-shared -buildvcs=false -tags contract,panics \
		-ldflags '-X runtime.godebugDefault=$(GODEBUG_DEFAULT)' -o $@ ./capi

.PHONY: generate
generate: ## Write all generated files again
	$(GO) generate ./backends
	$(GO) run ./gen

.PHONY: test
test: setup-test lint build test-go test-c-all test-python test-ruby test-demo test-docs ## Run everything, after installing what it needs
	@echo "make test: all passed"

.PHONY: setup-test
setup-test:
	@tools/setup test

VENV := build/venv/bin

.PHONY: lint
lint: setup-test ## Check formats, linters, types, and that no generated file is out of date
	@unformatted=$$(gofmt -l backends capi gen internal 2>/dev/null); test -z "$$unformatted" || { echo "gofmt: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) run ./gen -check
	$(VENV)/ruff check --config bindings/python/pyproject.toml bindings/python examples testdata tests
	$(VENV)/ruff format --check --config bindings/python/pyproject.toml bindings/python
	cd bindings/python && ../../$(VENV)/mypy

# -race also turns checkptr on; the fuzz targets run on their seeds and corpora.
.PHONY: test-go
test-go: ## Run the Go tests, with the race detector
	$(GO) test -race -shuffle=on ./...

.PHONY: test-python
test-python: setup-test build build-contract ## Run the Python tests
	cd bindings/python && PYTHONDONTWRITEBYTECODE=1 $(SIGNALS) ../../$(VENV)/pytest -q -p no:cacheprovider

.PHONY: test-ruby
test-ruby: setup-test build build-contract ## Run the Ruby tests
	$(SIGNALS) ruby -w -Ibindings/ruby/lib -Ibindings/ruby/test bindings/ruby/test/all.rb

include $(wildcard mk/*.mk)

.PHONY: clean
clean: ## Remove all that was built
	rm -rf build $(BINDING_LIBS)
