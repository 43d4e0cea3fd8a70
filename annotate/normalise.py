"""Normalise text for the rules: Simplified characters, half width, no pinyin in brackets."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import opencc

from annotate.spans import Span

PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\(([a-zü]{0,5}[\u00e0-\u01dc]?[a-z]{0,3})\)")
BLOCKS = [(0xA0, 0x100), (0x2000, 0x2E80), (0x2F00, 0xA000), (0xF900, 0xFB00), (0xFE30, 0xFFF0)]


class Normalised(NamedTuple):
    """The normalised text, and the start and end of each of its characters in the original text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def to_span(self, start: int, end: int, label: str) -> Span:
        """Return the span of `text[start:end]` in the original text, without blanks at its edges. It must hold text."""
        while self.text[start].isspace():
            start += 1
        while self.text[end - 1].isspace():
            end -= 1
        return Span(self.starts[start], self.ends[end - 1], label)

    def from_span(self, span: Span) -> Span:
        """Convert a span of the original text into offsets of `text`: the inverse of `to_span`."""
        return Span(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end), span.label)


@cache
def load_folding() -> dict[int, str]:
    """Map the code point of each character that normalisation changes to the one character that replaces it.

    >>> [load_folding()[ord(character)] for character in "藥（％"]
    ['药', '(', '%']
    """
    folding = {}
    characters = [chr(code) for first, after in BLOCKS for code in range(first, after)]
    simplified = load_converter().convert("\n".join(characters)).split("\n")
    for character, simple in zip(characters, simplified, strict=True):
        folded = unicodedata.normalize("NFKC", simple)
        if len(folded) == 1 and folded != character:
            folding[ord(character)] = folded
    return folding


@lru_cache(maxsize=1024)  # the same sentences of an article are normalised again and again
def normalise(text: str) -> Normalised:
    """Convert width and script character by character, and drop pinyin in brackets.

    Latin letters in brackets are pinyin if they have a tone mark or follow a Traditional character.

    >>> found = normalise("在杭州醫(yī)藥港２")
    >>> found.text, found.to_span(1, 6, "PARK")
    ('在杭州医药港2', Span(start=1, end=10, label='PARK'))
    """
    folded = text.translate(load_folding())
    kept: list[range] = []
    position = 0
    for bracket in PINYIN.finditer(folded):
        before = bracket.start() - 1
        if not bracket[1].isascii() or text[before] != folded[before]:
            kept.append(range(position, bracket.start()))
            position = bracket.end()
    if not kept:
        return Normalised(folded, range(len(text)), range(1, len(text) + 1))
    kept.append(range(position, len(text)))
    starts = array("q", chain.from_iterable(kept))
    ends = starts[1:] + array("q", [len(text)])
    return Normalised("".join(folded[part.start : part.stop] for part in kept), starts, ends)


def simplify(text: str) -> str:
    """Convert to Simplified characters by phrases, and drop pinyin in brackets. For display only: offsets change.

    >>> simplify("醫(yī)藥港（青蘆灣）與(pH)值")
    '医药港（青芦湾）与(pH)值'
    """
    return str(load_converter().convert("".join(text[start] for start in normalise(text).starts)))


@cache
def load_converter() -> opencc.OpenCC:
    """Load the converter from Traditional to Simplified characters."""
    return opencc.OpenCC("t2s")
