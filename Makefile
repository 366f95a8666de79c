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

PREFIX ?= /usr/local
VERSION := $(shell sed -n 's/^\#define HZ_VERSION "\(.*\)"/\1/p' include/hazmat.h)
SO_VERSION := $(shell sed -n 's/^\#define HZ_SO_VERSION //p' include/hazmat.h)

LIB := build/lib
FRONT := $(LIB)/libhazmat.so.$(SO_VERSION)
CORE := $(LIB)/libhazmat-core.so
BINDING_LIBS := bindings/python/src/hazmat/lib bindings/ruby/lib/hazmat/lib

CFLAGS ?= -O2 -g
FRONT_CFLAGS := -std=c11 -Wall -Wextra -pedantic -Werror -fPIC -fvisibility=hidden \
	-Iinclude -Icapi/front -Icapi/boundary
FRONT_LDFLAGS := -shared -Wl,-soname,$(notdir $(FRONT)) -Wl,--version-script=capi/front/hazmat.map \
	-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,nodelete -Wl,--no-undefined

GO_FILES := go.mod go.sum $(shell find backends capi internal -name '*.go' -not -name '*_test.go') \
	capi/core.map $(wildcard capi/boundary/*.h capi/front/zz_core.h include/*.h)
FRONT_FILES := $(wildcard capi/front/*.c capi/front/*.h capi/boundary/*.h include/*.h) capi/front/hazmat.map

.PHONY: help
help: ## Print the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: build
build: $(FRONT) $(CORE) ## Build both libraries, and leave them where the bindings in the tree find them
	@ln -sf $(notdir $(FRONT)) $(LIB)/libhazmat.so
	@for folder in $(BINDING_LIBS); do mkdir -p $$folder && cp -pu $(FRONT) $(CORE) $$folder/ || exit; done

$(FRONT): $(FRONT_FILES)
	@mkdir -p $(@D)
	$(CC) $(FRONT_CFLAGS) $(CFLAGS) $(wildcard capi/front/*.c) $(FRONT_LDFLAGS) $(LDFLAGS) -o $@ -ldl -lpthread

# The core shows its own functions only, so nothing that the host defines can take
# the place of what it calls inside.
$(CORE): $(GO_FILES)
	@mkdir -p $(@D)
	CGO_ENABLED=1 $(GO) build -buildmode=c-shared -trimpath -buildvcs=false \
		-ldflags '-s -w -extldflags "-Wl,--version-script=$(CURDIR)/capi/core.map -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack"' -o $@ ./capi
	@rm -f $(CORE:.so=.h)

.PHONY: generate
generate: ## Write all generated files again
	$(GO) generate ./backends
	$(GO) run ./gen

.PHONY: clean
clean: ## Remove all that was built
	rm -rf build $(BINDING_LIBS)
