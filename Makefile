# make help says what there is. Works with the make of macOS (3.81) too.

PORT ?= 8000
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
endif
BIN := .venv/bin

ifeq ($(shell uname -s),Darwin)
# Where Homebrew keeps Pango; macOS forgets this between programs, so it is said again before each.
LIBRARIES := DYLD_FALLBACK_LIBRARY_PATH="/opt/homebrew/lib:/usr/local/lib:/opt/local/lib:/usr/lib"
endif
LOCAL := LOCAL_RUN=1 PORT=$(PORT) SITE_URL=http://127.0.0.1:$(PORT) GUNICORN_LOG_LEVEL=warning $(LIBRARIES)
# A clinic's server, as far as its settings go; nothing of this shell's own comes in.
DEPLOYED := env -i PATH="$$PATH" HOME="$$HOME" ENV_FILE=/dev/null SITE_URL=https://hep.example.org \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))')" $(LIBRARIES)
PYTEST := $(LIBRARIES) $(BIN)/python -m pytest --cov --cov-report= --cov-fail-under=0 --no-skips
COVERAGE := var/coverage
# Rules and pages, then real servers and browsers; both shared out over two processes.
UNITS := -n 2 -m "not e2e and not server"
# What asks no database says the same on the second: once is enough.
NO_DATABASE := --no-repeats
# The tests of a file stay together, in their order.
REAL := -n 2 --dist loadfile -m "e2e or server"

.DEFAULT_GOAL := help
.PHONY: help run run-fresh test check messages lock bench python

help: ## say what there is
	@echo "HipCare. Try: make run"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: python ## make everything ready and serve on 127.0.0.1:8000 (another port: make run PORT=8001)
	@echo "Making ready …"
	@$(PYTHON) -m hipcare.operate.machine run --port "$(PORT)"
	@$(LOCAL) $(BIN)/python manage.py prepare --demo
	@$(LOCAL) $(BIN)/python -m gunicorn --config hipcare/gunicorn.py hipcare.wsgi

run-fresh: python ## the same with an empty database; the old var/ is kept as var.old-<time>
	@$(PYTHON) -m hipcare.operate.machine run-fresh --port "$(PORT)"
	@$(MAKE) --no-print-directory run

test: python ## run every test, on SQLite and on a throw-away PostgreSQL, browser included
	@$(PYTHON) -m hipcare.operate.machine test
	@rm -rf $(COVERAGE) && mkdir -p $(COVERAGE)
	COVERAGE_FILE=$(COVERAGE)/sqlite.units $(PYTEST) $(UNITS)
	COVERAGE_FILE=$(COVERAGE)/sqlite.real $(PYTEST) $(REAL)
	COVERAGE_FILE=$(COVERAGE)/postgresql.units $(BIN)/python tests/postgres.py env $(PYTEST) $(UNITS) $(NO_DATABASE)
	COVERAGE_FILE=$(COVERAGE)/postgresql.real $(BIN)/python tests/postgres.py env $(PYTEST) $(REAL)
	@$(BIN)/coverage combine --quiet --data-file=$(COVERAGE)/all $(COVERAGE)/*.*
	$(BIN)/coverage report --data-file=$(COVERAGE)/all

check: python ## lint, types, layers, templates, migrations, deployment settings, lock files
	@$(PYTHON) -m hipcare.operate.machine check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates programmes/handouts/layouts
	find templates programmes/handouts/layouts -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "check --deploy, as on a clinic's server"
	@$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python tests/locks.py check
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.messages

messages: python ## bring the words of every language up to date and compile them (docs/translating.md)
	@$(PYTHON) -m hipcare.operate.machine check
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.messages write

lock: python ## lock the dependencies in pyproject.toml (newer versions: make lock UPGRADE=--upgrade)
	@$(PYTHON) -m hipcare.operate.machine check
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/locks.py write $(UPGRADE)

bench: python ## measure pages and their sizes, and say which targets are reached
	@$(PYTHON) -m hipcare.operate.machine test
	$(LIBRARIES) $(BIN)/python -m tests.bench

python:
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "HipCare needs Python 3.11 or newer. Install it (Debian, Ubuntu: sudo apt-get install python3; macOS: brew install python),"; \
		echo "or say where it is: make run PYTHON=/path/to/python3"; exit 1; fi
