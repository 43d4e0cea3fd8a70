"""Reads a learning curve: says whether to annotate more or to change something else."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, sqrt
from pathlib import Path
from statistics import mean, stdev

from scipy.stats import t

from training.measure.curve import Point, group_points, to_percent

WORTH = 1.0  # the gain in points of F1 that makes doubling the gold worth the work


def find_advice(points: Iterable[Point]) -> Iterator[str]:
    """Yield a line for each held-out folder: the gain in micro F1 from the last doubling of the files, and the advice.

    The gain is measured for each seed, from the largest size of at most half the files to the full size. The spread
    of the seeds gives a 90% interval of the mean gain (Student's t). Flat: the whole interval is below 1 point. Still
    rising: the whole interval is above 0. Otherwise, and with one seed, there is no answer. The interval covers only
    the seeds, not the choice of held-out articles.
    """
    by_folder: dict[Path, dict[int, list[float]]] = {}
    for (path, files), row in group_points(points).items():
        by_folder.setdefault(path, {})[files] = [to_percent(point) for point in row]
    for path, by_files in by_folder.items():
        whole = max(by_files)
        half = max((files for files in by_files if files <= ceil(whole / 2)), default=0)
        if half in (0, whole):
            yield f"{path}: no advice: it needs a --share of at most half the files"
        else:
            gains = [after - before for before, after in zip(by_files[half], by_files[whole], strict=True)]
            yield f"{path}: F1 {mean(gains):+.1f} points from {half} to {whole} files, {judge(gains)}"


def judge(gains: Sequence[float]) -> str:
    """Turn gains of F1 in points, one for each seed, into advice by the criterion of `find_advice`.

    >>> judge([4.0, 4.4, 3.9])
    '90% interval +3.7 to +4.5 over 3 seeds: still rising, annotate more'
    >>> judge([0.1, -0.3, 0.2])
    '90% interval -0.4 to +0.4 over 3 seeds: flat, change something else (features, settings, guidelines)'
    >>> judge([3.0, -1.0])
    '90% interval -11.6 to +13.6 over 2 seeds: too uncertain to tell, use more --seeds'
    >>> judge([2.0])
    'but with one seed the spread is unknown: use more --seeds'
    """
    if len(gains) == 1:
        return "but with one seed the spread is unknown: use more --seeds"
    margin = float(t.ppf(0.95, len(gains) - 1)) * stdev(gains) / sqrt(len(gains))
    low, high = mean(gains) - margin, mean(gains) + margin
    if high < WORTH:
        advice = "flat, change something else (features, settings, guidelines)"
    elif low > 0:
        advice = "still rising, annotate more"
    else:
        advice = "too uncertain to tell, use more --seeds"
    return f"90% interval {low:+.1f} to {high:+.1f} over {len(gains)} seeds: {advice}"
