"""What a sentence is called for good: the same in every file, project and year, as long as it is the same sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from annotate.corpus import Sentence

DIGITS = 16  # of 64 bits: among a million sentences, two share a uid by chance once in 37 million times
REPEATS = 1000  # sentences alike that are told apart


def to_uid(sentence: Sentence, *, repeat: int = 0) -> str:
    """16 hexadecimal digits of article, number and text, and of how many sentences with all three came before.

    >>> to_uid(Sentence("光谷见。", article="a", number=1)), to_uid(Sentence("光谷见。", article="a", number=2))
    ('0593a97489bc0460', '06d7c615b0592677')
    """
    parts = (sentence.article, str(sentence.number), sentence.text, *([str(repeat)] if repeat else []))
    return blake2b("\0".join(parts).encode(), digest_size=DIGITS // 2).hexdigest()


def is_uid(uid: str, sentence: Sentence) -> bool:
    """Whether the uid was made from this sentence, or from one like it that came after others like it.

    >>> is_uid(to_uid(Sentence("见。"), repeat=2), Sentence("见。")), is_uid(to_uid(Sentence("见。")), Sentence("看。"))
    (True, False)
    """
    return any(uid == to_uid(sentence, repeat=repeat) for repeat in range(REPEATS))


def add_uids(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield each sentence with its `uid`; whatever uid it had before is of no account.

    Sentences that are alike in article, number and text get different ones, in their order.

    >>> uids = [sentence.extra["uid"] for sentence in add_uids([Sentence("见。"), Sentence("见。")])]
    >>> uids[0] == to_uid(Sentence("见。")), uids[0] == uids[1]
    (True, False)
    """
    seen: Counter[str] = Counter()
    for sentence in sentences:
        uid = to_uid(sentence)
        seen[uid] += 1
        yield sentence.with_spans(sentence.spans, uid=to_uid(sentence, repeat=seen[uid] - 1))
