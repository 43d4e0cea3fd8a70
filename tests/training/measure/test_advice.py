from pathlib import Path

import pytest
from scipy.stats import ttest_1samp

from annotate.quality.score import Score
from training.measure.advice import find_advice, judge
from training.measure.curve import Point


def make_points(f1_by_files: dict[int, list[float]], *, held_out: str = "dev") -> list[Point]:
    return [
        Point(Path(held_out), files, seed, {"micro": Score(0.0, 0.0, f1 / 100, 10)})
        for files, values in f1_by_files.items()
        for seed, f1 in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("f1_by_files", "advice"),
    [
        (
            {66: [70.0, 71.0, 72.0], 132: [74.0, 75.1, 75.9]},
            "F1 +4.0 points from 66 to 132 files, 90% interval +3.8 to +4.2 over 3 seeds: still rising, annotate more",
        ),
        (
            {7: [80.0, 79.0], 10: [80.5, 80.0], 13: [80.0, 79.1]},
            "F1 +0.0 points from 7 to 13 files, 90% interval -0.3 to +0.4 over 2 seeds: flat, change something else",
        ),
        (
            {1: [50.0, 50.0], 8: [50.0, 50.0]},
            "F1 +0.0 points from 1 to 8 files, 90% interval +0.0 to +0.0 over 2 seeds: flat",
        ),
        ({66: [70.0, 71.0], 132: [75.0, 70.0]}, "too uncertain to tell, use more --seeds"),
        ({66: [70.0], 132: [75.0]}, "F1 +5.0 points from 66 to 132 files, but with one seed the spread is unknown"),
        ({100: [70.0], 132: [75.0]}, "no advice: it needs a --share of at most half the files"),
        ({1: [70.0]}, "no advice: it needs a --share of at most half the files"),
    ],
)
def test_advice(f1_by_files, advice):
    (line,) = find_advice(reversed(make_points(f1_by_files)))
    assert line.startswith("dev: ")
    assert advice in line


def test_each_held_out_folder_has_its_line():
    points = make_points({1: [50.0], 2: [60.0]}) + make_points({1: [50.0], 2: [49.0]}, held_out="test")
    assert [line[:14] for line in find_advice(points)] == ["dev: F1 +10.0 ", "test: F1 -1.0 "]


@pytest.mark.parametrize("gains", [[4.0, 4.4, 3.9], [-1.0, 2.5], [0.3, 0.9, 1.4, -2.0, 0.1]])
def test_scipy_finds_the_same_interval(gains):
    low, high = ttest_1samp(gains, 0).confidence_interval(0.9)
    assert judge(gains).startswith(f"90% interval {low:+.1f} to {high:+.1f} over {len(gains)} seeds: ")
