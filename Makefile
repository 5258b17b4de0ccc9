# Two commands: `make demo` (the cross-reference table) and `make test` (everything that is checked).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
OUT := out

.PHONY: demo test check docs format clean

demo: $(VENV)/.installed
	$(BIN)/rodtrad build
	@mkdir -p $(OUT)
	$(BIN)/rodtrad trace --from greta --from lagesrapport-25 \
	  --from remissvar-lansstyrelsen-vasterbotten --to handlingsplan-2026-2028 \
	  -o $(OUT)/korstabell.html -o $(OUT)/korstabell.xlsx -o $(OUT)/korstabell.json

test: check
	$(BIN)/python -m pytest

check: $(VENV)/.developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.developed
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

format: $(VENV)/.developed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(OUT) indexes/search-* indexes/documents indexes/manifest.json

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rödtråd needs Python 3.11 or newer; say which: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing Rödtråd in $(VENV); this takes some minutes the first time."
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.developed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing Rödtråd and its checks in $(VENV); this takes some minutes the first time."
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.installed
