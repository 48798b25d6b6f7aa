# Everything a contributor or the CI runs. `make audit` and `make test` set up all they need by themselves.
VENV ?= .venv
PYTHON ?= python3
LIST ?= sample_lists/hubspot-formulaires.csv
BIN = $(VENV)/bin

.PHONY: audit test check lint types layers docs schemas golden bench wheel lock clean

$(VENV)/.installed: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

audit: $(VENV)/.installed  ## install, then audit LIST (a sample by default)
	$(BIN)/auditor check $(LIST) --overwrite

test: $(VENV)/.installed  ## install, then run all tests
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: lint types layers test  ## what CI runs

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/python -m mypy

layers: $(VENV)/.installed
	$(BIN)/lint-imports

docs: $(VENV)/.installed  ## regenerate the pages and schemas that tests compare
	$(BIN)/python -m tests.regenerate docs

golden: $(VENV)/.installed  ## accept today's outputs of the sample lists (read the diff!)
	$(BIN)/python -m tests.regenerate golden

bench: $(VENV)/.installed  ## compare with plain polars and a csv loop, 1 M rows
	$(BIN)/python benchmarks/run.py --rows 1000000

wheel: $(VENV)/.installed
	$(BIN)/python -m hatchling build

lock:  ## refresh the hashed development set
	uv pip compile pyproject.toml --all-extras --group dev --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-header --quiet --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
