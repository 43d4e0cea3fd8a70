"""Offsets as doccano's page counts them, in UTF-16 units; our records count code points.

A character beyond the BMP, such as an emoji or 𠮷, has two units. A project with `grapheme_mode` counts grapheme
clusters of Unicode 10, such as a letter with its accent; Python's `regex` has newer tables.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from annotate.spans import LAST_OF_ONE_UNIT, Span


def to_page(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans of a text with the offsets at which doccano's page shows them.

    >>> to_page("🚀𠮷田制药", [Span(1, 5, "ORG")])
    [Span(start=2, end=7, label='ORG')]
    """
    if max(text, default="") <= LAST_OF_ONE_UNIT:
        return list(spans)
    units = _to_starts(text)
    return [Span(units[start], units[end], label) for start, end, label in spans]


def from_page(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans of doccano's page with offsets in code points.

    A span that ends behind the text still does. A span that cuts a character in two gets the whole character.

    >>> from_page("🚀𠮷田制药", [Span(2, 7, "ORG"), Span(1, 3, "ORG"), Span(7, 99, "ORG")])
    [Span(start=1, end=5, label='ORG'), Span(start=0, end=2, label='ORG'), Span(start=5, end=6, label='ORG')]
    """
    if max(text, default="") <= LAST_OF_ONE_UNIT:
        return list(spans)
    units = _to_starts(text)
    return [Span(bisect_right(units, start) - 1, bisect_left(units, end), label) for start, end, label in spans]


def _to_starts(text: str) -> list[int]:
    """The unit at which each character begins, and the total."""
    return list(accumulate((1 if character <= LAST_OF_ONE_UNIT else 2 for character in text), initial=0))
