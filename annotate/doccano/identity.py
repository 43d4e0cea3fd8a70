"""Exported rows with the uid of their sentence, also those that were sent with a uid of old, or by somebody else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from doccano_client import DoccanoClient

from annotate.doccano.export import export
from annotate.doccano.row_format import pack, to_sentence
from annotate.sentence import Sentence
from annotate.uid import recognise_old_uid, renew_uids, to_uid


def export_identified(
    client: DoccanoClient, project: Mapping[str, Any], *, confirmed_only: bool = False, timeout: float
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield rows as `export` does, those with a uid of old, or with none, under the one that they would get today.

    Which repetition of its sentence such a row is, the others like it say; the first one costs an export of them all.
    """
    renewed: dict[str, str] | None = None
    for user, row in export(client, project, confirmed_only=confirmed_only, timeout=timeout):
        sentence = _read(row)
        old = recognise_old_uid(sentence) if sentence else None
        if sentence is None or old is None:
            yield user, row
            continue
        if renewed is None:
            renewed = renew_uids(_read_all(row for _, row in export(client, project, timeout=timeout)))
        uid = renewed.get(old.uid) or to_uid(sentence)  # or it has just been deleted
        yield user, {**row, "uid": pack(uid)}


def _read(row: Mapping[str, Any]) -> Sentence | None:
    """The sentence of a row, None for a row that is none: who needs it says so."""
    try:
        return to_sentence(row)
    except ValueError:
        return None


def _read_all(rows: Iterable[Mapping[str, Any]]) -> Iterator[Sentence]:
    return (sentence for row in rows if (sentence := _read(row)))
