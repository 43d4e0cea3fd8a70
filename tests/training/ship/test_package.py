"""The model as a package: its card, `pip install` and `spacy.load("zh_parkner")`."""

import json
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from annotate.quality.score import score
from annotate.records import read_sentences
from annotate.settings import load_labels
from training.cli.main import app
from training.model.predict import load_model, predict

SAY = "import spacy; print([(e.text, e.label_) for e in spacy.load('zh_parkner')('石桥药业落户青芦湾医药港。').ents])"


@pytest.fixture(scope="module")
def dist(model, gold, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    arguments = ["package", model, "--train", gold / "train", "--gold", gold / "dev", "-o", folder]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def meta(dist):
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return json.loads(archive.read("zh_parkner/meta.json"))


def test_a_wheel_and_its_card_are_written(dist):
    assert re.sub(r"\d+\.\d+\.\d+", "N", " ".join(sorted(path.name for path in dist.iterdir()))) == (
        "zh_parkner-N-py3-none-any.whl zh_parkner-N.md"
    )


def test_it_is_installed_and_loaded_by_name_where_parkner_is(dist, model, tmp_path):
    venv.create(tmp_path, symlinks=True)
    python = tmp_path / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path)}))
    (site / "parkner.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})")
    install = [sys.executable, "-m", "pip", f"--python={python}", "install", "--quiet", "--no-index"]
    subprocess.run([*install, *dist.glob("*.whl")], check=True)
    said = subprocess.run([python, "-c", SAY], cwd=tmp_path, capture_output=True, text=True, check=True)
    entities = [(entity.text, entity.label_) for entity in spacy.load(model)("石桥药业落户青芦湾医药港。").ents]
    assert said.stdout.strip() == str(entities)
    assert entities


def test_what_builds_it_is_told_no_secret(parkner, model, gold, tmp_path, monkeypatch):
    spy = "import os\nwith open({!r}, 'a') as log: log.write(' '.join(os.environ) + chr(10))"
    (tmp_path / "sitecustomize.py").write_text(spy.format(str(tmp_path / "log")), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("DOCCANO_PASSWORD", "a secret for tests")
    arguments = ("--train", gold / "train", "--gold", gold / "dev", "-o", tmp_path / "dist")
    assert parkner("package", model, *arguments).code == 0
    told = (tmp_path / "log").read_text("utf-8").split()
    assert "PATH" in told
    assert "DOCCANO_PASSWORD" not in told


def test_its_meta_says_what_it_needs_and_how_good_it_is(meta, model, gold):
    scores = score(read_sentences(gold / "dev"), predict(read_sentences(gold / "dev"), load_model(model)))
    performance = meta["performance"]
    assert meta["license"] == "MIT"
    assert sorted(re.split("[<>=]", name)[0] for name in meta["requirements"]) == ["parkner", "spacy"]
    assert performance["ents_f"] == pytest.approx(scores["micro"].f1)
    assert {label: row["f"] for label, row in performance["ents_per_type"].items()} == pytest.approx(
        {label.name: scores[label.name].f1 for label in load_labels()}
    )


def test_the_card_says_labels_data_scores_and_limits(dist):
    (card,) = dist.glob("*.md")
    text = card.read_text("utf-8")
    assert re.findall(r"^## (.*)", text, re.M) == ["Use", "Labels", "Data", "Scores", "Limits"]
    assert "| held out | 1 | 8 | 4 | 4 | 4 | 4 |" in text
    assert "| PARK | a named park or functional zone |" in text
    assert re.search(r"^\| micro \| [\d.]+ \| [\d.]+ \| [\d.]+ \| 0\.0–100\.0 \| 16 \|$", text, re.M)  # of one article
    assert "$" not in text
