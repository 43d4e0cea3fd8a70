"""Files of records: a sentence with its spans a line, in JSON."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from annotate.errors import ParknerError
from annotate.files import STREAM, find_files, open_output, parse_object, refuse_empty
from annotate.foreign_records import find_foreign
from annotate.record_checks import LONE_SURROGATE, find_flaws, find_problems, find_wrong_keys
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.wrong_file_kinds import NO_RECORDS


def to_row(sentence: Sentence) -> dict[str, Any]:
    """The record as doccano and every file of ours has it.

    >>> to_row(Sentence("光谷见。", (Span(0, 2, "PARK"),), "a", 1, {"published": "2024-05-06"}))
    {'text': '光谷见。', 'label': [[0, 2, 'PARK']], 'article': 'a', 'number': 1, 'published': '2024-05-06'}
    """
    label = [list(span) for span in sentence.spans]
    return {"text": sentence.text, "label": label, "article": sentence.article, "number": sentence.number} | dict(
        sentence.extra
    )


def from_row(row: Any, *, unlabelled: bool = False) -> Sentence:
    """The sentence of a record; ValueError says what is wrong with its shape (`find_problems` looks at the spans).

    A record without a `label` passes for one without spans only where it may be `unlabelled`: what another tool has
    written would pass too.

    >>> from_row({"text": "光谷见。", "label": [[0, 2, "PARK"]]}).spans
    (Span(start=0, end=2, label='PARK'),)
    """
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    for problem in find_foreign(row):
        raise ValueError(problem)
    extra = dict(row)
    text, label = extra.pop("text", None), extra.pop("label", None)
    article, number = extra.pop("article", ""), extra.pop("number", 0)
    if label is None and unlabelled:
        label = []
    for problem in (*find_flaws(text, label, article=article, number=number), *find_wrong_keys(extra)):
        raise ValueError(problem)
    return Sentence(text, tuple(Span(*span) for span in label), article, number, extra)


def find_records(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each file of records as given, and of each folder the `.jsonl` files below it.

    Raises ParknerError for what is not there, a folder without records, and a file of another kind, such as a page.
    """
    return find_files(paths, (".jsonl",), others=NO_RECORDS)


def read_lines(path: Path, *, unlabelled: bool = False) -> Iterator[tuple[str, Sentence]]:
    """Yield each record of a JSONL file with its address, `file:line`; blank lines are passed over.

    Raises ParknerError for what is no record, or has no `label` unless it may be `unlabelled`; its spans may still be
    wrong.
    """
    try:
        with nullcontext(sys.stdin.buffer) if path == STREAM else path.open("rb") as stream:
            for count, line in enumerate(stream, start=1):
                if line.strip():
                    address = f"{path}:{count}"
                    yield address, _parse_line(line, address=address, unlabelled=unlabelled)
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error


def _parse_line(line: bytes, *, address: str, unlabelled: bool) -> Sentence:
    try:
        return from_row(parse_object(line, address=address), unlabelled=unlabelled)
    except ValueError as error:
        raise ParknerError(f"{address}: {error}") from error


def read_records(*paths: Path, unlabelled: bool = False) -> Iterator[tuple[str, Sentence]]:
    """Yield the sentences of JSONL files, and of the files below folders, in order, each with its address.

    Raises ParknerError at the first record that is none or has a problem, and for a file without records.
    """
    for path in find_records(paths):
        for address, sentence in refuse_empty(path, read_lines(path, unlabelled=unlabelled)):
            for problem in find_problems(sentence):
                raise ParknerError(f"{address}: {problem}")
            yield address, sentence


def read_sentences(*paths: Path, unlabelled: bool = False) -> Iterator[Sentence]:
    """Yield the sentences of `read_records`."""
    return (sentence for _, sentence in read_records(*paths, unlabelled=unlabelled))


def write_sentences(path: Path, sentences: Iterable[Sentence], *, known_as: Path | None = None) -> int:
    """Write a record a line, or nothing at all when `sentences` fails on the way; return how many (`open_output`)."""
    count = 0
    with open_output(path, known_as=known_as) as stream:
        for sentence in sentences:
            stream.write(_to_line(sentence))
            count += 1
    return count


def _to_line(sentence: Sentence) -> str:
    line = json.dumps(to_row(sentence), ensure_ascii=False) + "\n"
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
