"""The learning curve: how the score grows with the number of training files."""

import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from pathlib import Path
from statistics import mean, pstdev
from typing import NamedTuple

from rich.table import Table
from spacy.util import load_config

from annotate.corpus import read_sentences
from annotate.errors import ParknerError
from annotate.files import find_files
from annotate.score import Score, score
from training.convert import convert
from training.predict import load_model, predict
from training.train import train


class Point(NamedTuple):
    """The scores on one held-out folder after training with one seed on so many files."""

    held_out: Path
    files: int
    seed: int
    scores: dict[str, Score]


def measure_curve(
    config: Path, gold: Path, *, held_out: Sequence[Path], shares: Iterable[float], seeds: Iterable[int]
) -> Iterator[Point]:
    """Train on each share of the files of `gold/train` with each seed, and score on each held-out folder.

    A seed is that of the training and of the order in which files are drawn: smaller shares are part of larger ones.
    `gold/dev` chooses the best pipeline of each training, as always. Raises ParknerError for a share that is not
    above 0 and at most 1, and for what `convert` and `train` refuse.
    """
    if not config.is_file():
        raise ParknerError(f"{config}: no such file")
    files = list(find_files([gold / "train"], (".jsonl",)))
    sentences = {folder: list(read_sentences(folder)) for folder in held_out}
    shares = list(shares)
    for share in shares:
        if not 0 < share <= 1:
            raise ParknerError(f"{share}: a share of the training files is above 0 and at most 1")
    for seed in seeds:
        drawn = random.Random(seed).sample(files, len(files))
        for share in shares:
            count = ceil(share * len(files))
            with tempfile.TemporaryDirectory() as folder:
                nlp = load_model(_train_on(drawn[:count], gold / "dev", config=config, seed=seed, folder=Path(folder)))
                for path, right in sentences.items():
                    yield Point(path, count, seed, score(right, predict(right, nlp)))


def _train_on(files: Iterable[Path], dev: Path, *, config: Path, seed: int, folder: Path) -> Path:
    for number, file in enumerate(files):
        target = folder / "gold" / "train" / f"{number}-{file.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    shutil.copytree(dev, folder / "gold" / "dev")
    convert(folder / "gold", folder)
    settings = load_config(config)
    settings["system"]["seed"] = seed
    settings.to_disk(folder / "config.cfg")
    return train(folder / "config.cfg", folder / "model", data=folder)


def to_curve_table(points: Iterable[Point]) -> Table:
    """F1 in percent by label, a row for each held-out folder and size: the mean of the seeds ± their deviation."""
    rows: dict[tuple[Path, int], list[Point]] = {}
    for point in points:
        rows.setdefault((point.held_out, point.files), []).append(point)
    table = Table(title="F1", title_justify="left")
    table.add_column("held out", overflow="fold")  # two long paths differ at their ends
    table.add_column("files")
    labels = list(next(iter(rows.values()))[0].scores)
    for label in labels:
        table.add_column(label, justify="right", no_wrap=True)
    for (path, files), row in sorted(rows.items()):
        values = [[100 * point.scores[label].f1 for point in row] for label in labels]
        table.add_row(str(path), str(files), *map(_to_cell, values))
    return table


def _to_cell(values: list[float]) -> str:
    return f"{mean(values):.1f}" + (f"±{pstdev(values):.1f}" if len(values) > 1 else "")
