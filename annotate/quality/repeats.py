"""What sentences have in common: runs that held-out text shares with training text, and near repeats."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from annotate.normalise import normalise
from annotate.sentence import Sentence
from annotate.settings import NAMES
from annotate.spans import mask

RUN = 13  # characters; a run of so many outside of names hardly comes about by chance
GRAM = 3  # characters; what near repeats are compared by
HOLDERS = 500  # texts that a rare trigram leads to; of 17,000 sentences of news no more than 12 share one
_TITLE = re.compile(r"《[^》]*》")


def to_runs(sentence: Sentence) -> list[str]:
    """The runs of 13 characters outside of names, which are PARK and ORG spans and titles in 《》; normalised.

    >>> from annotate.spans import Span
    >>> to_runs(Sentence("光谷的工程师们说起头一年来都笑了", (Span(0, 2, "PARK"),)))
    ['的工程师们说起头一年来都笑', '工程师们说起头一年来都笑了']
    """
    names = [(span.start, span.end) for span in sentence.spans if span.label in NAMES]
    names += [title.span() for title in _TITLE.finditer(sentence.text)]
    parts = normalise(mask(sentence.text, names)).text.split("\0")
    return [part[start : start + RUN] for part in parts for start in range(len(part) - RUN + 1)]


def find_shared_runs(held_out: Sequence[Sentence], trained: Iterable[Sentence]) -> Iterator[tuple[int, int, str]]:
    """Yield the number of each held-out sentence with that of the first trained one that shares a run, and the run."""
    owners: defaultdict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(held_out):
        for run in to_runs(sentence):
            owners[run].append(number)
    found: set[int] = set()
    for place, sentence in enumerate(trained):
        for run in to_runs(sentence):
            for number in owners.get(run, ()):
                if number not in found:
                    found.add(number)
                    yield number, place, run


def find_near_repeats(texts: Sequence[str], *, share: float = 0.5) -> Iterator[tuple[int, int]]:
    """Yield the number of each text that nearly repeats an earlier one, with that one's.

    Two texts nearly repeat each other when of the character trigrams that either has, at least `share` are in both
    (Jaccard). Texts of fewer than 13 characters are passed over. Compares only texts that share one of their rarest
    trigrams, which loses none (prefix filtering: Chaudhuri, Ganti and Kaushik 2006); by each of these only with the
    first 500 texts, for a template that comes 20,000 times would take hours.

    >>> list(find_near_repeats(["今天的大会上一共来了三百人", "张三说。", "昨天的大会上一共来了三百人"]))
    [(2, 0)]
    """
    grams = [
        {text[at : at + GRAM] for at in range(len(text) - GRAM + 1)} if len(text) >= RUN else set() for text in texts
    ]
    frequency = Counter(gram for some in grams for gram in some)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, some in enumerate(grams):
        rarest = sorted(some, key=lambda gram: (frequency[gram], gram))[: len(some) - ceil(share * len(some)) + 1]
        for other in sorted({other for gram in rarest for other in holders[gram]}):
            if len(some & grams[other]) >= share * len(some | grams[other]):
                yield number, other
                break
        for gram in rarest:
            if len(holders[gram]) < HOLDERS:
                holders[gram].append(number)
