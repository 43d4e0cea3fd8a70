"""Labelled spans of a text: half-open offsets in Unicode code points."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]` is a mention of kind `label`."""

    start: int
    end: int
    label: str

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}, {self.label}]"

    def shift(self, offset: int) -> "Span":
        """The same span where its text stands `offset` characters further on."""
        return Span(self.start + offset, self.end + offset, self.label)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common.

    >>> overlap(Span(0, 2, "PARK"), Span(1, 3, "ORG")), overlap(Span(0, 2, "PARK"), Span(2, 3, "ORG"))
    (True, False)
    """
    return one.start < other.end and other.start < one.end


def keep_longest(spans: Iterable[Span]) -> list[Span]:
    """Drop every span that overlaps a longer one; what stays is in text order.

    Of two overlapping spans of one length the one given first stays, so the order is the priority.

    >>> keep_longest([Span(0, 5, "PARK"), Span(0, 10, "ORG")])
    [Span(start=0, end=10, label='ORG')]
    >>> keep_longest([Span(2, 4, "ORG"), Span(3, 5, "PARK"), Span(5, 6, "DATE")])
    [Span(start=2, end=4, label='ORG'), Span(start=5, end=6, label='DATE')]
    """
    return keep_first(sorted(spans, key=lambda span: span.start - span.end))


def keep_first(spans: Iterable[Span]) -> list[Span]:
    """Drop every span that overlaps one given before it; what stays is in text order.

    >>> keep_first([Span(0, 5, "PARK"), Span(0, 10, "ORG")])
    [Span(start=0, end=5, label='PARK')]
    """
    kept: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        characters = range(span.start, span.end)
        if taken.isdisjoint(characters):
            taken.update(characters)
            kept.append(span)
    return sorted(kept)


def find_overlaps(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield each span with a neighbour before it that reaches into it, in text order.

    >>> list(find_overlaps([Span(3, 5, "ORG"), Span(0, 4, "PARK")]))
    [(Span(start=0, end=4, label='PARK'), Span(start=3, end=5, label='ORG'))]
    """
    furthest: Span | None = None
    for span in sorted(spans):
        if furthest and span.start < furthest.end:
            yield furthest, span
        if furthest is None or span.end > furthest.end:
            furthest = span
