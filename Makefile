# make site: build the packages from seeds/ and open the site.   make test: check everything.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: site test lint build schema bench lock clean
.DEFAULT_GOAL := help

help:
	@echo "make site   build the packages from seeds/ and serve them as a site"
	@echo "make test   linters, types and tests"
	@echo "make build  build the packages only"
	@echo "make schema regenerate what comes from the models"
	@echo "make bench  speed and recall beside other libraries; TEXTS=folder GOLD=folder for your own pages"
	@echo "make lock   resolve the dependencies anew"
	@echo "make clean  remove the environment and what a build makes beside build/data"

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "fangzhi needs Python 3.11 or newer, and $(PYTHON) is none. 需要 Python 3.11 或更新版本。" >&2; \
	  echo "Say which one to use 请指明: make site PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks venv 缺少 venv 模块; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "· 建立环境 making the environment in $(VENV)/"
	@$(PYTHON) -m venv $(VENV)
	@echo "· 安装依赖 installing the locked dependencies"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tested: requirements-test.txt $(STAMP)
	@echo "· 安装测试工具 installing the tools for tests"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.txt
	@touch $@

# Validators of catalogue formats, in an environment of their own: their requirements do not go with ours.
$(VENV)/.judged: tests/judges/requirements.txt $(STAMP)
	@echo "· 安装目录格式的校验器 installing the validators of catalogue formats"
	@$(PYTHON) -m venv $(VENV)/judges
	@$(VENV)/judges/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement tests/judges/requirements.txt
	@touch $@

# Other libraries that read figures, to be measured beside ours, in an environment of their own.
$(VENV)/.benched: tests/bench/requirements.txt $(STAMP)
	@echo "· 安装用来比较的库 installing the libraries to compare with"
	@$(PYTHON) -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement tests/bench/requirements.txt
	@touch $@

# A build that ends in 1 has published what it could read.
site: $(STAMP)
	@$(BIN)/fangzhi build || test $$? -eq 1
	@$(BIN)/fangzhi serve

build: $(STAMP)
	@$(BIN)/fangzhi build

schema: $(STAMP)
	@$(BIN)/fangzhi schema

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(VENV)/.tested $(VENV)/.judged lint
	$(BIN)/pytest

bench: $(VENV)/.benched
	$(BIN)/python tests/bench/reader.py $(or $(TEXTS),seeds) $(if $(GOLD),--gold $(GOLD)) --peers $(VENV)/bench/bin/python

lock: $(VENV)/.tested
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra test --constraint requirements.txt pyproject.toml --output-file requirements-test.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header tests/judges/requirements.in --output-file tests/judges/requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --prerelease allow tests/bench/requirements.in --output-file tests/bench/requirements.txt

clean:
	rm -rf $(VENV)
	find build -mindepth 1 -maxdepth 1 ! -name data -exec rm -rf {} +
