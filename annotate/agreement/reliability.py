"""Measure agreement beyond chance, character by character: each character has a label or none.

J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20 (1960).
K. Krippendorff, Computing Krippendorff's Alpha-Reliability, University of Pennsylvania 2011, section C.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score, confusion_matrix

from annotate.agreement.groups import ReadingGroups
from annotate.settings import load_labels

MISSING, NO_LABEL = -1, 0
Codes = NDArray[np.int8]
"""Readings × characters: MISSING, NO_LABEL, or the number of the label, from 1."""


def to_codes(grouped: ReadingGroups) -> Codes:
    """Encode the label of each character in each reading; MISSING if the reading lacks the sentence.

    >>> from annotate.sentence import Sentence
    >>> from annotate.spans import Span
    >>> one = Sentence("去光谷", (Span(1, 3, "PARK"),))
    >>> to_codes(ReadingGroups(("li", "wang", "zhao"), [(one, Sentence("去光谷"), None)], (0, 0, 0))).tolist()
    [[0, 1, 1], [0, 0, 0], [-1, -1, -1]]
    """
    numbers = {label.name: number for number, label in enumerate(load_labels(), start=1)}
    blocks = []
    for group in grouped.groups:
        length = max(len(sentence.text) for sentence in group if sentence)
        block = np.full((len(group), length), MISSING, dtype=np.int8)
        for row, sentence in zip(block, group, strict=True):
            if sentence:
                row[:] = NO_LABEL
                for start, end, label in sentence.spans:
                    row[start:end] = numbers[label]
        blocks.append(block)
    return np.concatenate(blocks, axis=1)


def to_kappa(codes: Codes) -> float | None:
    """Compute Cohen's kappa of two readings over the characters that both have; None if all have the same code.

    >>> to_kappa(np.array([[0, 0, 1, 1], [0, 1, 1, 1]], dtype=np.int8))
    0.5
    """
    shared = codes[:, (codes != MISSING).all(axis=0)]
    return float(cohen_kappa_score(*shared)) if len(np.unique(shared)) > 1 else None


def to_alpha(codes: Codes) -> float | None:
    """Compute Krippendorff's nominal alpha of two or more readings; None if all characters have the same code.

    Alpha is 1 - observed / expected disagreement, over the characters that at least two readings have. Observed is the
    share of differing pairs of values within a character, expected the share among all values. If n readings have a
    character, each of its pairs weighs 1 / (n - 1).

    >>> to_alpha(np.array([[0, 0, 1, 1], [0, 1, 1, 1], [-1, 1, -1, -1]], dtype=np.int8))
    0.5555555555555556
    """
    values = range(max(2, int(codes.max()) + 1))  # scikit-learn warns about a single value
    held = codes != MISSING
    weights = 1 / np.maximum(held.sum(axis=0) - 1, 1)
    coincidences = np.zeros((len(values), len(values)))
    for first, second in combinations(range(len(codes)), 2):
        both = held[first] & held[second]
        if both.any():
            found = confusion_matrix(
                codes[first, both], codes[second, both], labels=values, sample_weight=weights[both]
            )
            coincidences += found + found.T
    totals = coincidences.sum(axis=0)
    pairs = np.outer(totals, totals) / (totals.sum() - 1)
    differing = ~np.eye(len(values), dtype=bool)
    expected = pairs[differing].sum()
    return float(1 - coincidences[differing].sum() / expected) if expected else None
