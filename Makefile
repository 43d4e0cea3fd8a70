# make run, make model, make test, make doccano: each makes what it needs first.

PYTHON ?= python3
VENV := .venv
export PATH := $(abspath $(VENV))/bin:$(PATH)

# Packages are built, and the workflow runs, without what lets one into doccano.
WITHOUT_SECRETS := env $(patsubst %,-u %,$(filter DOCCANO_%,$(.VARIABLES)))
INSTALL := $(WITHOUT_SECRETS) $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run model test test-all doccano clean

help:
	@echo "make run       train, evaluate and apply the model on the bundled corpus"
	@echo "make model      train the model and make it a package that can be installed, with its model card"
	@echo "make test      linters and tests; make test-all runs the slow ones and those of PyTorch too"
	@echo "make doccano   start a doccano server on this machine (Ctrl-C stops it)"
	@echo "make clean     remove what the others have built"

# Says what is missing before anything is made. Debian and Ubuntu have ensurepip in python3-venv.
define CHECK
import sys
if sys.version_info < (3, 11):
    sys.exit("parkner needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0]
             + ": install another beside it and say which, such as make PYTHON=python3.12 run")
try:
    import ensurepip, venv
except ImportError:
    sys.exit("$(PYTHON) makes no virtual environments: install its module venv (Debian, Ubuntu: apt install python%d.%d-venv)"
             % sys.version_info[:2])
endef
export CHECK

$(VENV)/installed: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON): install Python 3.11 or newer, with its module venv (Debian, Ubuntu: apt install python3-venv), or say which there is, such as make PYTHON=python3.12 run" >&2; exit 1; }
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
	pytest tests/journeys/test_browser.py # alone: a page misses keys while others keep the machine busy

# What configs/ner_trf.cfg needs. On Linux the package index has PyTorch with CUDA only, gigabytes that no test needs. pip
# prefers the CPU build (2.13.0+cpu) where it sees one: let PIP_EXTRA_INDEX_URL name PyTorch's own index of CPU builds.
# What is installed stays at its version; requirements.lock would demand a hash of PyTorch, too.
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
