"""Overwrite a file with pulled sentences: check that no work is lost, and keep a dated copy of the old file."""

import filecmp
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from annotate.errors import ParknerError
from annotate.files import blame, write_beside
from annotate.records import read_lines, write_sentences
from annotate.sentence import Sentence, locate
from annotate.uid import add_uids

SHOWN = 20  # losses named in an error
MANY = 10  # spans; if a label had this many and has none now, this is a loss and not a series of corrections


class _State(NamedTuple):
    confirmed: bool
    confirmed_at: str
    spans: int


def find_losses(before: Iterable[Sentence], after: Iterable[Sentence]) -> Iterator[str]:
    """Yield a line for each label that is gone, and for each sentence that is missing, unconfirmed or has lost spans.

    A sentence may lose spans if it was not confirmed before, or was confirmed again since: people decided that. All
    sentences must have their uids.

    >>> old = Sentence("光谷见", (), "a", 1, {"uid": "u", "annotator": "li", "confirmed_at": "2026-11-22T08:00:00Z"})
    >>> list(find_losses([old], [Sentence("光谷见", (), "a", 1, {"uid": "u"})]))
    ['article a, number 1 is no longer confirmed']
    """
    states: dict[str, _State] = {}
    labels, gone = set[str](), Counter[str]()
    for sentence in after:
        states[sentence.extra["uid"]] = _to_state(sentence)
        labels.update(span.label for span in sentence.spans)
    for sentence in before:
        gone.update(span.label for span in sentence.spans if span.label not in labels)
        old, new = _to_state(sentence), states.get(sentence.extra["uid"])
        if new is None:
            yield f"{locate(sentence)} is missing"
        elif old.confirmed and not new.confirmed:
            yield f"{locate(sentence)} is no longer confirmed"
        elif old.confirmed and old.confirmed_at == new.confirmed_at and old.spans > new.spans:
            yield f"{locate(sentence)} has {new.spans} spans instead of {old.spans}, and was not confirmed again"
    yield from (f"all {count} {label} spans are gone" for label, count in gone.items() if count >= MANY)


def _to_state(sentence: Sentence) -> _State:
    extra = sentence.extra
    return _State("annotator" in extra, extra.get("confirmed_at", ""), len(sentence.spans))


def write_over(path: Path, sentences: Iterable[Sentence], *, force: bool) -> tuple[int, Path | None]:
    """Write the sentences. First copy an existing file to `<name>.<date>-<time>.bak` beside it.

    Returns the number of sentences and the path of the copy, which is None if there was no file or its content does not
    change. Raises ParknerError and changes nothing if the file would lose sentences or spans, unless `force` is set.
    """
    if not path.is_file():
        return write_sentences(path, sentences), None
    with write_beside(path) as beside:
        number = write_sentences(beside, sentences, known_as=path)
        if not force:
            losses = list(find_losses(add_uids(read_file(path)), read_file(beside)))
            check_losses(path, losses, way_out="--update keeps the missing sentences, --force writes anyway")
        backup = None if filecmp.cmp(path, beside, shallow=False) else copy(path)
    return number, backup


def check_losses(path: Path, losses: Sequence[str], *, way_out: str) -> None:
    """Raise ParknerError with the losses and the way out if a file or folder would lose something."""
    if losses:
        raise ParknerError(
            f"{path}: work would be lost: {list_some(losses)}; nothing is written: in doccano, confirm again what is "
            f"right; {way_out}"
        )


def list_some(lines: Sequence[str]) -> str:
    """Join the first SHOWN lines into one, and say how many more there are.

    >>> list_some(["one"] * 22)[-17:]
    '; one; and 2 more'
    """
    more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return "; ".join([*lines[:SHOWN], *more])


def read_file(path: Path) -> Iterator[Sentence]:
    """Yield the records of a file, also faulty ones; none if the file does not exist."""
    return (sentence for _, sentence in (read_lines(path) if path.is_file() else ()))


def set_aside(path: Path) -> Path:
    """Move a file to a dated name beside it; return the new path."""
    backup = copy(path)
    path.unlink()
    return backup


def copy(path: Path) -> Path:
    """Copy a file to a new dated name beside it; return the path of the copy."""
    stamp = f"{path.name}.{datetime.now():%Y%m%d-%H%M%S}"
    names = (path.with_name(f"{stamp}{f'-{number}' if number > 1 else ''}.bak") for number in count(1))
    copy = next(name for name in names if not name.exists())
    with write_beside(copy) as beside, blame(copy):
        shutil.copy2(path, beside)
    return copy
