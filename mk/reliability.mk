# What must hold in the long run: handles, threads, signals, limits, panics. What each
# program does is in tests/reliability/README.md.

RELIABILITY_PROGRAMS := handles limits long_messages panics short_threads signals threads
RELIABILITY_PARTS := $(filter-out $(RELIABILITY_PROGRAMS),$(patsubst tests/reliability/%.c,%,$(wildcard tests/reliability/*.c)))

# $(1) is the folder of the tests, $(2) that of the libraries, $(3) extra flags.
define reliability-programs
$(patsubst %,$(1)/reliability/%.o,$(RELIABILITY_PROGRAMS) $(RELIABILITY_PARTS)): $(1)/reliability/%.o: \
		tests/reliability/%.c $(wildcard tests/reliability/*.h tests/c/*.h) include/hazmat.h
	@mkdir -p $$(@D)
	$$(CC) $$(TEST_CFLAGS) -Itests/reliability $$(CFLAGS) $(3) -c $$< -o $$@

$(RELIABILITY_PROGRAMS:%=$(1)/reliability/%): $(1)/reliability/%: $(1)/reliability/%.o \
		$(RELIABILITY_PARTS:%=$(1)/reliability/%.o) $(1)/c/helpers.a $(2)/$(notdir $(FRONT)) $(2)/$(notdir $(CORE))
	$$(CC) $(3) $$(LDFLAGS) $$(filter %.o,$$^) $(1)/c/helpers.a $(2)/$(notdir $(FRONT)) -lpthread \
		-Wl,-rpath,$(CURDIR)/$(2) -o $$@
endef

$(eval $(call reliability-programs,build/tests,$(LIB),))
$(eval $(call reliability-programs,build/asan/tests,$(ASAN_LIB),$(SANITIZE)))
$(eval $(call reliability-programs,build/tsan/tests,$(TSAN_LIB),$(SANITIZE_THREADS)))

RUN_RELIABILITY := RUN_ASAN='env $(RUN_ASAN)' RUN_TSAN='env $(RUN_TSAN)' RUN_VALGRIND='$(RUN_VALGRIND)' PYTHONPATH=tests/processes \
	PYTHONDONTWRITEBYTECODE=1 python3 tests/reliability/run.py

.PHONY: build-reliability
build-reliability: $(CONTRACT_CORE) $(RELIABILITY_PROGRAMS:%=build/tests/reliability/%) build/tests/fuzz/replay \
	$(patsubst %,build/asan/tests/%,reliability/handles reliability/panics fuzz/replay) \
	build/tsan/tests/reliability/threads $(C_TSAN)/test_threads

test: test-reliability
.PHONY: test-reliability
test-reliability: setup-test build-reliability ## Run the short form of what make reliability runs in C
	$(RUN_RELIABILITY) short

.PHONY: reliability-c
reliability-c: setup-test build-reliability build-fuzz ## Run all of it in C, in full
	$(RUN_RELIABILITY) full

# All that writes figures to build/reliability/. The page is made of those of one run.
RELIABILITY_AREAS += reliability-c

.PHONY: reliability
reliability: ## Run all that docs/reliability.md has figures of, in full, and write it again
	rm -rf build/reliability
	$(MAKE) ONLY= $(RELIABILITY_AREAS)
	PYTHONPATH=tests/processes PYTHONDONTWRITEBYTECODE=1 python3 tests/reliability/page.py

lint: lint-reliability
.PHONY: lint-reliability
lint-reliability: setup-test
	@MYPYPATH=tests/processes:tests/reliability build/venv/bin/mypy --strict --cache-dir build/mypy tests/reliability/*.py
	build/venv/bin/ruff format --check --config bindings/python/pyproject.toml tests/reliability
