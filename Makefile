# Every target sets up .venv by itself, and again only when pyproject.toml changed. uv is used where it is installed.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LIST ?=
OUT ?=
ARGS ?=
T ?=
PORT ?= 8765
EXTRAS ?= dev
# Side by side, by modules: what a module sets up once is set up once.
JOBS ?= auto
ALL_TESTS := -n $(JOBS) --dist loadfile

.DEFAULT_GOAL := help
.PHONY: sweep kills fuzz code-points help setup lock audit enrich test cover check lint format evaluate mutants bench bench-bulk demo check-services screenshots services
.PHONY: update-golden docs dist clean

help:  ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing $(VENV) && uv pip install --quiet --python $(BIN)/python -e '.[$(EXTRAS)]'; \
	else \
	  $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS)]'; \
	fi
	@touch $@

setup: $(STAMP)  ## Set up .venv with everything that the other targets need

audit: $(STAMP)  ## Look up known vulnerabilities of what the lock installs (needs an index that answers)
	$(BIN)/uv tool run pip-audit --requirement requirements.txt --require-hashes --disable-pip

lock: $(STAMP)  ## Write requirements.txt anew: the runtime and its build, every file with its hash
	@printf 'hatchling>=1.27,<2\n' | $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --custom-compile-command "make lock" -o requirements.txt pyproject.toml -

enrich: $(STAMP)  ## Run the main job: make enrich [LIST=list.md] [OUT=folder] [ARGS="--offline"]
	@$(BIN)/enrich run $(LIST) $(if $(OUT),--out $(OUT)) $(ARGS)

test: $(STAMP)  ## Run the tests: make test [T=tests/stages]; all of them on all cores, or on as many as JOBS says
	$(BIN)/python -m pytest $(or $(T),$(ALL_TESTS))

cover: $(STAMP)  ## Run the tests and measure the branches they reach; below 98 % it fails
	$(BIN)/python -m pytest $(ALL_TESTS) --cov

check: lint test  ## Format, lint, types, dead code, dependencies, tests

lint: $(STAMP)  ## Everything that `check` does but the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/vulture
	$(BIN)/deptry .

format: $(STAMP)  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: $(STAMP)  ## Resolve the repository's labelled rows through the stand-in, and print precision and recall
	$(BIN)/python -m tests.evaluation $(ARGS)

mutants: $(STAMP)  ## Change the program in 200 small places and see which a test notices; goes on where it ended
	nice $(BIN)/python -m tests.mutants $(ARGS)

sweep: $(STAMP)  ## Let 200 seeded runs meet services that fail in every way: make sweep [ARGS="--runs 20"]
	$(BIN)/python -m tests.sweep $(ARGS)

fuzz: $(STAMP)  ## Look at 100,000 examples of each law: make fuzz [EXAMPLES=5000] [T=tests/laws/test_files.py]
	EXAMPLES=$(or $(EXAMPLES),100000) nice $(BIN)/python -m pytest -p no:randomly --durations=0 -n $(JOBS) $(or $(T),tests/laws)

kills: $(STAMP)  ## Break runs off at random moments, fifty times with each of three signals: make kills [ARGS="--seed 7"]
	$(BIN)/python -m tests.kills $(ARGS)

code-points: $(STAMP)  ## Every code point through every field of a .bib, read by biber, bibtex and lualatex: make code-points [ARGS=--ascii]
	nice $(BIN)/python -m tests.hostile.code_points $(ARGS)

bench: $(STAMP)  ## Measure speed, cost and memory against the stand-in; ARGS=--write writes docs/benchmarks.md anew
	$(BIN)/python -m tests.bench $(ARGS)

bench-bulk: $(STAMP)  ## Measure a snapshot's index and a large match; writes docs/scale.json (needs EXTRAS=dev,bulk)
	$(BIN)/python -m tests.bench_bulk $(ARGS)

check-services: $(STAMP)  ## Ask the live services (at most 12 requests) whether they still behave as we assume
	$(BIN)/python -m pytest -m online tests/online

demo: $(STAMP)  ## Run our own list against the stand-in, into build/demo
	@$(BIN)/python -m tests.demo $(ARGS)

screenshots: $(STAMP)  ## Make the README's pictures of the page from the stand-in: docs/page.png, docs/picture.svg
	$(BIN)/python -m tests.screenshots

services: $(STAMP)  ## Play the services on a port: make services [PORT=8765]
	$(BIN)/python -m tests.services --port $(PORT) $(ARGS)

docs: $(STAMP)  ## Write the documents that are made from the program anew
	$(BIN)/python -m tests.documents

dist: $(STAMP)  ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

update-golden: $(STAMP)  ## Write the golden outputs of the tests anew; read the diff before you commit it
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/test_golden.py

clean:  ## Remove .venv and everything that can be made again
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
