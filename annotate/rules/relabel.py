"""Records to label by rules or a model, unless that would wipe what people have made of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotate.errors import ParknerError
from annotate.records import read_records
from annotate.rules.report import find_prelabels
from annotate.sentence import Sentence

CONFIRMATION = ("annotator", "confirmed_at")  # keys that are no longer true of spans that nobody has seen


def read_to_label(path: Path, *, anew: bool = False) -> Iterator[Sentence]:
    """Yield the records of a JSONL file or folder whose spans are about to be replaced, with a `label` or without.

    Raises ParknerError at the first that people have worked on. To label `anew` is to give that up: such a record comes
    without the names of those who confirmed it.
    """
    for address, sentence in read_records(path, unlabelled=True):
        if not anew and (work := describe_work(sentence)):
            raise ParknerError(
                f"{address}: {work}, and would be lost: leave the record out, or --replace labels it anew"
            )
        kept = {key: value for key, value in sentence.extra.items() if key not in CONFIRMATION}
        yield replace(sentence, extra=kept)


def describe_work(sentence: Sentence) -> str:
    """What people have made of a sentence that prelabelling it would wipe, or an empty string.

    >>> describe_work(Sentence("光谷见", extra={"annotator": "li"})), describe_work(Sentence("光谷见"))
    ('its labels were confirmed by li', '')
    """
    if "annotator" in sentence.extra:
        return f"its labels were confirmed by {sentence.extra['annotator']}"
    if set(sentence.spans) != set(find_prelabels(sentence)):
        return 'its labels are not those of its "origin", so somebody has set them'
    return ""
