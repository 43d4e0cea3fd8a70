"""Bootstrap confidence intervals of F1: the range to expect on other articles of the same kind.

Sentences of one article share names and style, so whole articles are drawn, not sentences. Percentile intervals:
B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993, chapter 13.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from annotate.quality.score import count_by_article, list_names, to_scores
from annotate.sentence import Sentence

RESAMPLES = 1000
PERCENT = (2.5, 97.5)
F1 = 2  # index of F1 among precision, recall and F1


class Interval(NamedTuple):
    """The bounds of a 95% interval of F1, 0 to 1."""

    low: float
    high: float


def to_intervals(gold: Iterable[Sentence], predicted: Iterable[Sentence], *, seed: int = 0) -> dict[str, Interval]:
    """Compute the interval of each F1 that `annotate.quality.score.score` gives for the same sentences.

    It draws with replacement as many articles as there are, 1000 times. With fewer than two articles the interval is 0
    to 1. Raises ValueError unless both have the same sentences in the same order.

    >>> from annotate.spans import Span
    >>> gold = [Sentence("光谷见", (Span(0, 2, "PARK"),), article) for article in "abcdefgh"]
    >>> to_intervals(gold, [*gold[:7], Sentence("光谷见", (), "h")])["PARK"]
    Interval(low=0.7692307692307693, high=1.0)
    """
    names = list_names()
    counts = count_by_article(gold, predicted)
    articles = len(counts)
    if articles < 2:
        return dict.fromkeys(names, Interval(0.0, 1.0))
    drawn = np.random.default_rng(seed).multinomial(articles, [1 / articles] * articles, size=RESAMPLES)
    low, high = np.percentile(to_scores(np.tensordot(drawn, counts, axes=1))[..., F1], PERCENT, axis=0)
    return {name: Interval(*bounds) for name, *bounds in zip(names, low.tolist(), high.tolist(), strict=True)}
