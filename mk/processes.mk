# The library in processes that fork, and in servers that do. What each scenario does
# is in tests/processes/README.md.

# A part of the names of what is to be run; all of it if empty.
ONLY ?=

PROCESSES := build/tests/processes
PROCESSES_CFLAGS := -std=c11 -D_GNU_SOURCE -Wall -Wextra -pedantic -Werror -Wconversion -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Iinclude

$(PROCESSES)/forks: $(patsubst %,tests/processes/fork/%,forks.c answers.c states.c forks.h) include/hazmat.h $(FRONT)
	@mkdir -p $(@D)
	$(CC) $(PROCESSES_CFLAGS) $(CFLAGS) $(filter %.c,$^) $(FRONT) -lpthread -Wl,-rpath,$(CURDIR)/$(LIB) $(LDFLAGS) -o $@

$(PROCESSES)/refuse: tests/processes/fork/refuse.c
	@mkdir -p $(@D)
	$(CC) $(PROCESSES_CFLAGS) $(CFLAGS) $< $(LDFLAGS) -o $@

.PHONY: test-fork
test-fork: setup-demo build $(PROCESSES)/forks $(PROCESSES)/refuse ## Fork in every way and at every moment, and use the library in the children
	PYTHONDONTWRITEBYTECODE=1 $(SIGNALS) python3 tests/processes/run_fork.py "$(ONLY)"

.PHONY: setup-servers
setup-servers:
	@tools/setup servers

.PHONY: test-servers
test-servers: setup-servers build ## Use the library in servers that fork: gunicorn, uwsgi, celery, puma, unicorn
	PYTHONPATH=bindings/python/src:tests/processes/servers PYTHONDONTWRITEBYTECODE=1 \
		$(SIGNALS) build/servers/bin/python tests/processes/run_servers.py "$(ONLY)"

test: test-fork test-servers

RELIABILITY_AREAS += test-fork test-servers

lint: lint-processes
.PHONY: lint-processes
lint-processes: setup-test
	@MYPYPATH=bindings/python/src:tests/processes:tests/processes/servers build/venv/bin/mypy --strict \
		--cache-dir build/mypy tests/processes/*.py tests/processes/servers/*.py
	@MYPYPATH=bindings/python/src build/venv/bin/mypy --strict --cache-dir build/mypy tests/processes/fork/*.py
	build/venv/bin/ruff format --check --config bindings/python/pyproject.toml tests/processes
