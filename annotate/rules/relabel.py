"""Records to label by rules or a model; records that people have worked on are refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotate.errors import ParknerError
from annotate.records import read_records
from annotate.rules.report import find_prelabels
from annotate.sentence import Sentence

CONFIRMATION = ("annotator", "confirmed_at")  # keys that are wrong once the spans are replaced


def read_to_label(path: Path, *, anew: bool = False) -> Iterator[Sentence]:
    """Yield the records of a JSONL file or folder whose spans are about to be replaced, with a `label` or without.

    Raises ParknerError at the first record that people have worked on. With `anew` such a record comes too, without the
    names of those who confirmed it: their work is lost.
    """
    for address, sentence in read_records(path, unlabelled=True):
        if not anew and (work := describe_work(sentence)):
            raise ParknerError(
                f"{address}: {work}, and would be lost: leave the record out, or --replace labels it anew"
            )
        kept = {key: value for key, value in sentence.extra.items() if key not in CONFIRMATION}
        yield replace(sentence, extra=kept)


def describe_work(sentence: Sentence) -> str:
    """Say what work of people would be lost if the sentence was labelled anew; an empty string if none.

    >>> describe_work(Sentence("光谷见", extra={"annotator": "li"})), describe_work(Sentence("光谷见"))
    ('its labels were confirmed by li', '')
    """
    if "annotator" in sentence.extra:
        return f"its labels were confirmed by {sentence.extra['annotator']}"
    if set(sentence.spans) != set(find_prelabels(sentence)):
        return 'its labels are not those of its "origin", so somebody has set them'
    return ""
