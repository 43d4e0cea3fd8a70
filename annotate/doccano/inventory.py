"""What a project holds of the sentences of a file: which are there, twice, without their spans, or changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from sys import intern
from typing import Any, NamedTuple

from doccano_client import DoccanoClient

from annotate.doccano.identity import export_identified
from annotate.doccano.row_format import UPLOAD, read_row
from annotate.records import to_row
from annotate.sentence import Sentence

NO_SPANS = "[]"
LEAST = 10  # sentences; nobody deletes the spans of ten without confirming one


class Digest(NamedTuple):
    """The content of a sentence in brief: a hash of its text and keys, and its spans as JSON."""

    content: bytes
    label: str


class Copy(NamedTuple):
    """A sentence as doccano holds it: its example, its upload, its digest, and whether it has comments."""

    example: int
    upload: str
    digest: Digest
    commented: bool


Inventory = dict[str, list[Copy]]
"""The copies of each sentence by uid, in the order of their upload."""


def to_digest(sentence: Sentence) -> Digest:
    """The digest of a sentence; sentences with the same content have the same one.

    >>> one, other = Sentence("甲", extra={"a": 1, "b": 2}), Sentence("甲", extra={"b": 2, "a": 1})
    >>> to_digest(one) == to_digest(other), to_digest(one) == to_digest(Sentence("甲"))
    (True, False)
    """
    row = to_row(sentence.with_keys())
    label = intern(json.dumps(row.pop("label"), ensure_ascii=False))
    return Digest(blake2b(json.dumps(row, sort_keys=True).encode(), digest_size=8).digest(), label)


def digest_all(sentences: Iterable[Sentence]) -> dict[str, Digest]:
    """The digest of each sentence by its `uid`."""
    return {intern(sentence.extra["uid"]): to_digest(sentence) for sentence in sentences}


def fetch_inventory(client: DoccanoClient, project: Mapping[str, Any], *, timeout: float) -> Inventory:
    """What a project holds; `timeout` is how long doccano's worker may take, in seconds."""
    return take_inventory(row for _, row in export_identified(client, project, timeout=timeout))


def take_inventory(rows: Iterable[Mapping[str, Any]]) -> Inventory:
    """What the rows of an export hold; they have their uids."""
    held: Inventory = defaultdict(list)
    for row in rows:
        sentence = read_row(row)
        uid = intern(str(sentence.extra["uid"]))
        upload = intern(str(row.get(UPLOAD) or ""))
        held[uid].append(Copy(row["id"], upload, to_digest(sentence), bool(row.get("Comments"))))
    for copies in held.values():
        copies.sort()
    return held


def find_half_there(held: Inventory, wanted: Mapping[str, Digest], *, confirmed: Collection[int]) -> Iterator[Copy]:
    """Yield the copies that came without their spans because doccano died after it stored the texts of an upload.

    Their upload has no span and nobody has worked on it, though LEAST of its sentences were sent with spans. If fewer
    were, somebody may have deleted all of them.
    """
    uploads: defaultdict[str, list[tuple[str, Copy]]] = defaultdict(list)
    for uid, copies in held.items():
        for copy in copies:
            uploads[copy.upload].append((uid, copy))
    for upload, brought in uploads.items():
        bare = all(c.digest.label == NO_SPANS and not c.commented and c.example not in confirmed for _, c in brought)
        lacking = [copy for uid, copy in brought if uid in wanted and wanted[uid].label != NO_SPANS]
        if upload and bare and len(lacking) >= LEAST:
            yield from lacking


def find_doubles(held: Inventory, wanted: Mapping[str, Digest], *, confirmed: Collection[int]) -> Iterator[Copy]:
    """Yield the surplus copies: all except those that people have worked on; if there are none of these, all but one.

    >>> copies = [Copy(7, "", Digest(b"", "[]"), False), Copy(8, "", Digest(b"", "[]"), True)]
    >>> [copy.example for copy in find_doubles({"u": copies}, {"u": Digest(b"", "[]")}, confirmed=())]
    [7]
    """
    for uid, digest in wanted.items():
        copies = held.get(uid, [])
        if len(copies) > 1:
            worked_on = [copy for copy in copies if is_worked_on(copy, digest, confirmed=confirmed)]
            complete = [copy for copy in copies if copy.digest.label == digest.label]
            kept = worked_on or complete[:1] or copies[:1]
            yield from (copy for copy in copies if copy not in kept)


def forget(held: Inventory, gone: Collection[Copy]) -> Inventory:
    """The inventory without these copies.

    >>> copies = [Copy(7, "", Digest(b"", "[]"), False), Copy(8, "", Digest(b"", "[]"), False)]
    >>> forget({"u": copies, "v": copies[:1]}, copies[:1]) == {"u": copies[1:]}
    True
    """
    examples = {copy.example for copy in gone}
    left = {uid: [copy for copy in copies if copy.example not in examples] for uid, copies in held.items()}
    return {uid: copies for uid, copies in left.items() if copies}


def is_worked_on(copy: Copy, wanted: Digest, *, confirmed: Collection[int]) -> bool:
    """Whether somebody has confirmed the copy, commented on it, or given it other spans than were sent."""
    return copy.example in confirmed or copy.commented or copy.digest.label not in (wanted.label, NO_SPANS)


def find_not_as_sent(
    held: Inventory, wanted: Mapping[str, Digest], *, fresh: Collection[str], confirmed: Collection[int]
) -> Iterator[tuple[str, str]]:
    """Yield (uid, difference) for each sentence that is missing, or that we just sent and that differs.

    A sentence that somebody has confirmed meanwhile is people's work and not a difference.
    """
    for uid, digest in wanted.items():
        copies = held.get(uid, [])
        if not copies:
            yield uid, "is missing"
        elif uid in fresh and not any(copy.digest == digest or copy.example in confirmed for copy in copies):
            yield uid, f"has {copies[0].digest.label} instead of {digest.label}"


def count_changed(held: Inventory, wanted: Mapping[str, Digest]) -> int:
    """Count the sentences whose spans differ from those wanted."""
    return sum(all(copy.digest.label != wanted[uid].label for copy in held[uid]) for uid in wanted)


def count_spans(digests: Iterable[Digest]) -> int:
    """Count the spans of these sentences.

    >>> count_spans([Digest(b"", "[]"), Digest(b"", '[[0, 2, "PARK"]]')])
    1
    """
    return sum(len(json.loads(digest.label)) for digest in digests)
