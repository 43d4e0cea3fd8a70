# make run, make model, make test, make doccano: each first builds what it needs.

PYTHON ?= python3
VENV := .venv
export PATH := $(abspath $(VENV))/bin:$(PATH)

# Package builds and the workflow do not see the login for doccano.
WITHOUT_SECRETS := env $(patsubst %,-u %,$(filter DOCCANO_%,$(.VARIABLES)))
INSTALL := $(WITHOUT_SECRETS) $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run model test test-all doccano clean

help:
	@echo "make run       train, evaluate and apply the model on the bundled corpus"
	@echo "make model     train the model and package it for pip install, with its model card"
	@echo "make test      linters and tests; make test-all also runs the slow tests and those with PyTorch"
	@echo "make doccano   start a doccano server on this machine (Ctrl-C stops it)"
	@echo "make clean     remove everything that these commands have built"

# Reports what is missing before anything is built. Debian and Ubuntu have ensurepip in python3-venv.
define CHECK
import sys
if sys.version_info < (3, 11):
    sys.exit("parkner needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0]
             + ": install a newer one and name it, such as make PYTHON=python3.12 run")
try:
    import ensurepip, venv
except ImportError:
    sys.exit("$(PYTHON) cannot make virtual environments: install its module venv (Debian, Ubuntu: apt install python%d.%d-venv)"
             % sys.version_info[:2])
endef
export CHECK

$(VENV)/installed: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON): install Python 3.11 or newer, with its module venv (Debian, Ubuntu: apt install python3-venv), or name the one you have, such as make PYTHON=python3.12 run" >&2; exit 1; }
	@$(PYTHON) -c "$$CHECK"
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes --requirement requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

run: $(VENV)/installed
	$(WITHOUT_SECRETS) weasel run all
	@echo
	@echo "The model           models/ner/model-best     spacy.load(\"models/ner/model-best\")"
	@echo "New pages, read     output/entities.csv"
	@echo "Pre-labels to push  output/prelabelled.jsonl"
	@echo "The scores          output/scores.json"

model: $(VENV)/installed
	$(WITHOUT_SECRETS) weasel run model
	@echo
	@echo "The package and its model card are in dist/: pip install it, then spacy.load(\"zh_parkner\")"

test: $(VENV)/installed
	ruff check .
	ruff format --check .
	mypy
	pytest -n 2 --dist loadfile -m "not slow" --ignore tests/journeys/test_browser.py
	pytest tests/journeys/test_browser.py # separately: on a busy machine a page misses key presses

# What configs/ner_trf.cfg needs. On Linux the package index only has PyTorch with CUDA: gigabytes that no test needs. pip
# prefers a CPU build (2.13.0+cpu) if it finds one: set PIP_EXTRA_INDEX_URL to PyTorch's own index of CPU builds.
# Installed packages keep their versions. requirements.lock is not used here: it would demand a hash of PyTorch too.
TORCH ?= torch==2.13.0

$(VENV)/installed-trf: $(VENV)/installed
	$(VENV)/bin/python -m pip freeze --disable-pip-version-check --exclude-editable > $(VENV)/constraints.txt
	$(INSTALL) --constraint $(VENV)/constraints.txt --no-build-isolation --editable ".[trf]" "$(TORCH)"
	@touch $@

test-all: $(VENV)/installed-trf
	pytest

doccano: $(VENV)/installed
	parkner doccano

clean:
	rm -rf $(VENV) .venv-doccano models output dist corpus/*.spacy project.lock
