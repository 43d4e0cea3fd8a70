"""Evaluates the runs of `active.py`: how much each order must annotate to reach nearly the F1 of all sentences."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean, stdev
from typing import NamedTuple

from rich.console import Console

from annotate.tables import make_table
from training.measure.plot import Curves, Mean

AIM = 0.95  # the share of the F1 of all sentences to reach
ORDERS = {"all": "", "random": "in random order", "ranked": "in the order of parkner rank"}


class Round(NamedTuple):
    """The amount annotated when a model was trained, and the model's micro F1 on dev in percent."""

    sentences: int
    characters: int
    spans: int
    f1: float


class Run(NamedTuple):
    """The rounds of one seed in one order."""

    order: str
    seed: int
    rounds: list[Round]


def read_runs(path: Path) -> list[Run]:
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    rows = map(json.loads, lines)
    return [Run(order, seed, [Round(*one) for one in rounds]) for order, seed, rounds in rows]


def find_crossing(points: Sequence[tuple[float, float]], aim: float) -> float:
    """Find the cost where a curve of (cost, F1) first reaches the aim, by linear interpolation; NaN if it never does.

    >>> find_crossing([(100, 60.0), (200, 70.0), (400, 90.0)], 80)
    300.0
    """
    for (before, low), (after, high) in pairwise(points):
        if low < aim <= high:
            return before + (after - before) * (aim - low) / (high - low)
    return float("nan")


def find_shares(runs: Sequence[Run], order: str, cost: str) -> list[float]:
    """Return, for each seed, the percentage of sentences, characters or spans annotated to reach the aim."""
    whole = {run.seed: run.rounds[0] for run in runs if run.order == "all"}
    aim = AIM * mean(one.f1 for one in whole.values())
    curves = [[*run.rounds, whole[run.seed]] for run in runs if run.order == order]
    crossings = [find_crossing([(getattr(one, cost), one.f1) for one in curve], aim) for curve in curves]
    return [100 * crossing / getattr(whole[0], cost) for crossing in crossings]


def to_mean(x: float, values: Sequence[float]) -> Mean:
    return Mean(x, mean(values), stdev(values))


def to_curves(runs: Sequence[Run]) -> Curves:
    """Make a curve of F1 by the share of sentences annotated for each order, and a line for the aim."""
    by_order = {order: [run.rounds for run in runs if run.order == order] for order in ORDERS}
    everything = [rounds[0] for rounds in by_order.pop("all")]
    curves = {
        ORDERS[order]: [
            to_mean(round(100 * row[0].sentences / everything[0].sentences, 1), [one.f1 for one in row])
            for row in [*zip(*rounds, strict=True), everything]
        ]
        for order, rounds in by_order.items()
    }
    aim = AIM * mean(one.f1 for one in everything)
    ends = (min(point.x for point in curves[ORDERS["ranked"]]), 100)
    return curves | {f"{AIM:.0%} of the F1 of all sentences": [Mean(end, aim, 0) for end in ends]}


def print_savings(runs: Sequence[Run]) -> None:
    """Print F1 for each round, and how much each order needs to reach the aim."""
    curves = list(to_curves(runs).values())
    rounds = make_table("% of the sentences", *list(ORDERS.values())[1:])
    for row in zip(*curves[:2], strict=True):
        rounds.add_row(f"{row[0].x:.1f}", *(f"{one.mean:.1f}±{one.sd:.1f}" for one in row))
    needs = make_table(f"% needed for {AIM:.0%} of F1", "random", "ranked", "saved")
    for cost in Round._fields[:3]:
        shares = [find_shares(runs, order, cost) for order in ("random", "ranked")]
        saved = [100 * (1 - ranked / at_random) for at_random, ranked in zip(*shares, strict=True)]
        needs.add_row(cost, *(f"{mean(values):.1f}±{stdev(values):.1f}" for values in (*shares, saved)))
    Console().print(rounds, needs)
