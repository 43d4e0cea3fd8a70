# make run, make model, make test, make doccano: each makes what it needs first.

PYTHON ?= python3
VENV := .venv
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: help run model test test-all doccano clean

help:
	@echo "make run       train, evaluate and apply the model on the bundled corpus"
	@echo "make model      train the model and make it a package that can be installed, with its model card"
	@echo "make test      linters and tests; make test-all runs the slow ones and those of PyTorch too"
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

model: $(VENV)/installed
	weasel run model
	@echo
	@echo "The package and its model card are in dist/: pip install it, then spacy.load(\"zh_parkner\")"

test: $(VENV)/installed
	ruff check .
	ruff format --check .
	mypy
	pytest -m "not slow"

# What configs/ner_trf.cfg needs. On Linux the package index has PyTorch with CUDA only, gigabytes that no test needs. pip
# prefers the CPU build (2.13.0+cpu) where it sees one: let PIP_EXTRA_INDEX_URL name PyTorch's own index of CPU builds.
TORCH ?= torch==2.13.0

$(VENV)/installed-trf: $(VENV)/installed
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable ".[trf]" "$(TORCH)"
	@touch $@

test-all: $(VENV)/installed-trf
	pytest

doccano: $(VENV)/installed
	parkner doccano

clean:
	rm -rf $(VENV) .venv-doccano models output dist corpus/*.spacy project.lock
