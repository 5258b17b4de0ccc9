# Two commands: `make demo` (the cross-reference table) and `make test` (everything that is checked).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
OUT := out

.PHONY: demo test check docs format clean benchmark sbom licences lock locked audit fuzz crash load

demo: $(VENV)/.installed
	$(BIN)/rodtrad build
	@mkdir -p $(OUT)
	$(BIN)/rodtrad trace --from greta --from lagesrapport-25 \
	  --from remissvar-lansstyrelsen-vasterbotten --to handlingsplan-2026-2028 \
	  -o $(OUT)/korstabell.html -o $(OUT)/korstabell.xlsx -o $(OUT)/korstabell.json

# Two processes, a file of tests in one of them; WORKERS= runs all in one.
WORKERS ?= -n 2 --dist loadfile
test: check
	$(BIN)/python -m pytest $(WORKERS)

check: $(VENV)/.developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# PAGES=FILE takes the growth of building from a file of pages (see tests/benchmark/report.py).
benchmark: $(VENV)/.developed
	$(PIP) install --quiet --constraint constraints.txt --editable '.[benchmark]'
	$(BIN)/python tests/benchmark/report.py $(if $(PAGES),--pages $(PAGES)) $(ARGS)

docs: $(VENV)/.developed
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

# What comes with us: a bill of materials (CycloneDX), the licences, exact files by their hashes,
# and known weaknesses.
sbom: $(VENV)/.supply
	@mkdir -p $(OUT)
	$(BIN)/python -m cyclonedx_py environment --pyproject pyproject.toml --output-reproducible \
	  -o $(OUT)/sbom.json $(VENV)

licences: $(VENV)/.supply
	$(BIN)/pip-licenses --from=mixed --order=license

lock: $(VENV)/.supply
	$(BIN)/uv pip compile constraints.txt --no-deps --generate-hashes --python $(BIN)/python \
	  --no-header --no-annotate --no-emit-index-url --quiet -o requirements.lock

# Installs exactly the files that were locked, and refuses any other.
locked: $(BIN)/python
	$(PIP) install --quiet --require-hashes --no-deps -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation .
	@touch $(VENV)/.installed

# ADVISORIES=PATH compares with a downloaded list (OSV records: .json, .zip or a folder of them)
# and opens no connection; without it a service on the network is asked.
ifdef ADVISORIES
audit: $(VENV)/.installed
	cd tests && ../$(BIN)/python -m faults.advisories ../requirements.lock $(abspath $(ADVISORIES))
else
audit: $(VENV)/.supply
	$(BIN)/pip-audit --strict --requirement requirements.lock --disable-pip
endif

# The long runs behind docs/reliability.md.
fuzz: $(VENV)/.developed
	cd tests && RODTRAD_FUZZ=$${RODTRAD_FUZZ:-2000} ../$(BIN)/python -m pytest -q faults/test_fuzz.py

crash: $(VENV)/.developed
	cd tests && ../$(BIN)/python -m faults.crash --points 50

load: $(VENV)/.developed
	cd tests && ../$(BIN)/python -m faults.load --requests 100000

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

$(VENV)/.supply: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable '.[supply]'
	@touch $@
