"""Find where readings of the same sentence agree and differ."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotate.agreement.groups import Group, group_readings, to_held
from annotate.pages.markup import to_mark
from annotate.sentence import Sentence, locate
from annotate.spans import Span

CONTEXT = 8  # characters shown on each side of a difference
NOTHING, NOT_READ = "-", "?"  # shown for a reading without a span in a place, and for one without the sentence


class Difference(NamedTuple):
    """A place in a sentence, `start` to `end`, that two readings label differently; one may have no span there."""

    sentence: Sentence
    start: int
    end: int
    first: tuple[Span, ...]
    second: tuple[Span, ...]


class Pairing(NamedTuple):
    """The sentences that both readings have, in pairs, and how many sentences only the first or the second has."""

    first: list[Sentence]
    second: list[Sentence]
    unpaired: tuple[int, ...]


def pair(first: Iterable[Sentence], second: Iterable[Sentence]) -> Pairing:
    """Pair up two readings of each sentence, as `group_readings` does.

    >>> pairing = pair([Sentence("甲"), Sentence("乙")], [Sentence("乙")])
    >>> [sentence.text for sentence in pairing.second], pairing.unpaired
    (['乙'], (1, 0))
    """
    _, groups, alone = group_readings({"the one": first, "the other": second})
    ones, others = zip(*map(to_held, groups), strict=True)
    return Pairing(list(ones), list(others), alone)


def to_shared_spans(readings: Sequence[Sentence]) -> set[Span]:
    """Return the spans that all readings of a sentence have.

    >>> to_shared_spans([Sentence("东湖光谷", (Span(0, 4, "PARK"),)), Sentence("东湖光谷")])
    set()
    """
    return set(readings[0].spans).intersection(*(reading.spans for reading in readings))


def to_differing_places(readings: Sequence[Sentence]) -> list[tuple[int, int]]:
    """List the start and end of each place where the readings of a sentence differ, in text order.

    Overlapping spans form one place, so no span crosses the edge of a place.

    >>> long, short = (Sentence("东湖光谷见", (Span(start, 4, "PARK"),)) for start in (0, 2))
    >>> to_differing_places([Sentence("东湖光谷见"), long, short])
    [(0, 4)]
    """
    spans = {span for reading in readings for span in reading.spans}
    places: list[tuple[int, int]] = []
    for start, end, _ in sorted(spans - to_shared_spans(readings)):
        if places and start < places[-1][1]:
            places[-1] = places[-1][0], max(places[-1][1], end)
        else:
            places.append((start, end))
    return places


def take_spans(sentence: Sentence, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of a sentence that overlap a place, in text order.

    >>> take_spans(Sentence("东湖光谷见", (Span(4, 5, "DATE"), Span(2, 4, "PARK"))), 0, 4)
    (Span(start=2, end=4, label='PARK'),)
    """
    return tuple(sorted(span for span in sentence.spans if span.start < end and start < span.end))


def find_differences(first: Sentence, second: Sentence) -> Iterator[Difference]:
    """Yield each place where two readings of a sentence differ, in text order. Overlapping spans form one place.

    >>> one, other = Sentence("东湖光谷见", (Span(2, 4, "PARK"),)), Sentence("东湖光谷见", (Span(0, 4, "PARK"),))
    >>> [to_line(difference) for difference in find_differences(one, other)]
    ['“东湖光谷见”: [光谷](PARK) | [东湖光谷](PARK): 东湖光谷见']
    """
    for place in to_differing_places([first, second]):
        yield Difference(first, *place, take_spans(first, *place), take_spans(second, *place))


def to_line(difference: Difference) -> str:
    """Describe a difference in one line: the sentence, what each reading has, and the text around it."""
    sentence, start, end, *readings = difference
    return _describe(sentence, (start, end), [_mark(sentence.text, spans) for spans in readings])


def to_lines(group: Group) -> Iterator[str]:
    """Yield a line, as `to_line` writes it, for each place where the readings of a sentence differ.

    >>> one, other = Sentence("去东湖", (Span(1, 3, "PARK"),), "a", 4), Sentence("去东湖", (), "a", 4)
    >>> list(to_lines((one, None, other)))
    ['article a, number 4: [东湖](PARK) | ? | -: 去东湖']
    """
    held = to_held(group)
    for place in to_differing_places(held):
        marked = [
            NOT_READ if reading is None else _mark(reading.text, take_spans(reading, *place)) for reading in group
        ]
        yield _describe(held[0], place, marked)


def _mark(text: str, spans: Iterable[Span]) -> str:
    return " ".join(to_mark(text, span) for span in spans) or NOTHING


def _describe(sentence: Sentence, place: tuple[int, int], marked: Iterable[str]) -> str:
    before, after = max(place[0] - CONTEXT, 0), place[1] + CONTEXT
    around = "…" * (before > 0) + sentence.text[before:after] + "…" * (after < len(sentence.text))
    return f"{locate(sentence)}: {' | '.join(marked)}: {around}"
