PYTHON ?= python3
BIN := .venv/bin

.PHONY: test check
.venv/tests-installed: tests/requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r tests/requirements.txt
	touch $@

test: .venv/tests-installed
	$(BIN)/python -m pytest

check: .venv/tests-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
