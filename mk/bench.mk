# hazmat beside what people use now, on the same work. What is measured, and of whom, is
# in bench/plan.py.

# Anything: do each operation once or twice, which shows that the harness works and
# measures nothing.
QUICK ?=
BENCH_FLAGS := $(if $(QUICK),--quick)

BENCH := build/bench/c
BENCH_CFLAGS := -std=c11 -D_GNU_SOURCE -Wall -Wextra -pedantic -Werror -Wconversion -Wshadow -Iinclude
BENCH_PYTHON := PYTHONPATH=bench GO=$(GO) CC=$(CC) build/venv-bench/bin/python

$(BENCH)/runner: bench/c/runner.c bench/c/work.c bench/c/work.h bench/c/subject.h
	@mkdir -p $(@D)
	$(CC) $(BENCH_CFLAGS) $(CFLAGS) $(filter %.c,$^) $(LDFLAGS) -ldl -lpthread -o $@

$(BENCH)/hazmat.so: BENCH_LIBS := $(FRONT) -Wl,-rpath,$(CURDIR)/$(LIB)
$(BENCH)/hazmat.so: include/hazmat.h $(FRONT)
$(BENCH)/evp.so: BENCH_LIBS := -lcrypto
$(BENCH)/sodium.so: BENCH_LIBS := -lsodium
BENCH_PLUGINS := $(patsubst %,$(BENCH)/%.so,hazmat evp sodium)
$(BENCH_PLUGINS): $(BENCH)/%.so: bench/c/%.c bench/c/subject.h
	@mkdir -p $(@D)
	$(CC) $(BENCH_CFLAGS) $(CFLAGS) -shared -fPIC $< $(LDFLAGS) $(BENCH_LIBS) -o $@

# The libraries' headers must be there first.
$(BENCH)/runner $(BENCH_PLUGINS): | setup-bench

.PHONY: setup-bench
setup-bench:
	@tools/setup bench

.PHONY: bench
bench: setup-bench build $(BENCH)/runner $(BENCH_PLUGINS) ## Measure hazmat and its peers side by side, and write docs/benchmarks.md (QUICK=1: only try)
	$(BENCH_PYTHON) bench/run.py $(BENCH_FLAGS) c python ruby
	$(BENCH_PYTHON) bench/report.py $(BENCH_FLAGS)

.PHONY: bench-report
bench-report: setup-bench ## Write docs/benchmarks.md again from the figures of the last make bench
	$(BENCH_PYTHON) bench/report.py

test: test-bench
.PHONY: test-bench
test-bench: ## Try what make bench does, and compare what hazmat and its peers give
	$(MAKE) bench QUICK=1

lint: lint-bench
.PHONY: lint-bench
lint-bench: setup-test setup-bench
	@for folder in bench bench/python; do \
		MYPYPATH=bench:bench/python build/venv/bin/mypy --strict --python-executable build/venv-bench/bin/python \
			--cache-dir build/mypy-bench $$folder/*.py || exit; \
	done
	build/venv/bin/ruff check --config bindings/python/pyproject.toml bench
	build/venv/bin/ruff format --check --config bindings/python/pyproject.toml bench
