# make site: build the packages from seeds/ and open the site.   make test: check everything.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: site test lint build schema lock clean
.DEFAULT_GOAL := help

help:
	@echo "make site   build the packages from seeds/ and serve them as a site"
	@echo "make test   linters, types and tests"
	@echo "make build  build the packages only"
	@echo "make schema regenerate what comes from the models"
	@echo "make lock   resolve the dependencies anew"
	@echo "make clean  remove the environment and what a build makes beside build/data"

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "fangzhi needs Python 3.11 or newer; say which: make site PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tested: requirements-test.txt $(STAMP)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-test.txt
	@touch $@

site: $(STAMP)
	@$(BIN)/fangzhi build
	@$(BIN)/fangzhi serve

build: $(STAMP)
	@$(BIN)/fangzhi build

schema: $(STAMP)
	@$(BIN)/fangzhi schema

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(VENV)/.tested lint
	$(BIN)/pytest

lock: $(VENV)/.tested
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra test --constraint requirements.txt pyproject.toml --output-file requirements-test.txt

clean:
	rm -rf $(VENV) build/packages build/downloads build/fangzhi.db
