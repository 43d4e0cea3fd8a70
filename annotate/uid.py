"""The permanent id of a sentence: the same in every file and project as long as the sentence does not change."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import count
from typing import Any

from annotate.sentence import Sentence

DIGITS = 16  # of 64 bits: among a million sentences, two share a uid by chance once in 37 million times
_UID = re.compile(rf"([0-9a-f]{{{DIGITS}}})(?:-([1-9]\d{{0,8}}))?", re.ASCII)


def to_uid(sentence: Sentence, *, repeat: int = 0) -> str:
    """Hash article and text to 16 hexadecimal digits. If `repeat` identical sentences come before, append `-repeat`.

    The position of a sentence does not matter: a line more or less before it changes nothing.

    >>> first = Sentence("光谷见。", article="a", number=1)
    >>> to_uid(first), to_uid(first, repeat=1)
    ('6cf4d4074ab40ccc', '6cf4d4074ab40ccc-1')
    """
    return _repeat(_digest(sentence.article, sentence.text), repeat)


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=DIGITS // 2).hexdigest()


def _repeat(first: str, repeat: int) -> str:
    return f"{first}-{repeat}" if repeat else first


def to_first(uid: str) -> str:
    """Return the uid of the first sentence with the same article and text.

    >>> to_first("6cf4d4074ab40ccc-1")
    '6cf4d4074ab40ccc'
    """
    return uid.partition("-")[0]


def is_uid(uid: Any, sentence: Sentence) -> bool:
    """Tell whether the uid was made from the article and text of this sentence, whichever repeat it was.

    >>> is_uid(to_uid(Sentence("见。"), repeat=2), Sentence("见。")), is_uid(to_uid(Sentence("见。")), Sentence("看。"))
    (True, False)
    """
    found = _UID.fullmatch(uid) if isinstance(uid, str) else None
    return found is not None and found[1] == to_uid(sentence)


def add_uids(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield each sentence with a `uid`. An existing uid stays if it fits the sentence and no earlier sentence has it.

    Sentences with the same article and text get different uids, in their order.

    >>> third, other = to_uid(Sentence("见。"), repeat=2), to_uid(Sentence("看。"))
    >>> alike = [Sentence("见。", extra={"uid": third}), Sentence("见。"), Sentence("见。", extra={"uid": other})]
    >>> [sentence.extra["uid"].partition("-")[2] for sentence in add_uids(alike)]
    ['2', '', '1']
    """
    taken: set[str] = set()
    seen: Counter[str] = Counter()
    for sentence in sentences:
        uid = sentence.extra.get("uid")
        if not is_uid(uid, sentence) or uid in taken:
            first = to_uid(sentence)
            repeat = next(repeat for repeat in count(seen[first]) if _repeat(first, repeat) not in taken)
            seen[first], uid = repeat + 1, _repeat(first, repeat)
        taken.add(str(uid))
        yield sentence.with_keys(uid=uid)


def number_repeats(sentences: Iterable[Sentence]) -> dict[tuple[str, int], str]:
    """Map the first uid and the number of each sentence to its uid, for sentences in any order that have none yet.

    Repeats of the same article and text are counted by their number. Sentences with the same number are copies of one.

    >>> late, early = (Sentence("见。", article="a", number=number) for number in (9, 5))
    >>> [uid.partition("-")[2] for uid in number_repeats([late, early, late]).values()]
    ['', '1']
    """
    numbers: dict[str, set[int]] = {}
    for sentence in sentences:
        numbers.setdefault(to_uid(sentence), set()).add(sentence.number)
    return {
        (first, number): _repeat(first, repeat)
        for first, alike in numbers.items()
        for repeat, number in enumerate(sorted(alike))
    }
