"""Group several people's readings of the same sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from annotate.errors import ParknerError
from annotate.records import read_sentences
from annotate.sentence import Sentence
from annotate.uid import add_uids

Group = tuple[Sentence | None, ...]
"""The readings of one sentence, in the order of the readers; None if a reading lacks it."""


class ReadingGroups(NamedTuple):
    """The names of the readings, the sentences that at least two have, and how many only one has, per reading."""

    names: tuple[str, ...]
    groups: list[Group]
    alone: tuple[int, ...]


def group_readings(readings: Mapping[str, Iterable[Sentence]]) -> ReadingGroups:
    """Group the readings, given by name, of each sentence. A sentence is the same if article and text are.

    Each sentence gets its `uid`. A repeat within a reading counts as another sentence. The groups are in the order of
    the first reading; sentences that only later readings have follow in their order. Raises ParknerError if no two
    readings have a sentence in common.

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
    """Return the readings of a sentence, without the missing ones.

    >>> [sentence.text for sentence in to_held((None, Sentence("甲")))]
    ['甲']
    """
    return [sentence for sentence in group if sentence is not None]


def read_readings(paths: Sequence[Path]) -> ReadingGroups:
    """Read and group the readings in JSONL files, or in folders of them. `to_names` names them.

    Raises ParknerError for a line that is not a record or has a problem, for a single reading, and for a reading that
    is given twice.
    """
    if len(paths) < 2:
        raise ParknerError(f"{paths[0]}: only one reading: give at least two")
    for number, path in enumerate(paths):
        if path in paths[:number]:
            raise ParknerError(f"{path}: given twice: give each reading once")
    return group_readings({name: read_confirmed(path) for name, path in zip(to_names(paths), paths, strict=True)})


def read_confirmed(path: Path) -> Iterator[Sentence]:
    """Yield the confirmed sentences of a reading, which have an `annotator`; if there are none, all sentences."""
    sentences = list(read_sentences(path))
    confirmed = [sentence for sentence in sentences if "annotator" in sentence.extra]
    yield from confirmed or sentences


def to_names(paths: Sequence[Path]) -> list[str]:
    """Name each reading after its file, which is the annotator, with enough parent folders to tell all apart.

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
