"""Exported rows with the uid of their sentence, even if somebody else uploaded them without one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from doccano_client import DoccanoClient

from annotate.doccano.export import export
from annotate.doccano.row_format import pack, to_sentence
from annotate.sentence import Sentence
from annotate.uid import number_repeats, to_uid


def export_identified(
    client: DoccanoClient, project: Mapping[str, Any], *, confirmed_only: bool = False, timeout: float
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield rows as `export` does. A row without a `uid` gets the one that `push` would give to its sentence.

    To know which repetition of its sentence such a row is, the first one costs another export, of all rows.
    """
    uids: dict[tuple[str, int], str] | None = None
    for user, row in export(client, project, confirmed_only=confirmed_only, timeout=timeout):
        sentence = _read(row)
        if sentence is None or sentence.extra.get("uid"):
            yield user, row
            continue
        if uids is None:
            uids = number_repeats(_find_without_uid(row for _, row in export(client, project, timeout=timeout)))
        first = to_uid(sentence)
        yield user, {**row, "uid": pack(uids.get((first, sentence.number), first))}  # it may just have been deleted


def _read(row: Mapping[str, Any]) -> Sentence | None:
    """The sentence of a row, or None if it is not a record: the caller who needs it raises the error."""
    try:
        return to_sentence(row)
    except ValueError:
        return None


def _find_without_uid(rows: Iterable[Mapping[str, Any]]) -> Iterator[Sentence]:
    return (sentence for row in rows if (sentence := _read(row)) and not sentence.extra.get("uid"))
