# Essaim: what a person types. `make start` and `make test` are enough to begin.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup
BROWSER := $(VENV)/.browser

.DEFAULT_GOAL := help
.PHONY: help setup start test check bench fresh lock messages reference format clean

help:  ## Say what can be typed.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: $(SETUP)  ## Virtual environment, locked dependencies, front end, catalogues; afterwards .venv/bin/essaim works.
	@$(BIN)/python hatch_build.py

$(VENV)/.dependencies: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Essaim needs Python 3.11 or newer; found $$($(PYTHON) -V). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "The module venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing the locked dependencies ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(SETUP): $(VENV)/.dependencies pyproject.toml
	@echo "Installing Essaim and building its front end ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

start: setup  ## Set up, build a release if there is none, and serve on http://127.0.0.1:8000.
	@exec $(BIN)/essaim start

$(BROWSER):
	@tools/install-browser
	@touch $@

test: setup $(BROWSER)  ## Set up what tests need, run all of them, those of the database twice; list what was skipped and why.
	@$(BIN)/python -m pytest -ra --durations=15
	@echo "Once more on PostgreSQL: the tests that touch the database."
	@ESSAIM_TEST_DATABASE=postgresql $(BIN)/python -m pytest -ra --durations=5

check: setup  ## Format, lint, types, import floors, catalogues, docs.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m essaim.pages.catalogues check
	@$(BIN)/python -m pytest -q tests/docs

bench: setup  ## Measure, each figure beside a peer in the same run.
	@$(BIN)/python -m benchmarks

fresh:  ## Clone into an emptied environment and run make start and make test there.
	@tools/fresh

format: setup  ## Put the code into its format.
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

messages: setup  ## Bring the message catalogues up to date with the code and templates.
	@$(BIN)/python -m essaim.pages.catalogues extract
	@$(BIN)/python -m essaim.pages.catalogues compile

reference: setup  ## Write the generated pages of docs/reference anew.
	@$(BIN)/python -m tools.reference

lock: setup  ## Resolve the dependencies anew (needs uv).
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade --quiet --output-file requirements.lock

clean:  ## Remove what was built; the data folder var/ stays.
	@rm -rf $(VENV) essaim/web/static/essaim frontend/node_modules build dist
