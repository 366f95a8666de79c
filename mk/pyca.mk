# The tests that pyca/cryptography publishes, run on the Python package.

# no: where PyPI cannot be reached.
TEST_PYCA ?= yes

.PHONY: test-pyca
test-pyca: setup-test build ## Run pyca's own tests on the Python package (TEST_PYCA=no: do not)
ifeq ($(TEST_PYCA),no)
	@echo "test-pyca: NOT RUN, as TEST_PYCA=no says" >&2
else
	tests/pyca/run.sh
endif

test: test-pyca

lint: lint-pyca
.PHONY: lint-pyca
lint-pyca: setup-test
	@MYPYPATH=bindings/python/src:tests/pyca build/venv/bin/mypy --strict --cache-dir build/mypy \
		tests/pyca/*.py tests/pyca/no_build/*.py
	build/venv/bin/ruff format --check --config bindings/python/pyproject.toml tests/pyca
