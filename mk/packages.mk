# The wheel and the gem, which have both libraries inside. docs/packages.md is about them.

DIST ?= build/dist
STAGE := build/packages
PACKAGING := $(CURDIR)/build/packaging/bin

# Their files have one time, that of the last commit, so that the same source gives
# the same bytes.
wheel gem: export SOURCE_DATE_EPOCH ?= $(or $(shell git log -1 --format=%ct 2>/dev/null),315532800)

.PHONY: setup-packages
setup-packages:
	@tools/setup packages

# auditwheel finds out which systems the libraries can run on, and says so in the name.
.PHONY: wheel
wheel: setup-packages build ## Build the Python package, into build/dist
	packaging/stage python $(STAGE)/python
	cd $(STAGE)/python && $(PACKAGING)/hatchling build --target wheel --directory ../linux
	@mkdir -p $(DIST) && rm -f $(DIST)/*.whl
	PATH="$(PACKAGING):$$PATH" auditwheel repair --wheel-dir $(DIST) $(STAGE)/linux/hazmat-$(VERSION)-*.whl

.PHONY: gem
gem: setup-packages build ## Build the Ruby package, into build/dist
	packaging/stage ruby $(STAGE)/ruby
	@mkdir -p $(DIST) && rm -f $(DIST)/*.gem
	cd $(STAGE)/ruby && gem build --strict --output $(abspath $(DIST))/hazmat-$(VERSION)-$$(ruby -e 'print Gem::Platform.local').gem hazmat.gemspec

test: test-packages
.PHONY: test-packages
test-packages: setup-test wheel gem ## Install the wheel and the gem in empty places, and use them where nothing else is
	$(PYTEST) tests/packages
	@$(PACKAGING)/python packaging/sizes.py $(DIST)

.PHONY: package-sizes
package-sizes: wheel gem ## Measure the wheel and the gem, and write docs/packages.md's table again
	$(PACKAGING)/python packaging/sizes.py $(DIST) docs/packages.md

lint: lint-packages
.PHONY: lint-packages
lint-packages: setup-test
	@MYPYPATH=bindings/python/src:tests/docs:tests/packages build/venv/bin/mypy --strict --cache-dir build/mypy \
		packaging/*.py tests/packages/*.py tests/packages/programs/fork.py tests/packages/programs/where.py
	build/venv/bin/mypy --strict --cache-dir build/mypy bindings/python/hatch_build.py
	build/venv/bin/ruff check --config bindings/python/pyproject.toml packaging
	build/venv/bin/ruff format --check --config bindings/python/pyproject.toml packaging tests/packages
