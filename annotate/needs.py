"""What a text must have for a pattern to match in it, read off the pattern: most patterns need not be tried."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

LARGEST = 1000  # characters of a set: all digits of Unicode, but not all of Han
COMMON = frozenset("0123456789一二三十百万年月日的在中国市区业产园公司企新高发大工医")  # in most sentences of the field
SETS = 4  # of a pattern: more of them cost more than they save
DIGITS = frozenset(character for character in map(chr, range(0x20000)) if character.isdecimal())
REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


def find_needs(pattern: re.Pattern[str]) -> Iterator[frozenset[str]]:
    """Yield sets of characters, the rarest first: a text in which the pattern matches has a character of each set.

    >>> [sorted(characters) for characters in find_needs(re.compile("第?[12](?:家|件)(?!.*无)"))]
    [['件', '家'], ['1', '2']]
    >>> list(find_needs(re.compile(".*"))), list(find_needs(re.compile("(?i)a")))
    ([], [])
    """
    if not pattern.flags & re.IGNORECASE:
        found = set(_find_sets(parser.parse(pattern.pattern, pattern.flags)))
        yield from sorted(found, key=lambda characters: (weigh(characters), sorted(characters)))[:SETS]


def weigh(characters: Iterable[str]) -> int:
    """Estimate how often a text has one of these characters.

    >>> weigh("个"), weigh("年前")
    (1, 31)
    """
    return sum(30 if character in COMMON else 1 for character in characters)


class Needs(NamedTuple):
    """Tells which patterns can match in a text. Bit `place * patterns + n` of a number stands for one set of pattern n.

    `bits` maps each character to the sets that have it; `always` are the sets that a pattern does not have.
    """

    patterns: int
    always: int
    bits: Mapping[str, int]

    def select(self, text: str) -> int:
        """Return the number whose bit n says whether pattern n can match in this text."""
        bits = self.always
        for character in set(text) & self.bits.keys():
            bits |= self.bits[character]
        for _ in range(1, SETS):
            bits &= bits >> self.patterns
        return bits


def index_needs(patterns: Iterable[re.Pattern[str]]) -> Needs:
    """Index what some patterns need.

    >>> needs = index_needs([re.compile("a[bc]"), re.compile(".")])
    >>> [list(list_bits(needs.select(text))) for text in ("ab", "a", "")]
    [[0, 1], [1], [1]]
    """
    needs = [list(find_needs(pattern)) for pattern in patterns]
    always, bits = 0, defaultdict[str, int](int)
    for place in range(SETS):
        for number, sets in enumerate(needs):
            bit = 1 << (place * len(needs) + number)
            if place < len(sets):
                for character in sets[place]:
                    bits[character] |= bit
            else:
                always |= bit
    return Needs(len(needs), always, dict(bits))


def list_bits(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first.

    >>> list(list_bits(0b1011))
    [0, 1, 3]
    """
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _find_sets(items: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """Yield the sets of a part of a parsed pattern."""
    for kind, value in items:
        if kind is code.LITERAL:
            yield frozenset(chr(value))
        elif kind is code.IN:
            yield from _unite(map(_to_characters, value))
        elif kind is code.BRANCH:
            yield from _unite(min(_find_sets(branch), key=weigh, default=None) for branch in value[1])
        elif kind is code.SUBPATTERN:
            if not value[1] & re.IGNORECASE:
                yield from _find_sets(value[3])
        elif kind is code.ATOMIC_GROUP:
            yield from _find_sets(value)
        elif kind is code.ASSERT:
            yield from _find_sets(value[1])
        elif kind in REPEATS and value[0] > 0:
            yield from _find_sets(value[2])


def _unite(alternatives: Iterable[frozenset[str] | None]) -> Iterator[frozenset[str]]:
    """Yield the characters of all alternatives, if each is known and they are not too many."""
    known = list(alternatives)
    united = frozenset[str]().union(*filter(None, known))
    if all(known) and len(united) <= LARGEST:
        yield united


def _to_characters(item: tuple[Any, Any]) -> frozenset[str] | None:
    """The characters of one item of a character class, or None if they are too many or the class is negated."""
    match item:
        case (code.LITERAL, character):
            return frozenset(chr(character))
        case (code.RANGE, (first, last)) if last - first < LARGEST:
            return frozenset(map(chr, range(first, last + 1)))
        case (code.CATEGORY, code.CATEGORY_DIGIT):
            return DIGITS
    return None
