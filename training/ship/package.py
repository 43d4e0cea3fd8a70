"""Packages a trained pipeline with its model card: `pip install` the wheel, then `spacy.load("zh_parkner")`."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import srsly
from build import BuildBackendException, ProjectBuilder
from spacy.cli.package import package as spacy_package

from annotate.errors import ParknerError
from annotate.files import blame, read_text, resolve_below, write_beside
from annotate.programs import leave_out_secrets
from annotate.quality.intervals import to_intervals
from annotate.quality.score import score
from annotate.quality.stats import Counts
from annotate.records import read_sentences
from training.model.predict import load_model, predict
from training.ship.card import to_data_rows, to_label_rows, to_labels, to_meta, to_model_card, to_score_rows


def package(model: Path, folder: Path, *, train: Path, gold: Path, template: Path) -> tuple[Path, Path]:
    """Score a pipeline on gold and write its wheel and its model card into `folder`; return their paths.

    `train` is the gold that the pipeline was trained on: the card says how much it is. `template` is the file with the
    text of the card (`training.ship.card`). Raises ParknerError for a folder without a pipeline, for unsound records
    and for a template that cannot be filled.
    """
    nlp, sentences = load_model(model), list(read_sentences(gold))
    data = {"trained on": count(train), "held out": count(gold)}
    predicted = list(predict(sentences, nlp))
    scores, intervals = score(sentences, predicted), to_intervals(sentences, predicted)
    meta = to_meta(nlp, scores, intervals)
    sections = {
        "labels": to_label_rows(to_labels(nlp)),
        "data": to_data_rows(data),
        "scores": to_score_rows(scores, intervals),
    }
    text = read_text(template)
    try:
        card = to_model_card(text, meta, **sections)
    except (KeyError, ValueError) as error:
        raise ParknerError(f"{template}: a placeholder cannot be filled: {error}") from error
    return write_package(model, folder, meta=meta, card=card)


def count(path: Path) -> Counts:
    """Count the articles, sentences and spans in a file or folder of gold."""
    counts = Counts()
    for sentence in read_sentences(path):
        counts.add(sentence)
    return counts


def write_package(model: Path, folder: Path, *, meta: Mapping[str, Any], card: str) -> tuple[Path, Path]:
    """Write the wheel of a pipeline with this meta.json and model card, and the card beside it; return their paths.

    spaCy lays out the package and lists what the config needs (parkner, spaCy) as requirements. This environment's
    setuptools builds it, so nothing is downloaded. Raises ParknerError for a link in the pipeline's folder that leads
    out of it, because the package would contain the file behind it.
    """
    for file in model.rglob("*"):
        resolve_below(model, str(file.relative_to(model)), address=str(model))
    name = f"{meta['lang']}_{meta['name']}-{meta['version']}"
    with tempfile.TemporaryDirectory() as temporary:
        pipeline = Path(temporary, "pipeline")
        with _name_failures(temporary):
            shutil.copytree(model, pipeline)
            srsly.write_json(pipeline / "meta.json", dict(meta))
            (pipeline / "README.md").write_text(card, "utf-8")
            (pipeline / "LICENSE").write_text(distribution("parkner").read_text("licenses/LICENSE") or "", "utf-8")
            spacy_package(pipeline, Path(temporary), create_sdist=False, require_parent=True)
            built = ProjectBuilder(Path(temporary, name), runner=_run).build("wheel", temporary)
        wheel = folder / Path(built).name
        with write_beside(wheel) as beside, blame(wheel):
            shutil.copyfile(built, beside)
    with write_beside(folder / f"{name}.md") as beside, blame(folder / f"{name}.md"):
        beside.write_text(card, "utf-8")
    return wheel, folder / f"{name}.md"


@contextmanager
def _name_failures(folder: str) -> Iterator[None]:
    """Turn errors of copying into a folder or of building there into one line; the usual cause is a full disk."""
    try:
        yield
    except shutil.Error as error:
        raise ParknerError(f"{folder}: {error.args[0][0][-1]}") from error
    except BuildBackendException as error:
        output = getattr(error.exception, "output", None) or str(error).encode()
        raise ParknerError(f"{folder}: package not built: {output.decode().strip().splitlines()[-1]}") from error


def _run(cmd: Sequence[str], cwd: str | None = None, extra_environ: Mapping[str, str] | None = None) -> None:
    """Run a step of the build without our secrets; `build` prescribes the names of the arguments."""
    environment = leave_out_secrets() | dict(extra_environ or {})
    subprocess.run(cmd, cwd=cwd, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
