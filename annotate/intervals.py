"""How sure a score is: the interval in which F1 would lie on other articles of the kind, by the bootstrap.

Sentences of one article share names and habits, so that whole articles are drawn, not sentences. Percentile intervals:
B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993, chapter 13.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotate.corpus import Sentence
from annotate.settings import load_labels

RESAMPLES = 1000
PERCENT = (2.5, 97.5)
Numbers = NDArray[np.number]


class Interval(NamedTuple):
    """The bounds of a 95% interval of F1, 0 to 1."""

    low: float
    high: float


def find_intervals(gold: Iterable[Sentence], predicted: Iterable[Sentence], *, seed: int = 0) -> dict[str, Interval]:
    """The interval of each F1 that `annotate.score.score` gives for the same sentences.

    A thousand times as many articles as there are are drawn from them, with replacement. One article says nothing of
    others: 0 to 1. Both hold the same sentences in the same order, else it is a ValueError.

    >>> from annotate.spans import Span
    >>> gold = [Sentence("光谷见", (Span(0, 2, "PARK"),), article) for article in "abcdefgh"]
    >>> find_intervals(gold, [*gold[:7], Sentence("光谷见", (), "h")])["PARK"]
    Interval(low=0.7692307692307693, high=1.0)
    """
    names = [*(label.name for label in load_labels()), "micro", "macro"]
    counts = count_by_article(gold, predicted)
    articles = len(counts)
    if articles < 2:
        return dict.fromkeys(names, Interval(0.0, 1.0))
    drawn = np.random.default_rng(seed).multinomial(articles, [1 / articles] * articles, size=RESAMPLES)
    low, high = np.percentile(to_f1(np.tensordot(drawn, counts, axes=1)), PERCENT, axis=0)
    return {name: Interval(*bounds) for name, *bounds in zip(names, low.tolist(), high.tolist(), strict=True)}


def count_by_article(gold: Iterable[Sentence], predicted: Iterable[Sentence]) -> Numbers:
    """How many spans are right, predicted and in the gold: an array of articles × labels × these three.

    >>> from annotate.spans import Span
    >>> one = Sentence("光谷见", (Span(0, 2, "PARK"),))
    >>> count_by_article([one], [Sentence("光谷见", (Span(0, 2, "PARK"), Span(2, 3, "ORG")))]).tolist()
    [[[1, 1, 1], [0, 1, 0], [0, 0, 0], [0, 0, 0]]]
    """
    found: defaultdict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for right, guess in zip(gold, predicted, strict=True):
        spans = {*right.spans} & {*guess.spans}, guess.spans, right.spans
        found[right.article].update((span.label, kind) for kind in range(3) for span in spans[kind])
    return np.array(
        [[[article[label.name, kind] for kind in range(3)] for label in load_labels()] for article in found.values()]
    )


def to_f1(counts: Numbers) -> Numbers:
    """F1 by label, then the micro and the macro average, 0 where undefined.

    The last two axes of `counts` are the labels and the numbers of right, predicted and gold spans.

    >>> to_f1(np.array([[1, 2, 2], [3, 3, 3]])).tolist()
    [0.5, 1.0, 0.8, 0.75]
    """
    right, predicted, gold = np.moveaxis(np.concatenate([counts, counts.sum(axis=-2, keepdims=True)], axis=-2), -1, 0)
    f1 = 2 * right / np.maximum(predicted + gold, 1)
    return np.concatenate([f1, f1[..., :-1].mean(axis=-1, keepdims=True)], axis=-1)
