# Every target works from a clean clone: it makes .venv and installs what it needs first.
# Needs Python 3.11 or newer with pip, and make. VENV=… uses another environment.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(name))))
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -q -n logical --maxprocesses 8 --dist loadfile
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo shortlist test check format gold rules flattened bench engines soak screenshots clean

demo: $(VENV)/.run  ## the main job on the shipped sample world, without any network
	@$(BIN)/reachlist demo || test $$? -eq 1  # 1: some of its boards fail, as they are meant to
	@echo "here, reachlist is $(BIN)/reachlist"

shortlist: $(VENV)/.run  ## the main job on the boards of config/boards.yaml
	@$(BIN)/reachlist run

test: $(VENV)/.test  ## the tests
	@$(PYTEST)

check: $(VENV)/.dev  ## format, lint, types, tests and documentation: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST)

format: $(VENV)/.dev  ## put the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

gold: $(VENV)/.run  ## how reading and ranking stand on the labelled postings beside the checkout
	@$(BIN)/python benchmarks/gold.py

rules: $(VENV)/.run  ## which lines of the vocabulary fire, how often, and which never
	@$(BIN)/python benchmarks/rules.py

flattened: $(VENV)/.run  ## what a reading loses with a posting's layout, over real postings
	@$(BIN)/python benchmarks/flattened.py

bench: $(VENV)/.bench  ## what every stage and the whole run cost, beside others who do the same
	@$(BIN)/python -m benchmarks --write

engines: $(VENV)/.test  ## the list is the same to the byte, on every engine and store
	@server=$$(mktemp -d) && \
	export REACHLIST_TEST_POSTGRESQL=$${REACHLIST_TEST_POSTGRESQL-$$(.ci/postgresql start "$$server")} && \
	{ $(BIN)/python -m pytest -q tests/test_engines.py --long; status=$$?; .ci/postgresql stop "$$server" 2>/dev/null; exit $$status; }

soak: $(VENV)/.test  ## the long form of the slow suites
	@$(BIN)/python -m pytest -q -m "slow or not slow" --long
	@$(PYTHON) -m pip --python $(BIN)/python install -q -e '.[test,mutation]'
	@$(BIN)/python benchmarks/mutants.py

screenshots: $(VENV)/.test  ## the pictures of the documentation, from the demo
	@$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) $(VENV)-lowest build dist *.egg-info data/demo

# venv without pip first: some systems ship Python and pip without ensurepip.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Reachlist needs Python 3.11 or newer; set PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml
	@$(PYTHON) -m pip --python $(BIN)/python install -q --no-compile -e .  # what is imported is compiled then
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml
	@$(PYTHON) -m pip --python $(BIN)/python install -q -e '.[test]'
	@touch $@ $(VENV)/.run

# A peer that does not install is said to be absent.
$(VENV)/.bench: $(BIN)/python pyproject.toml
	@$(PYTHON) -m pip --python $(BIN)/python install -q -e '.[test,bench]' || \
		$(PYTHON) -m pip --python $(BIN)/python install -q -e '.[test]'
	@touch $@ $(VENV)/.test $(VENV)/.run

$(VENV)/.dev: $(BIN)/python pyproject.toml
	@$(PYTHON) -m pip --python $(BIN)/python install -q -e '.[test,dev]'
	@touch $@ $(VENV)/.test $(VENV)/.run
