"""Read and write record files: one sentence with its spans per line, in JSON."""

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
    """Convert a sentence to a record, in the format of doccano and of our files.

    >>> to_row(Sentence("光谷见。", (Span(0, 2, "PARK"),), "a", 1, {"published": "2024-05-06"}))
    {'text': '光谷见。', 'label': [[0, 2, 'PARK']], 'article': 'a', 'number': 1, 'published': '2024-05-06'}
    """
    label = [list(span) for span in sentence.spans]
    return {"text": sentence.text, "label": label, "article": sentence.article, "number": sentence.number} | dict(
        sentence.extra
    )


def from_row(row: Any, *, unlabelled: bool = False) -> Sentence:
    """Convert a record to a sentence. Raises ValueError if its shape is wrong (`find_problems` checks the spans).

    A record without a `label` counts as one without spans only if `unlabelled` is true, since it may come from another
    tool, which stores its spans elsewhere.

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
    """Yield each given record file, and for each given folder the `.jsonl` files below it.

    Raises ParknerError for a missing path, a folder without records, and a file of another kind, such as a page.
    """
    return find_files(paths, (".jsonl",), others=NO_RECORDS)


def read_lines(path: Path, *, unlabelled: bool = False) -> Iterator[tuple[str, Sentence]]:
    """Yield each record of a JSONL file with its address, `file:line`. Blank lines are skipped.

    Raises ParknerError for a line that is not a record, or has no `label` if `unlabelled` is false. The spans are not
    checked.
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
    """Yield each sentence of JSONL files and folders with its address, in order.

    Raises ParknerError at the first line that is not a record or has a problem, and for an empty file.
    """
    for path in find_records(paths):
        for address, sentence in refuse_empty(path, read_lines(path, unlabelled=unlabelled)):
            for problem in find_problems(sentence):
                raise ParknerError(f"{address}: {problem}")
            yield address, sentence


def read_sentences(*paths: Path, unlabelled: bool = False) -> Iterator[Sentence]:
    """Yield the sentences of `read_records`, without addresses."""
    return (sentence for _, sentence in read_records(*paths, unlabelled=unlabelled))


def write_sentences(path: Path, sentences: Iterable[Sentence], *, known_as: Path | None = None) -> int:
    """Write one record per line, or nothing if `sentences` raises (`open_output`). Return the number of records."""
    count = 0
    with open_output(path, known_as=known_as) as stream:
        for sentence in sentences:
            stream.write(_to_line(sentence))
            count += 1
    return count


def _to_line(sentence: Sentence) -> str:
    line = json.dumps(to_row(sentence), ensure_ascii=False) + "\n"
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
