"""The learning curve: the score by the number of training files."""

import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from pathlib import Path
from statistics import mean, stdev
from typing import NamedTuple

from rich.table import Table

from annotate.errors import ParknerError
from annotate.quality.score import Score, score
from annotate.records import find_records, read_sentences
from annotate.tables import make_table
from training.config import load_config
from training.data.convert import convert
from training.measure.plot import Curves, Mean
from training.model.predict import load_model, predict
from training.model.train import train


class Point(NamedTuple):
    """The scores on one held-out folder after training with one seed on this number of files."""

    held_out: Path
    files: int
    seed: int
    scores: dict[str, Score]


def measure_curve(
    config: Path, gold: Path, *, held_out: Sequence[Path], shares: Sequence[float], seeds: Iterable[int]
) -> Iterator[Point]:
    """Train on each share of the files of `gold/train` with each seed, and score on each held-out folder.

    The seed sets both the training and the random order of the files. With one seed, a smaller share is part of each
    larger share. `gold/dev` selects the best pipeline of each training, as always. Raises ParknerError for a share that
    is not above 0 and at most 1, and for the errors of `convert` and `train`.
    """
    if not config.is_file():
        raise ParknerError(f"{config}: no such file")
    files = list(find_records([gold / "train"]))
    sentences = {folder: list(read_sentences(folder)) for folder in held_out}
    for share in shares:
        if not 0 < share <= 1:
            raise ParknerError(f"{share}: a share of the training files must be above 0 and at most 1")
    sizes = sorted({ceil(share * len(files)) for share in shares})
    for seed in seeds:
        drawn = random.Random(seed).sample(files, len(files))
        for count in sizes:
            with tempfile.TemporaryDirectory() as folder:
                nlp = load_model(_train_on(drawn[:count], gold / "dev", config=config, seed=seed, folder=Path(folder)))
                for path, right in sentences.items():
                    yield Point(path, count, seed, score(right, predict(right, nlp)))


def _train_on(files: Iterable[Path], dev: Path, *, config: Path, seed: int, folder: Path) -> Path:
    for partition, some in (("train", files), ("dev", find_records([dev]))):
        (folder / "gold" / partition).mkdir(parents=True)
        for number, file in enumerate(some):
            shutil.copyfile(file, folder / "gold" / partition / f"{number}-{file.name}")
    convert(folder / "gold", folder)
    settings = load_config(config)
    settings["system"]["seed"] = seed
    settings.to_disk(folder / "config.cfg")
    return train(folder / "config.cfg", folder / "model", data=folder)


def group_points(points: Iterable[Point]) -> dict[tuple[Path, int], list[Point]]:
    """Group the points by held-out folder and number of files, one point for each seed, all sorted."""
    groups: dict[tuple[Path, int], list[Point]] = {}
    for point in sorted(points, key=lambda point: point[:3]):
        groups.setdefault((point.held_out, point.files), []).append(point)
    return groups


def to_percent(point: Point, label: str = "micro") -> float:
    """Return the F1 of a label or average in percent."""
    return 100 * point.scores[label].f1


def to_curve_tables(points: Iterable[Point]) -> list[Table]:
    """Make a table of F1 in percent by label for each held-out folder: mean of the seeds ± standard deviation."""
    tables: dict[Path, Table] = {}
    for (path, files), row in group_points(points).items():
        labels = list(row[0].scores)
        if path not in tables:
            tables[path] = make_table("files", *labels, title=f"F1 on {path}")
        tables[path].add_row(str(files), *(_to_cell([to_percent(point, label) for point in row]) for label in labels))
    return list(tables.values())


def to_curves(points: Iterable[Point]) -> Curves:
    """Make a curve of micro F1 in percent by number of files for each held-out folder."""
    curves: dict[str, list[Mean]] = {}
    for (path, files), row in group_points(points).items():
        values = [to_percent(point) for point in row]
        deviation = stdev(values) if len(values) > 1 else 0.0
        curves.setdefault(str(path), []).append(Mean(files, mean(values), deviation))
    return curves


def _to_cell(values: list[float]) -> str:
    return f"{mean(values):.1f}" + (f"±{stdev(values):.1f}" if len(values) > 1 else "")
