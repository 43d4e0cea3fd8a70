"""Find text that sentences share: runs that are in held-out and in training text, and near repeats."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from annotate.normalise import normalise
from annotate.sentence import Sentence
from annotate.settings import NAMES
from annotate.spans import mask

RUN = 13  # characters; two sentences rarely share a run of this length outside names by chance
GRAM = 3  # characters; near repeats are compared by their trigrams
HOLDERS = 500  # texts kept per rare trigram; in 17,000 news sentences at most 12 share one
_TITLE = re.compile(r"《[^》]*》")


def to_runs(sentence: Sentence) -> list[str]:
    """List all normalised runs of 13 characters outside names. Names are PARK and ORG spans, and titles in 《》.

    >>> from annotate.spans import Span
    >>> to_runs(Sentence("光谷的工程师们说起头一年来都笑了", (Span(0, 2, "PARK"),)))
    ['的工程师们说起头一年来都笑', '工程师们说起头一年来都笑了']
    """
    names = [(span.start, span.end) for span in sentence.spans if span.label in NAMES]
    names += [title.span() for title in _TITLE.finditer(sentence.text)]
    parts = normalise(mask(sentence.text, names)).text.split("\0")
    return [part[start : start + RUN] for part in parts for start in range(len(part) - RUN + 1)]


def find_shared_runs(held_out: Sequence[Sentence], trained: Iterable[Sentence]) -> Iterator[tuple[int, int, str]]:
    """Yield (held-out number, training number, run) for the first training sentence that shares a run with each."""
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
    """Yield (number, earlier number) for each text that nearly repeats an earlier one.

    Two texts are near repeats if the Jaccard similarity of their character trigrams is at least `share`. Texts of fewer
    than 13 characters are skipped. Only texts that share one of their rarest trigrams are compared, which misses none
    (prefix filtering: Chaudhuri, Ganti and Kaushik 2006). Of each trigram only the first 500 texts count: a template
    that occurs 20,000 times would take hours.

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
