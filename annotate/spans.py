"""Labelled spans of a text: half-open offsets in Unicode code points."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MARKS = frozenset("，。、；：！？,;:!?…·•｡､﹐﹑﹒﹔﹕﹖﹗")  # no mention begins or ends with one of these
LAST_OF_ONE_UNIT = "\uffff"  # a character beyond it is two units of UTF-16, but one code point


class Span(NamedTuple):
    """`text[start:end]` is a mention of kind `label`."""

    start: int
    end: int
    label: str

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}, {self.label}]"

    def shift(self, offset: int) -> "Span":
        """Return the span moved `offset` characters to the right."""
        return Span(self.start + offset, self.end + offset, self.label)


def mask(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Replace each character in some places of a text with NUL. Offsets do not change.

    >>> mask("在光谷见", [(1, 3), (2, 3)])
    '在\\x00\\x00见'
    """
    parts, position = [], 0
    for start, end in sorted(places):
        parts += [text[position:start], "\0" * (end - max(start, position))]
        position = max(position, end)
    return "".join([*parts, text[position:]])


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans have a character in common.

    >>> overlap(Span(0, 2, "PARK"), Span(1, 3, "ORG")), overlap(Span(0, 2, "PARK"), Span(2, 3, "ORG"))
    (True, False)
    """
    return one.start < other.end and other.start < one.end


def trim(span: Span, text: str) -> Span:
    """Cut blanks, invisible characters and MARKS off both ends of a span. The result may be empty.

    Brackets, quotation marks, signs and decimal points stay: they may belong to a name or a number.

    >>> trim(Span(0, 5, "PARK"), " 光谷　，见"), trim(Span(1, 4, "PARK"), "在《光谷》见")
    (Span(start=1, end=3, label='PARK'), Span(start=1, end=4, label='PARK'))
    """
    start, end, label = span
    if not 0 <= start < end <= len(text):
        return span  # a faulty span, which is not repaired here
    while start < end and _is_edge(text[end - 1]):
        end -= 1
    while start < end and _is_edge(text[start]):
        start += 1
    return Span(start, end, label)


def _is_edge(character: str) -> bool:
    return character in MARKS or character.isspace() or unicodedata.category(character) == "Cf"


def keep_longest(spans: Iterable[Span]) -> list[Span]:
    """Drop every span that overlaps a longer one. The result is in text order.

    Of two overlapping spans of the same length, the first in the input stays, so the order is the priority.

    >>> keep_longest([Span(0, 5, "PARK"), Span(0, 10, "ORG")])
    [Span(start=0, end=10, label='ORG')]
    >>> keep_longest([Span(2, 4, "ORG"), Span(3, 5, "PARK"), Span(5, 6, "DATE")])
    [Span(start=2, end=4, label='ORG'), Span(start=5, end=6, label='DATE')]
    """
    return keep_first(sorted(spans, key=lambda span: span.start - span.end))


def keep_first(spans: Iterable[Span]) -> list[Span]:
    """Drop every span that overlaps an earlier one of the input. The result is in text order; empty spans all stay.

    >>> keep_first([Span(0, 5, "PARK"), Span(0, 10, "ORG")])
    [Span(start=0, end=5, label='PARK')]
    """
    kept: list[Span] = []  # in text order, so only the two neighbours of a new span can overlap it
    empty: list[Span] = []
    for span in spans:
        place = bisect_left(kept, span)
        if span.start >= span.end:
            empty.append(span)
        elif not any(overlap(span, neighbour) for neighbour in kept[max(place - 1, 0) : place + 1]):
            kept.insert(place, span)
    return sorted([*kept, *empty])


def find_overlaps(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield (earlier span, span) for each span that overlaps an earlier one, in text order.

    >>> list(find_overlaps([Span(3, 5, "ORG"), Span(0, 4, "PARK")]))
    [(Span(start=0, end=4, label='PARK'), Span(start=3, end=5, label='ORG'))]
    """
    furthest: Span | None = None
    for span in sorted(spans):
        if furthest and span.start < furthest.end:
            yield furthest, span
        if furthest is None or span.end > furthest.end:
            furthest = span
