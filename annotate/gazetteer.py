"""Lists of names and words, one per line. One pass over a text finds all of them (Aho-Corasick)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from annotate.errors import ParknerError
from annotate.files import read_text
from annotate.normalise import normalise

LATIN = re.compile(r"[A-Za-z0-9]{2}")


class Gazetteer(NamedTuple):
    """The names, the meaning of each (a rule's name, or the sign of a word class), and their automaton."""

    names: tuple[str, ...]
    meanings: tuple[str, ...]
    automaton: AhoCorasick


class Lexicon(NamedTuple):
    """Words with the sign of their class, and the signs by class name."""

    words: Gazetteer
    signs: Mapping[str, str]

    def mark(self, text: str) -> str:
        """Replace the characters of each known word with the sign of its class (`mark_words`)."""
        return mark_words(text, match_names(text, self.words))

    def join_signs(self, *classes: str) -> str:
        """Join the signs of these classes. A class that is not defined is skipped."""
        return "".join(self.signs.get(name, "") for name in classes)


def load_names(path: Path) -> list[str]:
    """Read the names of a list, normalised. Blank lines, and text after a `#`, are skipped.

    Raises ParknerError if the list cannot be read or has no name in it.
    """
    lines = normalise(read_text(path)).text.splitlines()
    names = [name for line in lines if (name := line.partition("#")[0].strip())]
    if not names:
        raise ParknerError(f"{path}: no names in this list")
    return names


def add_aliases(names: Iterable[str], aliases: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield each name and its aliases: if it ends with a key of `aliases`, the name with each other ending.

    >>> list(add_aliases(["青州高新技术产业开发区", "青谷"], {"高新技术产业开发区": ["高新区"]}))
    ['青州高新技术产业开发区', '青州高新区', '青谷']
    """
    for name in names:
        yield name
        for ending, others in aliases.items():
            if name.endswith(ending):
                yield from (name.removesuffix(ending) + other for other in others)


def build_gazetteer(meanings: Mapping[str, str]) -> Gazetteer:
    """Build a gazetteer from a mapping of names to their meanings."""
    # By default few names make a faster automaton that takes five times as long to build; each article has its own.
    automaton = AhoCorasick(meanings, MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
    return Gazetteer(tuple(meanings), tuple(meanings.values()), automaton)


def match_names(text: str, gazetteer: Gazetteer) -> list[tuple[int, int, str]]:
    """Find (start, end, meaning) of each name, in text order. If names overlap, the leftmost wins, then the longest.

    >>> match_names("青谷新城和青谷", build_gazetteer({"青谷": "park", "青谷新城": "city"}))
    [(0, 4, 'city'), (5, 7, 'park')]
    """
    meanings = gazetteer.meanings
    return [(start, end, meanings[index]) for index, start, end in gazetteer.automaton.find_matches_as_indexes(text)]


def cuts_latin(text: str, start: int, end: int) -> bool:
    """Tell whether a match begins or ends inside a run of Latin letters and digits, so that it is part of another word.

    >>> cuts_latin("BioBAY2", 0, 6), cuts_latin("在BioBAY", 1, 7)
    (True, False)
    """
    return bool(LATIN.fullmatch(text, max(start - 1, 0), start + 1) or LATIN.fullmatch(text, end - 1, end + 1))


def mark_words(text: str, words: Iterable[tuple[int, int, str]]) -> str:
    """Replace each character of the words that `match_names` found with the word's meaning, which is one character.

    A word with an empty meaning stays unchanged, and so do the words inside it. Positions do not change.

    >>> signs = build_gazetteer({"走进": "-", "青谷": "P", "高新": "g", "高新区": ""})
    >>> mark_words("走进青谷高新区", match_names("走进青谷高新区", signs))
    '--PP高新区'
    """
    parts: list[str] = []
    position = 0
    for start, end, sign in words:
        parts.append(text[position:start])
        parts.append(sign * (end - start) or text[start:end])
        position = end
    return "".join([*parts, text[position:]])
