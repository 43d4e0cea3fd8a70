# make run, make test, make doccano: each makes what it needs first.

PYTHON ?= python3
VENV := .venv
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: help run test test-all doccano clean

help:
	@echo "make run       train, evaluate and apply the model on the bundled corpus"
	@echo "make test      linters and tests; make test-all runs the slow tests too"
	@echo "make doccano   start a doccano server on this machine (Ctrl-C stops it)"
	@echo "make clean     remove what the others have built"

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "parkner needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (make PYTHON=python3.12 … takes another)")'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

run: $(VENV)/installed
	weasel run all
	@echo
	@echo "The model           models/ner/model-best     spacy.load(\"models/ner/model-best\")"
	@echo "New pages, read     output/entities.csv"
	@echo "Pre-labels to push  output/prelabelled.jsonl"
	@echo "The scores          output/scores.json"

test: $(VENV)/installed
	ruff check .
	ruff format --check .
	mypy
	pytest -m "not slow"

test-all: $(VENV)/installed
	pytest

doccano: $(VENV)/installed
	parkner doccano

clean:
	rm -rf $(VENV) .venv-doccano models output corpus/*.spacy project.lock
