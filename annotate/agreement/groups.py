"""Several people's readings of the same sentences, brought together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from annotate.errors import ParknerError
from annotate.records import read_sentences
from annotate.sentence import Sentence
from annotate.uid import add_uids

Group = tuple[Sentence | None, ...]
"""One sentence as each reading has it, None where the reading lacks it."""


class ReadingGroups(NamedTuple):
    """The names of the readings, the sentences that at least two of them hold, and how many each holds alone."""

    names: tuple[str, ...]
    groups: list[Group]
    alone: tuple[int, ...]


def group_readings(readings: Mapping[str, Iterable[Sentence]]) -> ReadingGroups:
    """Bring together what the readings, by name, have of each sentence: of the same article and text.

    That is what its `uid` is made of, which it gets. One that comes again within a reading is another sentence. They
    come in the order of the first reading, then those that only later ones hold in theirs. Raises ParknerError when no
    two readings have a sentence in common.

    >>> group_readings({"li": [Sentence("甲"), Sentence("乙")], "wang": [Sentence("乙")]}).alone
    (1, 0)
    """
    found: dict[str, list[Sentence | None]] = {}
    for number, reading in enumerate(readings.values()):
        for sentence in add_uids(reading):
            found.setdefault(sentence.extra["uid"], [None] * len(readings))[number] = sentence
    groups = [tuple(group) for group in found.values() if len(to_held(group)) > 1]
    if not groups:
        raise ParknerError(
            f"{', '.join(readings)}: no sentence in common: article and text must be the same in two of them"
        )
    single = [group for group in found.values() if len(to_held(group)) == 1]
    alone = tuple(sum(group[number] is not None for group in single) for number in range(len(readings)))
    return ReadingGroups(tuple(readings), groups, alone)


def to_held(group: Iterable[Sentence | None]) -> list[Sentence]:
    """The sentence as those readings have it that hold it.

    >>> [sentence.text for sentence in to_held((None, Sentence("甲")))]
    ['甲']
    """
    return [sentence for sentence in group if sentence is not None]


def read_readings(paths: Sequence[Path]) -> ReadingGroups:
    """Bring together the readings in JSONL files, or in folders of them, which are named by `to_names`.

    Raises ParknerError for a record that is none or has a problem, and unless there are several readings, each once.
    """
    if len(paths) < 2:
        raise ParknerError(f"{paths[0]}: one reading agrees with itself: give another")
    for number, path in enumerate(paths):
        if path in paths[:number]:
            raise ParknerError(f"{path}: the same reading twice")
    return group_readings({name: read_confirmed(path) for name, path in zip(to_names(paths), paths, strict=True)})


def read_confirmed(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a reading: where some say who confirmed them, only these, else all."""
    sentences = list(read_sentences(path))
    confirmed = [sentence for sentence in sentences if "annotator" in sentence.extra]
    yield from confirmed or sentences


def to_names(paths: Sequence[Path]) -> list[str]:
    """What to call each reading: the name of its file, which is the annotator, with the folders that tell two apart.

    >>> to_names([Path("by/li.jsonl"), Path("by/wang.jsonl")])
    ['li', 'wang']
    >>> to_names([Path("gold/first/test"), Path("gold/second/test")])
    ['first/test', 'second/test']
    """
    parts = [path.resolve().with_suffix("").parts for path in paths]
    for depth in range(1, 1 + max(map(len, parts))):
        names = ["/".join(some[-depth:]) for some in parts]
        if len(set(names)) == len(names):
            return names
    return [str(path) for path in paths]
