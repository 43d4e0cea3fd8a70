"""Normalise text for the rules: Simplified, half width, without what does not belong to the words."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

import opencc

from annotate.glosses import HAN, find_glosses
from annotate.settings import CONFIGS
from annotate.spans import Span

RARE = re.compile("[\U00020000-\U0003ffff]")
STAND_IN = "\u3400"  # for a character beyond the first plane, so that the rules need not know of those
_INVISIBLE = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
INVISIBLE = re.compile(f"[{_INVISIBLE}]+")
UNUSUAL = re.compile(f"[{_INVISIBLE}\U00020000-\U0003ffff]")
SPACED = re.compile(
    rf"(?<![^\s])(?:[{HAN}] {{1,2}}){{3,}}(?:[{HAN}0-9]|[,。、;:!?])(?: {{1,2}}[{HAN}0-9,。、;:!?])*(?![^\s])"
)
BLANKS = re.compile(" +")
BRACKETS = {ord("〔"): "(", ord("〕"): ")", ord("﹝"): "(", ord("﹞"): ")", 0x20BB7: "吉"}
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
    return folding | BRACKETS


@lru_cache(maxsize=1024)  # the same sentences of an article are normalised again and again
def normalise(text: str) -> Normalised:
    """Convert width and script character by character. Glosses, invisible characters and blanks in words are left out.

    A gloss (`annotate.glosses`) belongs to the character before it. A line of single characters with blanks between
    them is read without these blanks.

    >>> found = normalise("在杭州醫(yī)藥港２")
    >>> found.text, found.to_span(1, 6, "PARK")
    ('在杭州医药港2', Span(start=1, end=10, label='PARK'))
    >>> normalise("1\u00ad2亿元").text, normalise("南 科 管 理 局").text
    ('12亿元', '南科管理局')
    """
    folded = text.translate(load_folding())
    left_out: list[tuple[int, int]] = []
    if UNUSUAL.search(folded):
        folded = RARE.sub(STAND_IN, folded)
        left_out += (match.span() for match in INVISIBLE.finditer(folded))
    if folded.count(" ") > 2:
        for line in SPACED.finditer(folded):
            left_out += (match.span() for match in BLANKS.finditer(folded, *line.span()))
    glosses = list(find_glosses(text, folded))
    left_out += glosses
    if not left_out:
        return Normalised(folded, range(len(text)), range(1, len(text) + 1))
    kept = bytearray(b"\1" * len(text))
    for start, end in left_out:
        kept[start:end] = bytes(end - start)
    starts = array("q", compress(range(len(text)), kept))
    ends = array("q", (start + 1 for start in starts))
    for start, end in glosses:
        ends[bisect_left(starts, start) - 1] = end
    return Normalised("".join(compress(folded, kept)), starts, ends)


def simplify(text: str) -> str:
    """Convert to Simplified characters by phrases, and drop glosses. For display only: offsets change.

    `configs/kept-names.txt` lists names whose Simplified form keeps a character that is Traditional elsewhere: 乾安.

    >>> simplify("醫(yī)藥港（青蘆灣）與(pH)值"), simplify("乾安縣的餅乾")
    ('医药港（青芦湾）与(pH)值', '乾安县的饼干')
    """
    plain = "".join(text[start] for start in normalise(text).starts)
    names, pattern = load_kept_names()
    parts, position = [], 0
    for match in pattern.finditer(plain.translate(load_folding())):
        name, start = names[match[0]], match.start()
        if all(plain[start + i] == name[i] for i in range(len(name)) if name[i] != match[0][i]):
            parts += [load_converter().convert(plain[position:start]), name]
            position = match.end()
    return "".join([*parts, load_converter().convert(plain[position:])])


@cache
def load_kept_names() -> tuple[dict[str, str], re.Pattern[str]]:
    """Map each name of `configs/kept-names.txt`, converted character by character, to the name; and their pattern."""
    lines = (line.strip() for line in (CONFIGS / "kept-names.txt").read_text("utf-8").splitlines())
    names = {name.translate(load_folding()): name for name in lines if name and not name.startswith("#")}
    return names, re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


@cache
def load_converter() -> opencc.OpenCC:
    """Load the converter from Traditional to Simplified characters."""
    return opencc.OpenCC("t2s")
