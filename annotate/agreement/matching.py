"""Span F1 of two readings: how many spans of the one the other has too, exactly or nearly.

F1 is twice the spans matched, over the spans of both readings together; it does not matter which reading comes first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from statistics import mean
from typing import NamedTuple

from annotate.agreement.groups import Group, to_held
from annotate.quality.score import to_f1
from annotate.sentence import Sentence
from annotate.spans import Span, overlap


class Matches(NamedTuple):
    """How many spans two readings have, both together, and how many pairs of them match, by label."""

    spans: Counter[str]
    exact: Counter[str]
    overlapping: Counter[str]


def count_matches(pairs: Iterable[tuple[Sentence, Sentence]]) -> Matches:
    """Count what two readings have in common, sentence by sentence.

    >>> one, other = Sentence("东湖光谷见", (Span(2, 4, "PARK"),)), Sentence("东湖光谷见", (Span(0, 4, "PARK"),))
    >>> count_matches([(one, other)])
    Matches(spans=Counter({'PARK': 2}), exact=Counter(), overlapping=Counter({'PARK': 1}))
    """
    matches = Matches(Counter(), Counter(), Counter())
    for first, second in pairs:
        matches.spans.update(span.label for span in (*first.spans, *second.spans))
        matches.exact.update(span.label for span in {*first.spans} & {*second.spans})
        matches.overlapping.update(span.label for span in find_overlapping(first.spans, second.spans))
    return matches


def find_overlapping(first: Iterable[Span], second: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans of one reading that have a partner in the other: same label, at least a character in common.

    One to one, and as many as possible: in text order, each takes the first partner that is still free.

    >>> list(find_overlapping([Span(0, 9, "ORG")], [Span(0, 3, "ORG"), Span(3, 9, "ORG")]))
    [Span(start=0, end=9, label='ORG')]
    """
    free = sorted(second)
    for span in sorted(first):
        partner = next((other for other in free if other.label == span.label and overlap(span, other)), None)
        if partner:
            free.remove(partner)
            yield span


def to_agreement(group: Group) -> float:
    """How well the readings of one sentence agree, 0 to 1: the mean over all pairs of readings of their F1.

    Here a pair of spans that only overlap counts half. Readings without spans agree. 1 only where all have the same.

    >>> long, short = (Sentence("东湖光谷见", (Span(start, 4, "PARK"),)) for start in (0, 2))
    >>> to_agreement((long, short)), to_agreement((long, short, Sentence("东湖光谷见"), long))
    (0.5, 0.3333333333333333)
    """
    return mean(_to_f1(count_matches([pair])) for pair in combinations(to_held(group), 2))


def _to_f1(matches: Matches) -> float:
    spans = matches.spans.total()
    return float(to_f1(matches.exact.total() + matches.overlapping.total(), 2 * spans)) if spans else 1.0
