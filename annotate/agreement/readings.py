"""A reading of a sentence, and how several readings are joined into one sentence."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from annotate.pages.markup import to_mark
from annotate.sentence import Sentence
from annotate.spans import keep_first


class Reading(NamedTuple):
    """A sentence as one person left it, and whether that person has confirmed it."""

    user: str
    confirmed: bool
    sentence: Sentence


def join_readings(readings: Sequence[Reading]) -> tuple[Sentence, list[str]]:
    """Join the readings of a sentence into one, with a remark if they differ. Confirmed readings override all others.

    The result has everybody's spans; if two overlap, it has the one of the user whose name comes first. A user without
    a span in an unconfirmed sentence is assumed not to have worked on it.

    >>> from annotate.spans import Span
    >>> li, wang = Sentence("光谷见", (Span(0, 2, "PARK"),)), Sentence("光谷见", (Span(0, 3, "ORG"),))
    >>> sentence, remarks = join_readings(
    ...     [Reading("wang", False, wang), Reading("li", False, li), Reading("zhao", False, Sentence("光谷见"))]
    ... )
    >>> sentence.spans, remarks
    ((Span(start=0, end=2, label='PARK'),), ['li and wang differ; left out: [光谷见](ORG)'])
    """
    if len(readings) == 1:
        return readings[0].sentence, []
    counted = [reading for reading in readings if reading.confirmed]
    counted = counted or [reading for reading in readings if reading.sentence.spans] or list(readings[:1])
    counted.sort(key=lambda reading: reading.user)
    joined = counted[0].sentence.with_keys(**_join_keys(counted))
    if len({frozenset(reading.sentence.spans) for reading in counted}) < 2:
        return joined, []
    spans = [span for reading in counted for span in reading.sentence.spans]
    joined = joined.with_spans(keep_first(spans))
    lost = [to_mark(joined.text, span) for span in sorted(set(spans) - set(joined.spans))]
    kept = f"left out: {', '.join(lost)}" if lost else "all spans are kept"
    return joined, [f"{' and '.join(reading.user for reading in counted)} differ; {kept}"]


def _join_keys(readings: Iterable[Reading]) -> dict[str, Any]:
    """Join the keys of readings: all annotators, the last confirmation time, all comments."""
    extras = [reading.sentence.extra for reading in readings]
    annotators = list(dict.fromkeys(extra["annotator"] for extra in extras if "annotator" in extra))
    times = [extra["confirmed_at"] for extra in extras if "confirmed_at" in extra]
    comments = list(dict.fromkeys(comment for extra in extras for comment in extra.get("comments", ())))
    keys = {"annotator": ", ".join(annotators), "confirmed_at": max(times, default=""), "comments": comments}
    return {key: value for key, value in keys.items() if value}
