# Needs Python 3.11 or later and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(shell cksum requirements.lock pyproject.toml | cksum | cut -d' ' -f1)

.PHONY: run test slow real benchmarks lint docs lock chromium clean

run: $(READY)                 ## collect now and on schedule, dashboard on http://localhost:8501
	$(BIN)/parley run

test: $(READY) lint           ## the fast suite, on two cores
	$(BIN)/python -m pytest -n 2 --dist worksteal

slow: $(READY) chromium       ## the slow suite: browser, servers, faults, a second installation
	$(BIN)/python -m pytest -m slow -rP  # what passing tests measured is printed, too

real: $(READY)                ## the pipeline on real feeds and pages, where ../shared/data is there
	$(BIN)/python -m tests.real

benchmarks: $(READY)          ## feeds and pages a second, as ratios measured in one run
	$(BIN)/python -m tests.benchmarks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(READY)                ## what is generated: the data dictionary and the demo archive
	$(BIN)/python -c "from warehouse.dictionary import data_dictionary; print(data_dictionary(), end='')" > docs/data-dictionary.md
	$(BIN)/python -m flows.demo.build

lock:                         ## resolve requirements.lock anew, for Python 3.11 and later alike
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	{ echo "# Every package Parley runs and is tested with. Made by 'make lock' from pyproject.toml; resolves on Python 3.11 and later."; \
	  $(VENV)/lock/bin/uv pip compile --quiet --universal --upgrade --python-version 3.11 --no-emit-index-url --no-annotate \
	    --no-header --extra dev pyproject.toml; } > requirements.lock.new && mv requirements.lock.new requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
	  || { echo "Parley needs Python 3.11 or later. Name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.ready-*; touch $@

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The browser tests need chromium: install it (sudo apt-get install chromium), then run make slow again."; exit 1; \
	  fi; }

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
