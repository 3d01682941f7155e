# psoas: `make run` runs it, `make test` tests it. Each works alone on a fresh Debian machine
# with Python 3.11.

PYTHON ?= python3
PSOAS_HOME ?= $(CURDIR)/var
PSOAS_DEMO ?= 1
export PSOAS_HOME PSOAS_DEMO

.DEFAULT_GOAL := help
.PHONY: help setup run test lint lock bench messages

help:
	@echo "make run       run psoas with a made-up clinic on http://localhost:8000"
	@echo "               (PSOAS_DEMO=0 make run: a real, empty installation)"
	@echo "make test      install what the tests need, and run them all"
	@echo "make lint      format, lint, types, floors"
	@echo "make bench     measure, and print the tables of docs/benchmarks.md"
	@echo "make setup     install what the tests need, and run nothing"
	@echo "make messages  collect the words of every page for translators"
	@echo "make lock      renew the hash-pinned requirements (maintainers)"

# A stamp carries the lock's own hash, so that a changed lock installs anew.
RUN_STAMP := .venv/.run-$(shell sha256sum requirements.txt pyproject.toml | sha256sum | cut -c1-12)
DEV_STAMP := .venv/.dev-$(shell sha256sum requirements-dev.txt pyproject.toml | sha256sum | cut -c1-12)
SCIENCE_STAMP := .venv-science/.done-$(shell sha256sum requirements-science.txt | cut -c1-12)
PIP_QUIET := --quiet --disable-pip-version-check --no-input

setup: $(DEV_STAMP)

.venv/bin/python:
	@./scripts/need-python $(PYTHON)
	$(PYTHON) -m venv .venv

# Compiled once here rather than while somebody waits for a first answer.
PREPARE = @echo "Preparing the arithmetic (half a minute, once) …"; .venv/bin/python -m psoas.diary.answers.prepare

$(RUN_STAMP): | .venv/bin/python
	@echo "Installing what psoas needs (about a minute, once) …"
	@.venv/bin/pip install $(PIP_QUIET) --require-hashes -r requirements.txt
	@.venv/bin/pip install $(PIP_QUIET) --no-deps --no-build-isolation -e .
	$(PREPARE)
	@touch $@

$(DEV_STAMP): | .venv/bin/python
	@echo "Installing what the tests need (about a minute, once) …"
	@.venv/bin/pip install $(PIP_QUIET) --require-hashes -r requirements-dev.txt
	@.venv/bin/pip install $(PIP_QUIET) --no-deps --no-build-isolation -e .
	$(PREPARE)
	@touch $@ $(RUN_STAMP)

$(SCIENCE_STAMP):
	@./scripts/need-python $(PYTHON)
	@$(PYTHON) -m venv .venv-science
	@.venv-science/bin/pip install $(PIP_QUIET) --require-hashes -r requirements-science.txt
	@touch $@

# What draws a letter as a PDF. Without it psoas runs, and offers the letter as a page to print.
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core

run: $(RUN_STAMP)
	@./scripts/need-debian $(PDF_PACKAGES) || echo "Going on without: letters are pages to print then." >&2
	@exec .venv/bin/psoas serve

# Floors 0 to 2 in an environment that has no Django, then everything else.
test: $(DEV_STAMP) $(SCIENCE_STAMP)
	@./scripts/need-debian chromium $(PDF_PACKAGES)
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	PYTHONPATH=src .venv-science/bin/python -m pytest -c tests/science.ini --rootdir . -n 2 -q tests/content tests/diary tests/motion tests/scales tests/charts
	.venv/bin/python -m pytest -n 2 -q --ignore tests/content --ignore tests/diary --ignore tests/motion --ignore tests/scales --ignore tests/charts

lint: $(DEV_STAMP)
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	.venv/bin/lint-imports
	.venv/bin/mypy

bench: $(DEV_STAMP)
	.venv/bin/python -m benchmarks

# Strings of the templates, the code and the content files into the English catalogue.
messages: $(DEV_STAMP)
	@./scripts/need-debian gettext
	.venv/bin/python -m scripts.messages

# For maintainers, with uv. The lock file itself records hosts, so it is not kept.
lock:
	uv lock --quiet
	uv export --quiet --no-emit-project --no-header --no-annotate --no-emit-index-url --no-default-groups --group build -o requirements.txt >/dev/null
	uv export --quiet --no-emit-project --no-header --no-annotate --no-emit-index-url --no-default-groups --group dev -o requirements-dev.txt >/dev/null
	uv export --quiet --no-emit-project --no-header --no-annotate --no-emit-index-url --only-group science -o requirements-science.txt >/dev/null
	rm -f uv.lock
