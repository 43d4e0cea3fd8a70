"""Score predicted spans against the gold by exact match of character offsets. Every F1 is computed here."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotate.sentence import Sentence
from annotate.settings import load_labels

Numbers = NDArray[np.number]


class Score(NamedTuple):
    """Precision, recall and F1 of a label or an average, 0 if undefined, and the number of gold spans (support)."""

    precision: float
    recall: float
    f1: float
    support: int


def score(gold: Iterable[Sentence], predicted: Iterable[Sentence]) -> dict[str, Score]:
    """Score predicted spans by label, with the `micro` average (over spans) and the `macro` average (over labels).

    A span is correct if start, end and label are. Raises ValueError unless both have the same sentences in the same
    order.

    >>> from annotate.spans import Span
    >>> gold = [Sentence("光谷见, 张江见", (Span(0, 2, "PARK"), Span(5, 7, "PARK")))]
    >>> score(gold, [Sentence("光谷见, 张江见", (Span(0, 2, "PARK"), Span(3, 4, "ORG")))])["micro"]
    Score(precision=0.5, recall=0.5, f1=0.5, support=2)
    """
    counts = count_by_article(gold, predicted).sum(axis=0)
    support = counts[:, 2].tolist()
    rows = zip(list_names(), to_scores(counts).tolist(), [*support, sum(support), sum(support)], strict=True)
    return {name: Score(precision, recall, f1, spans) for name, (precision, recall, f1), spans in rows}


def list_names() -> list[str]:
    """List the names of all scores: the labels, then the two averages."""
    return [*(label.name for label in load_labels()), "micro", "macro"]


def count_by_article(gold: Iterable[Sentence], predicted: Iterable[Sentence]) -> Numbers:
    """Count the correct, predicted and gold spans: an array of articles × labels × these three.

    >>> from annotate.spans import Span
    >>> one = Sentence("光谷见", (Span(0, 2, "PARK"),))
    >>> count_by_article([one], [Sentence("光谷见", (Span(0, 2, "PARK"), Span(2, 3, "ORG")))]).tolist()
    [[[1, 1, 1], [0, 1, 0], [0, 0, 0], [0, 0, 0]]]
    """
    found: defaultdict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for right, guess in zip(gold, predicted, strict=True):
        if right.text != guess.text:
            raise ValueError(f"sentences differ: {right.text!r} and {guess.text!r}")
        spans = {*right.spans} & {*guess.spans}, guess.spans, right.spans
        found[right.article].update((span.label, kind) for kind in range(3) for span in spans[kind])
    names = [label.name for label in load_labels()]
    counts = [[[article[name, kind] for kind in range(3)] for name in names] for article in found.values()]
    return np.array(counts, dtype="int64").reshape(-1, len(names), 3)


def to_scores(counts: Numbers) -> Numbers:
    """Compute precision, recall and F1 by label, then their micro and macro averages; 0 if undefined.

    The last two axes of `counts` are the labels, and the numbers of correct, predicted and gold spans.

    >>> to_scores(np.array([[1, 2, 2], [3, 3, 3]])).tolist()
    [[0.5, 0.5, 0.5], [1.0, 1.0, 1.0], [0.8, 0.8, 0.8], [0.75, 0.75, 0.75]]
    """
    right, predicted, gold = np.moveaxis(np.concatenate([counts, counts.sum(axis=-2, keepdims=True)], axis=-2), -1, 0)
    precision, recall = right / np.maximum(predicted, 1), right / np.maximum(gold, 1)
    scores = np.stack([precision, recall, to_f1(right, predicted + gold)], axis=-1)
    return np.concatenate([scores, scores[..., :-1, :].mean(axis=-2, keepdims=True)], axis=-2)


def to_f1(right: Any, spans: Any) -> Any:
    """Compute F1, 0 to 1, from the number of matches and of spans on both sides (numbers or arrays); 0 without spans.

    >>> to_f1(np.array([1, 0]), np.array([4, 0])).tolist()
    [0.5, 0.0]
    """
    return 2 * right / np.maximum(spans, 1)
