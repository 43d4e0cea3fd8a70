"""The rows that doccano imports and exports, to and from sentences."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from annotate.agreement.readings import Reading
from annotate.cost.pace import to_text
from annotate.doccano.offsets import to_page
from annotate.errors import ParknerError
from annotate.files import refuse_empty
from annotate.record_checks import find_problems, is_sound
from annotate.records import from_row, read_lines, to_row
from annotate.sentence import Sentence, locate
from annotate.spans import trim
from annotate.uid import to_uid

UPLOAD = "upload"  # the key that says which sentences came in one upload
STATE = ("annotator", "confirmed_at", "comments")  # the keys that `pull` sets, beside `uid`

OWN = {"id", "Comments", UPLOAD, *STATE}  # doccano says these, whatever an uploaded file said
OURS = {"text", "label", "article", "number"}
LONGEST = 100_000  # characters

# Keys of doccano's own import and export: a row with one of them is overwritten, or breaks the worker.
RESERVED = {"id", "data", "meta", "entities", "relations", "Comments"}
RESERVED |= {"filename", "upload_name", "example_uuid", "#line_number", "cls", UPLOAD}

# Characters that join the one before or after, beside combining marks: joiners, skin tones, flags, Korean letters, …
JOINING = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u08e2\u0e33\u0eb3\u1160-\u11ff\u200c\u200d\ud7b0-\ud7ff\uff9e\uff9f"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\r\n"
)


def read_for_doccano(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a JSONL file. Raises ParknerError for one that doccano would refuse, change or drop."""
    for address, sentence in refuse_empty(path, read_lines(path)):
        yield check_for_doccano(sentence, where=address)


def check_for_doccano(sentence: Sentence, *, where: str = "") -> Sentence:
    """Return the sentence; ParknerError, with its place, if doccano would refuse, change or drop it or its spans.

    >>> check_for_doccano(Sentence("甲。", article="a", number=1, extra={"id": 7}))
    Traceback (most recent call last):
    annotate.errors.ParknerError: article a, number 1: doccano uses the key "id": rename it
    """
    for problem in (*find_problems(sentence), *_find_refusals(sentence)):
        raise ParknerError(f"{where or locate(sentence)}: {problem}")
    return sentence


def _find_refusals(sentence: Sentence) -> Iterator[str]:
    """Yield why doccano would not take a sentence that is sound otherwise."""
    if "\0" in sentence.text:
        yield "the text holds a NUL character, which databases refuse"
    if len(sentence.text) > LONGEST:
        yield f"the text has {len(sentence.text)} characters, more than {LONGEST}: split it"
    for key in RESERVED & set(sentence.extra):
        yield f'doccano uses the key "{key}": rename it'


def to_task(sentence: Sentence) -> Sentence:
    """The sentence as it goes to doccano: without the keys that an earlier pull set.

    >>> to_task(Sentence("甲", extra={"annotator": "li", "published": "2024-05-06"})).extra
    {'published': '2024-05-06'}
    """
    return replace(sentence, extra={key: value for key, value in sentence.extra.items() if key not in STATE})


def to_upload(sentences: Iterable[Sentence], *, upload: str, by_grapheme: bool) -> bytes:
    """The file to upload: every row has all keys, null where a sentence lacks one, and the name of the upload.

    It is ASCII with escapes, so that doccano cannot guess a wrong encoding. Numbers other than `number` become strings:
    doccano reads the rows into a table, and a column of numbers with gaps comes back as floats. The offsets are those
    of the page, unless the project counts graphemes.

    >>> sentences = [Sentence("甲", extra={"score": 1}), Sentence("乙", extra={"note": "x"})]
    >>> to_upload(sentences, upload="u", by_grapheme=False).decode().splitlines()[0]
    '{"text": "\\\\u7532", "label": [], "article": "", "number": 0, "score": "1", "note": null, "upload": "u"}'
    """
    sentences = list(sentences)
    empty = dict.fromkeys(key for sentence in sentences for key in sentence.extra)
    rows = (
        to_row(replace(sentence, extra=empty | {key: pack(value) for key, value in sentence.extra.items()}))
        | {"label": sentence.spans if by_grapheme else to_page(sentence.text, sentence.spans), UPLOAD: upload}
        for sentence in sentences
    )
    return "".join(json.dumps(row) + "\n" for row in rows).encode("ascii")


