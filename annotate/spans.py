"""Labelled spans of a text: half-open offsets in Unicode code points."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MARKS = frozenset("，。、；：！？,;:!?…·•｡､﹐﹑﹒﹔﹕﹖﹗")  # punctuation with which no mention begins or ends
LAST_OF_ONE_UNIT = "\uffff"  # what lies beyond is two units of UTF-16, and one code point


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


def mask(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with NUL in place of each character of some places; offsets stay what they were.

    >>> mask("在光谷见", [(1, 3), (2, 3)])
    '在\\x00\\x00见'
    """
    parts, position = [], 0
    for start, end in sorted(places):
        parts += [text[position:start], "\0" * (end - max(start, position))]
        position = max(position, end)
    return "".join([*parts, text[position:]])


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common.

    >>> overlap(Span(0, 2, "PARK"), Span(1, 3, "ORG")), overlap(Span(0, 2, "PARK"), Span(2, 3, "ORG"))
    (True, False)
    """
    return one.start < other.end and other.start < one.end


def trim(span: Span, text: str) -> Span:
    """The span without what no mention begins or ends with: blanks, invisible characters, MARKS; nothing may be left.

    Brackets, quotation marks, signs and points may belong to a name or a number.

    >>> trim(Span(0, 5, "PARK"), " 光谷　，见"), trim(Span(1, 4, "PARK"), "在《光谷》见")
    (Span(start=1, end=3, label='PARK'), Span(start=1, end=4, label='PARK'))
    """
    start, end, label = span
    if not 0 <= start < end <= len(text):
        return span  # unsound, which is not mended here
    while start < end and _is_edge(text[end - 1]):
        end -= 1
    while start < end and _is_edge(text[start]):
        start += 1
    return Span(start, end, label)


def _is_edge(character: str) -> bool:
    return character in MARKS or character.isspace() or unicodedata.category(character) == "Cf"


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
    """Drop every span that overlaps one given before it; what stays is in text order. An empty span overlaps none.

    >>> keep_first([Span(0, 5, "PARK"), Span(0, 10, "ORG")])
    [Span(start=0, end=5, label='PARK')]
    """
    kept: list[Span] = []  # in text order, so that only the neighbours of a place can overlap what comes there
    empty: list[Span] = []
    for span in spans:
        place = bisect_left(kept, span)
        if span.start >= span.end:
            empty.append(span)
        elif not any(overlap(span, neighbour) for neighbour in kept[max(place - 1, 0) : place + 1]):
            kept.insert(place, span)
    return sorted([*kept, *empty])


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
