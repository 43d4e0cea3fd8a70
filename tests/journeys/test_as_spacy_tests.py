"""`crf_ner` in spaCy's own tests of trainable components, which come with spaCy."""

import os
import subprocess
import sys
from pathlib import Path

from spacy.tests.pipeline.test_models import test_components_batching_list as check_batches

import training

OF_NER = [  # those that name `ner`, but for what only its transitions have, and that it finds nothing untrained
    "parser.test_add_label::test_ner_labels_added_implicitly_on_update",
    "parser.test_ner::test_ner_warns_no_lookups",
    "parser.test_ner::test_train_empty",
    "pipeline.test_pipe_methods",
    "serialize.test_serialize_language::test_issue2482",
    "serialize.test_serialize_pipeline::test_serialize_pipeline_disable_enable",
    "training.test_logger",
    "training.test_rehearse::test_rehearse[ner]",
]


def test_batches():
    check_batches("crf_ner")


def test_in_place_of_ner(tmp_path):
    """In another process, where the factory `ner` makes a `crf_ner` (tests/journeys/crf_as_ner.py)."""
    here = Path(__file__).parent
    options = ["-q", "-p", "crf_as_ner", "-p", "no:cacheprovider", "--disable-warnings", "--rootdir", tmp_path]
    names = [f"spacy.tests.{name}" for name in OF_NER]
    paths = os.pathsep.join([str(here), str(Path(training.__file__).parent.parent)])
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--pyargs", *names],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout
