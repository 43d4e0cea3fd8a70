"""How well predicted spans match the gold: exact matches on character offsets."""

from collections.abc import Iterable
from typing import NamedTuple

from sklearn.metrics import precision_recall_fscore_support

from annotate.corpus import Sentence
from annotate.settings import load_labels

NOTHING = "O"


class Score(NamedTuple):
    """Precision, recall and F1 of one label or average, 0 where undefined, and how many gold spans there are."""

    precision: float
    recall: float
    f1: float
    support: int


def score(gold: Iterable[Sentence], predicted: Iterable[Sentence]) -> dict[str, Score]:
    """Score predicted spans by label, and as `micro` (all spans alike) and `macro` (all labels alike) averages.

    A span is right when its start, its end and its label are. Both hold the same sentences in the same order, else it
    is a ValueError.

    >>> from annotate.spans import Span
    >>> gold = [Sentence("光谷见, 张江见", (Span(0, 2, "PARK"), Span(5, 7, "PARK")))]
    >>> score(gold, [Sentence("光谷见, 张江见", (Span(0, 2, "PARK"), Span(3, 4, "ORG")))])["micro"]
    Score(precision=0.5, recall=0.5, f1=0.5, support=2)
    """
    true, found = [NOTHING], [NOTHING]  # scikit-learn refuses empty lists
    for right, guess in zip(gold, predicted, strict=True):
        if right.text != guess.text:
            raise ValueError(f"sentences differ: {right.text!r} and {guess.text!r}")
        by_place = [{(span.start, span.end): span.label for span in sentence.spans} for sentence in (right, guess)]
        for place in by_place[0] | by_place[1]:
            true.append(by_place[0].get(place, NOTHING))
            found.append(by_place[1].get(place, NOTHING))
    labels = [label.name for label in load_labels()]
    columns = precision_recall_fscore_support(true, found, labels=labels, zero_division=0.0)
    scores = {label: Score(*values) for label, *values in zip(labels, *(c.tolist() for c in columns), strict=True)}
    support = sum(value.support for value in scores.values())
    for average in ("micro", "macro"):
        p, r, f1, _ = precision_recall_fscore_support(true, found, labels=labels, average=average, zero_division=0.0)
        scores[average] = Score(float(p), float(r), float(f1), support)
    return scores
