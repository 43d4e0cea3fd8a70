"""The learning curve, with trainings of a few steps."""

from pathlib import Path

import pytest
from rich.console import Console

from annotate.errors import ParknerError
from annotate.quality.score import Score
from training.measure.curve import Point, measure_curve, to_curve_tables, to_curves
from training.measure.plot import Mean
from training.measure.tables import to_table


def test_every_seed_trains_on_every_size(articles, short, gold):
    points = list(
        measure_curve(short, articles, held_out=[articles / "dev", gold / "dev"], shares=[1, 0.1, 0.12], seeds=range(2))
    )
    sizes = [(point.held_out, point.files, point.seed) for point in points]
    assert sizes == [
        (path, files, seed) for seed in (0, 1) for files in (1, 8) for path in (articles / "dev", gold / "dev")
    ]
    assert all(point.scores["micro"].support == 16 for point in points)


@pytest.mark.parametrize("share", [0, 1.5])
def test_a_share_that_is_none(articles, short, share):
    with pytest.raises(ParknerError, match=f"{share}: a share of the training files must be above 0 and at most 1"):
        next(measure_curve(short, articles, held_out=[articles / "dev"], shares=[share], seeds=[0]))


def test_tables_and_curves():
    f1 = {(66, 0): 0.70, (66, 1): 0.72, (9, 0): 0.5}
    points = [
        Point(Path(folder), files, seed, dict.fromkeys(("PARK", "micro"), Score(0.0, 0.0, value, 1)))
        for folder in ("dev", "test")
        for (files, seed), value in f1.items()
    ]
    assert to_curves(points)["test"] == [Mean(9, 50.0, 0.0), Mean(66, pytest.approx(71.0), pytest.approx(2**0.5))]
    console = Console(width=80)
    with console.capture() as capture:
        console.print(*to_curve_tables(points))
    lines = [line.split() for line in capture.get().splitlines()]
    assert lines.count(["│", "9", "│", "50.0", "│", "50.0", "│"]) == 2
    assert lines.count(["│", "66", "│", "71.0±1.4", "│", "71.0±1.4", "│"]) == 2
    assert ["F1", "on", "test"] in lines


def test_the_table_of_all_labels_fits_80_columns():
    labels = ("PARK", "ORG", "METRIC", "DATE", "micro", "macro")
    scores = [dict.fromkeys(labels, Score(0.0, 0.0, value, 1)) for value in (1.0, 0.5)]
    points = [Point(Path("dev"), 100, seed, score) for seed, score in enumerate(scores)]
    console = Console(width=80)
    with console.capture() as capture:
        console.print(*to_curve_tables(points), to_table({"rules": scores[0], "model": scores[1]}, title="dev"))
    assert "…" not in capture.get()
    assert capture.get().count("75.0±35.4") == 6
