"""spaCy's own commands on our configs and model, as a user types them: no `--code`, nothing imported beforehand."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.util import load_config

from annotate.records import read_sentences, write_sentences
from annotate.settings import CONFIGS
from training.data.convert import convert

DEFAULT = CONFIGS / "ner.cfg"


def run_spacy(*arguments: object, **environment: str) -> str:
    """The output of `spacy ARGUMENTS`, run where the paths of the configs begin; it must exit with 0."""
    command = [sys.executable, "-m", "spacy", *map(str, arguments)]
    result = subprocess.run(
        command, cwd=CONFIGS.parent, env=os.environ | environment, capture_output=True, encoding="utf-8"
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def data(gold, tmp_path_factory) -> Path:
    """More articles than the minimum of `spacy debug data`, one sentence each."""
    folder = tmp_path_factory.mktemp("data")
    for partition in ("train", "dev"):
        sentences = list(read_sentences(gold / partition)) * 20
        articles = (replace(sentence, article=f"{partition}-{count}") for count, sentence in enumerate(sentences))
        write_sentences(folder / "gold" / partition / "a.jsonl", articles)
    convert(folder / "gold", folder)
    return folder


@pytest.fixture(scope="module")
def paths(data):
    return "--paths.train", data / "train.spacy", "--paths.dev", data / "dev.spacy"


def test_debug_data(paths):
    said = run_spacy("debug", "data", DEFAULT, *paths)
    assert "160 training docs" in said
    assert "Pipeline can be initialized with data" in said


def test_assemble(tmp_path):
    run_spacy("assemble", DEFAULT, tmp_path)
    assert spacy.load(tmp_path)("青芦湾医药港").text == "青芦湾医药港"


def test_evaluate(model, data, tmp_path):
    run_spacy("evaluate", model, data / "dev.spacy", "--output", tmp_path / "scores.json")
    scores = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert scores["ents_f"] > 0.9
    assert set(scores["ents_per_type"]) == {"PARK", "ORG", "METRIC", "DATE"}


def test_package(model, tmp_path):
    run_spacy("package", model, tmp_path, "--name", "parkner", "--version", "1.2.3", "--build", "none")
    meta = json.loads((tmp_path / "zh_parkner-1.2.3" / "meta.json").read_text("utf-8"))
    assert [requirement for requirement in meta["requirements"] if requirement.startswith("parkner")]


@pytest.mark.slow
def test_a_seed_makes_the_same_model(config, paths, tmp_path):
    def train(name: str, *, seed: int, hashing: str) -> dict[Path, bytes]:
        steps = ("--training.max_steps", 20, "--training.eval_frequency", 20, "--system.seed", seed)
        run_spacy("train", config, "--output", tmp_path / name, *paths, *steps, PYTHONHASHSEED=hashing)
        folder = tmp_path / name / "model-last"
        files = (path for path in folder.rglob("*") if path.is_file() and path.name != "meta.json")  # that has a speed
        return {path.relative_to(folder): path.read_bytes() for path in files}

    first = train("first", seed=0, hashing="1")
    assert train("second", seed=0, hashing="2") == first
    other = train("other", seed=1, hashing="1")
    assert {path for path in first if path.name == "model" and first[path] == other[path]} == set()


def test_init_labels(config, paths, tmp_path):
    """The labels go into a file, and from there into a model, in their order."""
    run_spacy("init", "labels", config, tmp_path, *paths)
    assert json.loads((tmp_path / "ner.json").read_text("utf-8")) == ["DATE", "METRIC", "ORG", "PARK"]
    (tmp_path / "ner.json").write_text('["PARK", "DATE", "ORG", "METRIC"]')
    settings = load_config(config)
    labels = {"@readers": "spacy.read_labels.v1", "path": str(tmp_path / "ner.json")}
    settings["initialize"]["components"]["ner"] = {"labels": labels}
    settings.to_disk(tmp_path / "own.cfg")
    run_spacy("train", tmp_path / "own.cfg", "--output", tmp_path, *paths, "--training.max_steps", 1)
    assert spacy.load(tmp_path / "model-last").get_pipe("ner").labels == ("PARK", "DATE", "ORG", "METRIC")
