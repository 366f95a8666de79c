# Fuzzing: Go's fuzz targets, and libFuzzer over the C API. tests/fuzz/README.md tells
# how, and what to do with what they find.

# For each target, in seconds.
FUZZTIME ?= 60s

FUZZ := build/fuzz
MACHINE := $(patsubst tests/reliability/%.c,%,$(wildcard tests/reliability/machine*.c)) reference
FUZZ_HELPERS := arguments calls child fixture forward forward_sealer test
FUZZ_CFLAGS := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# Instrumented as the rest is, so that libFuzzer sees which way an input takes through
# Go; capi/libfuzzer.c connects the two.
$(FUZZ)/$(notdir $(CORE)): $(GO_FILES) capi/libfuzzer.c
	@mkdir -p $(@D)
	CGO_ENABLED=1 $(GO) build -buildmode=c-shared -buildvcs=false -tags libfuzzer \
		-gcflags='$(shell $(GO) list -m)/...=-d=libfuzzer' -o $@ ./capi

$(FUZZ)/$(notdir $(FRONT)): $(FRONT_FILES)
	@mkdir -p $(@D)
	clang $(FRONT_CFLAGS) $(FUZZ_CFLAGS) $(wildcard capi/front/*.c) \
		$(filter-out -Wl$(comma)--no-undefined,$(FRONT_LDFLAGS)) -o $@ -ldl -lpthread

$(FUZZ)/calls: tests/fuzz/calls.c $(wildcard tests/fuzz/*.h tests/reliability/*.[ch] tests/c/*.[ch]) include/hazmat.h \
		$(FUZZ)/$(notdir $(FRONT)) $(FUZZ)/$(notdir $(CORE))
	clang $(TEST_CFLAGS) -Itests/reliability -Itests/fuzz $(FUZZ_CFLAGS) -fsanitize=fuzzer -rdynamic $< \
		$(MACHINE:%=tests/reliability/%.c) $(FUZZ_HELPERS:%=tests/c/%.c) $(FUZZ)/$(notdir $(FRONT)) -lpthread \
		-Wl,-rpath,$(CURDIR)/$(FUZZ) -o $@

# The corpus without libFuzzer. $(1) is the folder of the tests, $(2) that of the
# libraries, $(3) extra flags.
define fuzz-replay
$(1)/fuzz/replay: $(wildcard tests/fuzz/*.[ch]) $(patsubst %,$(1)/reliability/%.o,$(MACHINE) rows) $(1)/c/helpers.a \
		$(2)/$(notdir $(FRONT)) $(2)/$(notdir $(CORE))
	@mkdir -p $$(@D)
	$$(CC) $$(TEST_CFLAGS) -Itests/reliability -Itests/fuzz $$(CFLAGS) $(3) $$(LDFLAGS) $$(filter %.c %.o,$$^) \
		$(1)/c/helpers.a $(2)/$(notdir $(FRONT)) -lpthread -Wl,-rpath,$(CURDIR)/$(2) -o $$@
endef

$(eval $(call fuzz-replay,build/tests,$(LIB),))
$(eval $(call fuzz-replay,build/asan/tests,$(ASAN_LIB),$(SANITIZE)))

.PHONY: build-fuzz
build-fuzz: setup-test $(FUZZ)/calls

.PHONY: fuzz
fuzz: ## Run each Go fuzz target for FUZZTIME (60s)
	tests/fuzz/run.sh go $(FUZZTIME)

.PHONY: fuzz-c
fuzz-c: build-fuzz ## Run libFuzzer over the C API for FUZZTIME (60s)
	tests/fuzz/run.sh c $(FUZZTIME)

# What covers the same as what was found since, in as few and small inputs as can be.
.PHONY: fuzz-c-corpus
fuzz-c-corpus: build-fuzz
	@mkdir -p $(FUZZ)/found
	rm -rf $(FUZZ)/merged && mkdir $(FUZZ)/merged
	ASAN_OPTIONS=detect_leaks=0 $(FUZZ)/calls -set_cover_merge=1 -use_counters=0 -max_len=512 $(FUZZ)/merged tests/fuzz/corpus $(FUZZ)/found
	rm -rf tests/fuzz/corpus && mv $(FUZZ)/merged tests/fuzz/corpus