def pack(value: Any) -> str:
    """A JSON value as a string that `unpack` turns back; most strings stay as they are.

    >>> [pack(value) for value in ("2024-05-06", "12", 12, None)]
    ['2024-05-06', '"12"', '12', 'null']
    """
    return value if isinstance(value, str) and unpack(value) == value else json.dumps(value)


def unpack(value: Any) -> Any:
    """The JSON value of a string that `pack` made; any other value stays as it is.

    >>> [unpack(value) for value in ("2024-05-06", '"12"', "12", "null", 12)]
    ['2024-05-06', '12', 12, None, 12]
    """
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return value


def to_sentence(row: Mapping[str, Any]) -> Sentence:
    """The sentence of an exported row, without doccano's own keys and nulls; ValueError if the row is not a record.

    >>> to_sentence({"id": 7, "text": "甲", "label": [], "article": "a", "number": 1, "score": "1", "note": None})
    Sentence(text='甲', spans=(), article='a', number=1, extra={'score': 1})
    """
    record = {key: value for key, value in row.items() if value is not None and key not in OWN}
    if isinstance(record.get("number"), float):  # beside rows without a number
        record["number"] = int(record["number"])
    sentence = from_row({key: value for key, value in record.items() if key in OURS})
    return replace(sentence, extra={key: _restore(key, value) for key, value in record.items() if key not in OURS})


def _restore(key: str, value: Any) -> Any:
    """The unpacked value, unless the key demands a string: a string such as "2024" that we did not pack stays one."""
    unpacked = unpack(value)
    return unpacked if is_sound(key, unpacked) else value


def read_row(row: Mapping[str, Any]) -> Sentence:
    """As `to_sentence`, but raises ParknerError if the row is not a record."""
    try:
        return to_sentence(row)
    except ValueError as error:
        raise ParknerError(f"example {row['id']} in doccano: {error}: delete it there, or mend it") from error


def is_shifted(text: str) -> bool:
    """Whether a project with `grapheme_mode` may count the text differently from code points.

    It counts everything that looks like one character as one, such as a letter with its combining accent.

    >>> [is_shifted(text) for text in ("𠮷田", "e\u0301", "☎\ufe0f")]
    [False, True, True]
    """
    return bool(JOINING.search(text)) or any(unicodedata.category(character)[0] == "M" for character in text)


def to_reading(
    row: Mapping[str, Any], user: str, *, confirmed: bool, confirmed_at: datetime | None = None
) -> tuple[Reading, int]:
    """The reading of an exported row, and the number of spans whose edges `trim` cut.

    A span comes once. The reading has the keys `uid` and `comments`, and if it is confirmed `annotator` and, where
    known, `confirmed_at`. Raises ValueError if the row is not a record.

    >>> from datetime import UTC
    >>> row = {"id": 7, "text": "光谷 见", "label": [[0, 3, "PARK"]], "Comments": ["存疑"]}
    >>> reading, trimmed = to_reading(row, "li", confirmed=True, confirmed_at=datetime(2026, 11, 22, tzinfo=UTC))
    >>> reading.sentence.spans, sorted(reading.sentence.extra), trimmed
    ((Span(start=0, end=2, label='PARK'),), ['annotator', 'comments', 'confirmed_at', 'uid'], 1)
    """
    sentence = to_sentence(row)
    keys: dict[str, Any] = {"uid": sentence.extra.get("uid") or to_uid(sentence)}
    if confirmed:
        keys |= {"annotator": user} | ({"confirmed_at": to_text(confirmed_at)} if confirmed_at else {})
    if row.get("Comments"):
        keys["comments"] = list(row["Comments"])
    trimmed = [trim(span, sentence.text) for span in sentence.spans]
    cut = sum(span != other for span, other in zip(sentence.spans, trimmed, strict=True))
    spans = {span for span in trimmed if span.start < span.end or span in sentence.spans}
    return Reading(user, confirmed, sentence.with_spans(spans, **keys)), cut
