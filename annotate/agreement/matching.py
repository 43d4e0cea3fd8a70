"""Compute the span F1 of two readings, from spans that match exactly or overlap.

F1 is twice the number of matches, divided by the number of spans of both readings. Their order does not matter.
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
    """The number of spans of two readings together, and the number of pairs that match, by label."""

    spans: Counter[str]
    exact: Counter[str]
    overlapping: Counter[str]


def count_matches(pairs: Iterable[tuple[Sentence, Sentence]]) -> Matches:
    """Count the matches between two readings, sentence by sentence.

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
    """Yield the spans of one reading that have a partner in the other: the same label and an overlap.

    Each span has at most one partner. In text order, each takes the first free one, which gives the most pairs.

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
    """Compute the agreement on one sentence, 0 to 1: the mean F1 over all pairs of readings.

    Two spans that only overlap count as half a match. Readings without spans agree. 1 means that all are the same.

    >>> long, short = (Sentence("东湖光谷见", (Span(start, 4, "PARK"),)) for start in (0, 2))
    >>> to_agreement((long, short)), to_agreement((long, short, Sentence("东湖光谷见"), long))
    (0.5, 0.3333333333333333)
    """
    return mean(_to_f1(count_matches([pair])) for pair in combinations(to_held(group), 2))


def _to_f1(matches: Matches) -> float:
    spans = matches.spans.total()
    return float(to_f1(matches.exact.total() + matches.overlapping.total(), 2 * spans)) if spans else 1.0
