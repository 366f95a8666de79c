# What must hold of the library as a guest of C, Python and Ruby: memory, signals,
# threads, faults of loading. What each program does is in tests/languages/README.md.

LANGUAGES := build/tests/languages
LANGUAGES_PROGRAMS := $(addprefix $(LANGUAGES)/,wiped cycles load)

# Bound at once, because the dynamic loader saves registers on the stack, with what they
# hold of a key, when a function is first called.
$(LANGUAGES_PROGRAMS): $(LANGUAGES)/%: tests/languages/%.c tests/languages/scan.c tests/languages/scan.h \
		tests/reliability/rows.c tests/reliability/rows.h $(C_PLAIN)/helpers.a $(FRONT) $(CORE)
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) -Itests/languages -Itests/reliability $(CFLAGS) $(filter %.c,$^) $(C_PLAIN)/helpers.a $(FRONT) \
		-lpthread -Wl,-z,now -Wl,-rpath,$(CURDIR)/$(LIB) $(LDFLAGS) -o $@

# What looks for keys, for the programs in Python and Ruby.
$(LANGUAGES)/libscan.so: tests/languages/scan.c tests/languages/scan.h
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) $(CFLAGS) -shared -fPIC $< $(LDFLAGS) -o $@

# A front and a program for another C library.
MUSL := $(LANGUAGES)/musl
$(MUSL)/$(notdir $(FRONT)): $(FRONT_FILES)
	@mkdir -p $(@D)
	musl-gcc $(FRONT_CFLAGS) $(CFLAGS) $(wildcard capi/front/*.c) $(FRONT_LDFLAGS) -o $@
$(LANGUAGES)/load-musl: tests/languages/load.c $(MUSL)/$(notdir $(FRONT))
	musl-gcc $(TEST_CFLAGS) $(CFLAGS) $^ -Wl,-rpath,$(CURDIR)/$(MUSL) -o $@

RUN_LANGUAGES := PYTHONPATH=tests/processes:tests/reliability PYTHONDONTWRITEBYTECODE=1 \
	$(SIGNALS) python3 tests/languages/run_languages.py

.PHONY: build-languages
build-languages: setup-test build $(LANGUAGES_PROGRAMS) $(LANGUAGES)/libscan.so $(LANGUAGES)/load-musl build/tests/processes/refuse

# A part of the areas that run_languages.py lists; all of them if empty.
AREA ?=

test: test-languages
.PHONY: test-languages
test-languages: build-languages ## Run the short form of what make reliability runs in Python and Ruby
	$(RUN_LANGUAGES) short $(AREA)

.PHONY: reliability-languages
reliability-languages: build-languages ## Run all of it in Python and Ruby, in full
	$(RUN_LANGUAGES) full $(AREA)

RELIABILITY_AREAS += reliability-languages

lint: lint-languages
.PHONY: lint-languages
lint-languages: setup-test
	@MYPYPATH=bindings/python/src:tests/processes:tests/reliability build/venv/bin/mypy --strict --cache-dir build/mypy tests/languages/*.py
	build/venv/bin/ruff format --check --config bindings/python/pyproject.toml tests/languages
