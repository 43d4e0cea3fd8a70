"""Measure what annotation costs: corrections and seconds, with pre-labels and without."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

from annotate.cost.pace import to_durations, to_time
from annotate.errors import ParknerError
from annotate.records import read_records
from annotate.rules.report import count_corrections, restore
from annotate.sentence import Sentence

ALL = "all"


class Piece(NamedTuple):
    """The work on one confirmed sentence: who did it, when, with pre-labels or without, and its cost.

    `seconds` is None if the time is unknown; `length` is in characters.
    """

    annotator: str
    time: datetime
    prelabelled: bool
    spans: int
    corrections: int
    length: int
    seconds: float | None = None


class Cost(NamedTuple):
    """The cost of some sentences: their number, gold spans, corrections and median times.

    `timed` is the number of sentences whose seconds are known. `seconds` and `seconds_per_100` (characters) are medians
    over these, or None without any.
    """

    sentences: int
    spans: int
    corrections: int
    timed: int
    seconds: float | None
    seconds_per_100: float | None


def read_pieces(paths: Iterable[Path]) -> Iterator[Piece]:
    """Yield the work on each confirmed sentence of JSONL files and folders that `pull` wrote, without seconds.

    Raises ParknerError for a record with a problem, and if no sentence is confirmed.
    """
    nothing, paths = True, list(paths)
    for address, sentence in read_records(*paths):
        if "confirmed_at" in sentence.extra:
            nothing = False
            yield _to_piece(sentence, address=address)
    if nothing:
        names = ", ".join(map(str, paths))
        raise ParknerError(f'{names}: no record has the key "confirmed_at", which pull writes')


def _to_piece(sentence: Sentence, *, address: str) -> Piece:
    annotator = sentence.extra.get("annotator")
    if annotator is None:
        raise ParknerError(f'{address}: "confirmed_at" without an "annotator"')
    try:
        time = to_time(sentence.extra["confirmed_at"])
    except ValueError as error:
        raise ParknerError(f"{address}: confirmed_at: {error}") from error
    prelabelled = "origin" in sentence.extra
    before = restore(sentence, address=address) if prelabelled else sentence.with_spans(())
    corrections = count_corrections(before, sentence)
    return Piece(annotator, time, prelabelled, len(sentence.spans), corrections, len(sentence.text))


def time_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Add the seconds to each piece: the time since the same annotator's previous confirmation. Sorts by annotator."""
    groups: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        groups[piece.annotator].append(piece)
    return [
        piece._replace(seconds=seconds)
        for _, group in sorted(groups.items())
        for piece, seconds in zip(group, to_durations([piece.time for piece in group]), strict=True)
    ]


def group_costs(pieces: Iterable[Piece]) -> dict[tuple[str, bool], Cost]:
    """Compute the cost per annotator and of all, with pre-labels (True) and without (False), if there is such work."""
    groups: defaultdict[tuple[str, bool], list[Piece]] = defaultdict(list)
    for piece in pieces:
        for name in (piece.annotator, ALL):
            groups[name, piece.prelabelled].append(piece)
    order = sorted(groups, key=lambda key: (key[0] == ALL, key[0], not key[1]))
    return {key: to_cost(groups[key]) for key in order}


def to_cost(pieces: Iterable[Piece]) -> Cost:
    """Compute the total cost of some pieces.

    >>> time = to_time("2026-11-22T11:30:00Z")
    >>> to_cost([Piece("li", time, True, 4, 1, 50, 9.0), Piece("li", time, True, 0, 0, 10)])
    Cost(sentences=2, spans=4, corrections=1, timed=1, seconds=9.0, seconds_per_100=18.0)
    """
    pieces = list(pieces)
    known = [(piece.seconds, piece.seconds / piece.length * 100) for piece in pieces if piece.seconds is not None]
    seconds, by_length = (median(column) for column in zip(*known, strict=True)) if known else (None, None)
    spans, corrections = sum(piece.spans for piece in pieces), sum(piece.corrections for piece in pieces)
    return Cost(len(pieces), spans, corrections, len(known), seconds, by_length)
