# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
SAMPLE := examples/reasoning-and-rl.txt
DB     := outputs/kg.db

.PHONY: demo test lint clean

demo: $(STAMP)
	$(BIN)/kg build $(SAMPLE) --db $(DB)
	$(BIN)/kg export --format turtle -o outputs/kg.ttl --db $(DB)
	$(BIN)/kg view -o outputs/kg.html --db $(DB)
	@echo
	@echo "Which papers use GSM8K?"
	@echo
	$(BIN)/kg papers --benchmark GSM8K --db $(DB)
	@echo "The graph is in $(DB), as RDF in outputs/kg.ttl, to look at in outputs/kg.html."

test: $(STAMP)
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check kg tests benchmarks
	$(BIN)/ruff format --check kg tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

$(STAMP): pyproject.toml hatch_build.py web/package-lock.json $(wildcard web/src/*.js)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(STAMP)

clean:
	rm -rf $(VENV) dist build outputs/kg.*
