"""Lists of names and words, one a line, all looked for in one pass over a text (Aho-Corasick)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from annotate.errors import ParknerError
from annotate.files import read_text
from annotate.normalise import normalise

LATIN = re.compile(r"[A-Za-z0-9]{2}")


class Gazetteer(NamedTuple):
    """The names, what each stands for (a rule's name, or the sign of a class of words), and the automaton of them."""

    names: tuple[str, ...]
    meanings: tuple[str, ...]
    automaton: AhoCorasick


class Lexicon(NamedTuple):
    """Words, each with the sign of its class, and the signs of the classes by name."""

    words: Gazetteer
    signs: Mapping[str, str]

    def mark(self, text: str) -> str:
        """The text with each known word masked by the sign of its class (`mark_words`)."""
        return mark_words(text, match_names(text, self.words))

    def join_signs(self, *classes: str) -> str:
        """The signs of these classes; one that is not defined has none."""
        return "".join(self.signs.get(name, "") for name in classes)


def load_names(path: Path) -> list[str]:
    """The names of a list, normalised; blank lines and what follows a `#` are passed over.

    Raises ParknerError for a list that cannot be read or has no name in it.
    """
    lines = normalise(read_text(path)).text.splitlines()
    names = [name for line in lines if (name := line.partition("#")[0].strip())]
    if not names:
        raise ParknerError(f"{path}: no names in this list")
    return names


def add_aliases(names: Iterable[str], aliases: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield each name, and its other forms: the last part of it that is a key of `aliases` written otherwise.

    >>> list(add_aliases(["青州高新技术产业开发区", "青谷"], {"高新技术产业开发区": ["高新区"]}))
    ['青州高新技术产业开发区', '青州高新区', '青谷']
    """
    for name in names:
        yield name
        for ending, others in aliases.items():
            if name.endswith(ending):
                yield from (name.removesuffix(ending) + other for other in others)


def build_gazetteer(meanings: Mapping[str, str]) -> Gazetteer:
    """Make the automaton of a mapping from names to what they stand for."""
    return Gazetteer(tuple(meanings), tuple(meanings.values()), AhoCorasick(meanings, MatchKind.LeftmostLongest))


def match_names(text: str, gazetteer: Gazetteer) -> list[tuple[int, int, str]]:
    """Find (start, end, meaning) of each name, in text order; of those that overlap the leftmost, then the longest.

    >>> match_names("青谷新城和青谷", build_gazetteer({"青谷": "park", "青谷新城": "city"}))
    [(0, 4, 'city'), (5, 7, 'park')]
    """
    meanings = gazetteer.meanings
    return [(start, end, meanings[index]) for index, start, end in gazetteer.automaton.find_matches_as_indexes(text)]


def cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether a place begins or ends within a run of Latin letters and digits: what stands there is another word.

    >>> cuts_latin("BioBAY2", 0, 6), cuts_latin("在BioBAY", 1, 7)
    (True, False)
    """
    return bool(LATIN.fullmatch(text, max(start - 1, 0), start + 1) or LATIN.fullmatch(text, end - 1, end + 1))


def mark_words(text: str, words: Iterable[tuple[int, int, str]]) -> str:
    """The text with every character of a word that `match_names` found replaced by its meaning, one character.

    A word whose meaning is empty stays as it is, and so do the words inside it. Positions stay what they were.

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
