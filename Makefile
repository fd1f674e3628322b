# The same verbs for people and for CI. Needs make and Python 3.11 or newer, nothing else.
PYTHON ?= python3
# Options for pip, for instance an index with CPU builds of torch: see docs/installing.md.
PIP_FLAGS ?=
# Options for pytest, for instance --require-postgresql: fail where it is not installed.
TEST_FLAGS ?=
VENV := .venv
RUN := $(VENV)/bin/python
INSTALL := $(RUN) -m pip install --quiet $(PIP_FLAGS) --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help serve ingest test browser check eval eval-check eval-final ablation bench clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

serve: ingest ## set up, build the index if it is out of date, serve on 127.0.0.1:8000
	@exec $(RUN) server.py

ingest: $(VENV)/run.stamp ## build the index if the corpus or the model has changed
	@$(RUN) ingest.py

test: $(VENV)/dev.stamp ## set up and run all tests; those of the page need chromium
	@$(RUN) -m pytest -m "not browser" $(TEST_FLAGS)
	@if command -v chromium >/dev/null; then $(MAKE) --no-print-directory browser; \
	else echo "The tests of the page did not run: no chromium here (make browser)."; fi

browser: $(VENV)/dev.stamp ## the tests of the page, in chromium
	@$(RUN) -m pytest -m browser tests/browser

check: $(VENV)/dev.stamp ## lint, format, types, layers
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(VENV)/bin/lint-imports

eval: ingest ## measure the answers; writes what became of each question
	@$(RUN) -m eval.report dev

eval-check: ingest ## fail where a question got worse than was committed
	@$(RUN) -m eval.report dev --check

eval-final: ingest ## measure on the questions set aside; adds to eval/FINAL.md
	@$(RUN) -m eval.report final

ablation: ingest ## what each stage is worth, for docs/quality.md
	@$(RUN) -m eval.ablation

bench: ingest $(VENV)/dev.stamp ## latency, throughput, start, memory and ingest in one run
	@$(RUN) -m eval.bench

clean: ## remove the environment, the index and caches of tools
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/pip.stamp:
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Certpath needs Python 3.11 or newer; say which: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/pip.stamp pyproject.toml constraints.txt
	@echo "Installing what Certpath needs (about 1 GB, a few minutes the first time) ..."
	@$(INSTALL) .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	@echo "Installing what its tests need ..."
	@$(INSTALL) ".[dev]"
	@touch $@
