"""Where two readings of the same sentences agree and differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotate.corpus import Sentence
from annotate.errors import ParknerError
from annotate.markup import to_markup
from annotate.spans import Span

CONTEXT = 8  # characters shown on each side of a difference


class Difference(NamedTuple):
    """One place of a sentence, `start` to `end`, that is labelled in two ways; one of them may be no span at all."""

    sentence: Sentence
    start: int
    end: int
    first: tuple[Span, ...]
    second: tuple[Span, ...]


class Pairing(NamedTuple):
    """The sentences that both readings hold, pair by pair, and how many only one of them holds."""

    first: list[Sentence]
    second: list[Sentence]
    unpaired: tuple[int, int]


def pair(first: Iterable[Sentence], second: Iterable[Sentence]) -> Pairing:
    """Bring together the readings of each sentence: the same article, number and text, repeats in their order.

    Raises ParknerError when the two have no sentence in common.

    >>> pair([Sentence("甲"), Sentence("乙")], [Sentence("乙")])[1:]
    ([Sentence(text='乙', spans=(), article='', number=0, extra={})], (1, 0))
    """
    waiting: defaultdict[tuple[str, int, str], list[Sentence]] = defaultdict(list)
    for sentence in second:
        waiting[sentence.article, sentence.number, sentence.text].append(sentence)
    pairs: list[tuple[Sentence, Sentence]] = []
    alone = 0
    for sentence in first:
        candidates = waiting[sentence.article, sentence.number, sentence.text]
        if candidates:
            pairs.append((sentence, candidates.pop(0)))
        else:
            alone += 1
    if not pairs:
        raise ParknerError("the two have no sentence in common: article, number and text must be the same")
    return Pairing([a for a, _ in pairs], [b for _, b in pairs], (alone, sum(map(len, waiting.values()))))


def find_differences(first: Sentence, second: Sentence) -> Iterator[Difference]:
    """Yield each place where two readings of a sentence differ, in text order; spans that overlap are one place.

    >>> one, other = Sentence("东湖光谷见", (Span(2, 4, "PARK"),)), Sentence("东湖光谷见", (Span(0, 4, "PARK"),))
    >>> [to_line(difference) for difference in find_differences(one, other)]
    [':0: [光谷](PARK) | [东湖光谷](PARK): 东湖光谷见']
    """
    place: tuple[int, int] | None = None
    readings: tuple[list[Span], list[Span]] = ([], [])
    for span in sorted(set(first.spans) ^ set(second.spans)):
        if place and span.start >= place[1]:
            yield Difference(first, *place, tuple(readings[0]), tuple(readings[1]))
            place, readings = None, ([], [])
        readings[span not in first.spans].append(span)
        place = (place[0], max(place[1], span.end)) if place else (span.start, span.end)
    if place:
        yield Difference(first, *place, tuple(readings[0]), tuple(readings[1]))


def to_line(difference: Difference) -> str:
    """The difference as people read it: where, what the one has, what the other has, and the words around."""
    sentence, start, end, *readings = difference
    marked = (" ".join(to_markup(sentence.text[s:e], [Span(0, e - s, label)]) for s, e, label in r) for r in readings)
    before, after = max(start - CONTEXT, 0), end + CONTEXT
    around = "…" * (before > 0) + sentence.text[before:after] + "…" * (after < len(sentence.text))
    return f"{sentence.article}:{sentence.number}: {' | '.join(reading or '-' for reading in marked)}: {around}"
