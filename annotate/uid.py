"""The permanent id of a sentence: the same in every file and project as long as the sentence does not change."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import count
from typing import Any, NamedTuple

from annotate.sentence import Sentence

DIGITS = 16  # of 64 bits: among a million sentences, two share a uid by chance once in 37 million times
REPEATS = 1000  # repeats of the same sentence that are tried to recognise an old uid
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


class OldUid(NamedTuple):
    """A uid of the old format, made of article, number and text. Old uids sort by the position in the article."""

    number: int
    repeat: int
    uid: str


def recognise_old_uid(sentence: Sentence) -> OldUid | None:
    """Return the old uid of a sentence; if it has no uid, the one it would have had. None if its uid is not an old one.

    >>> sentence = Sentence("光谷见。", article="a", number=1)
    >>> recognise_old_uid(sentence)
    OldUid(number=1, repeat=0, uid='0593a97489bc0460')
    >>> recognise_old_uid(next(add_uids([sentence])))
    """
    uid = sentence.extra.get("uid")
    if not uid:
        return to_old_uid(sentence)
    if is_uid(uid, sentence) or not isinstance(uid, str) or not _UID.fullmatch(uid):
        return None
    olds = (to_old_uid(sentence, repeat=repeat) for repeat in range(REPEATS))
    return next((old for old in olds if old.uid == uid), None)


def to_old_uid(sentence: Sentence, *, repeat: int = 0) -> OldUid:
    """Make the old uid from article, number and text, and from how many sentences with the same three came before."""
    again = [str(repeat)] if repeat else []
    uid = _digest(sentence.article, str(sentence.number), sentence.text, *again)
    return OldUid(sentence.number, repeat, uid)


def renew_uids(sentences: Iterable[Sentence]) -> dict[str, str]:
    """Map each old uid to today's uid. Repeats of the same article and text are counted in the order of their number.

    >>> late, early = (Sentence("见。", article="a", number=number) for number in (9, 5))
    >>> uids = renew_uids([late, early, late])
    >>> [uids[to_old_uid(sentence).uid].partition("-")[2] for sentence in (late, early)]
    ['1', '']
    """
    alike: dict[str, set[OldUid]] = {}
    for sentence in sentences:
        if old := recognise_old_uid(sentence):
            alike.setdefault(to_uid(sentence), set()).add(old)
    return {old.uid: _repeat(first, repeat) for first, olds in alike.items() for repeat, old in enumerate(sorted(olds))}
