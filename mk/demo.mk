# The examples, the demo that runs them, and the tests of both and of the docs.

FILE ?= LICENSE

EXAMPLE := build/examples/crypt_file
EXAMPLE_FILES := $(wildcard examples/c/*.c examples/c/*.h)
PYTEST := PYTHONDONTWRITEBYTECODE=1 $(SIGNALS) build/venv/bin/pytest -q -p no:cacheprovider

# FILE may be any name, so it goes to the shell unexpanded and as a variable.
.PHONY: demo
demo: export DEMO_FILE := $(value FILE)
demo: examples ## Pass FILE (LICENSE) through C, Python and Ruby in three orders, and compare
	@python3 examples/demo.py "$$DEMO_FILE"

.PHONY: setup-demo
setup-demo:
	@tools/setup demo

.PHONY: examples
examples: setup-demo build $(EXAMPLE) ## Build what the demo runs

$(EXAMPLE): $(EXAMPLE_FILES) $(FRONT)
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -Wall -Wextra -pedantic -Werror $(CFLAGS) -Iinclude $(filter %.c,$^) \
		-L$(LIB) -lhazmat -Wl,-rpath,'$$ORIGIN/../lib' $(LDFLAGS) -o $@

.PHONY: test-demo
test-demo: setup-test examples ## Test the examples and the demo
	$(PYTEST) tests/examples

.PHONY: test-docs
test-docs: setup-test examples ## Run the code in README.md, examples/ and docs/
	$(PYTEST) tests/docs

lint: lint-examples
.PHONY: lint-examples
lint-examples: setup-test
	@export MYPYPATH=bindings/python/src:examples:examples/python:tests/examples:tests/docs; \
	for folder in examples examples/python tests tests/examples tests/docs; do \
		build/venv/bin/mypy --strict --cache-dir build/mypy $$folder/*.py || exit; \
	done
	build/venv/bin/ruff format --check --config bindings/python/pyproject.toml examples tests/*.py tests/examples tests/docs
