"""The report card of the rules: what people did with each span that a rule, a list or a model had set."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from annotate.agreement.differences import Difference, Pairing, find_differences
from annotate.errors import ParknerError
from annotate.record_checks import find_problems
from annotate.records import read_records
from annotate.sentence import Sentence
from annotate.spans import Span, overlap

KEPT, BOUNDARY, LABEL, DELETED = OUTCOMES = ("kept", "boundary", "label", "deleted")


class Verdict(NamedTuple):
    """What people did with one pre-label: the rule that set it, one of OUTCOMES, and the place, pre-label first."""

    rule: str
    outcome: str
    place: Difference


class ReportCard(NamedTuple):
    """A verdict for each pre-label; the gold spans, and those that no pre-label overlaps, by label; the corrections."""

    verdicts: list[Verdict]
    gold: Counter[str]
    missed: Counter[str]
    corrections: int


def read_prelabels(path: Path) -> Iterator[Sentence]:
    """Yield the records of a JSONL file or folder with the spans of their `origin`, whatever spans they have now.

    Records without `origin` are skipped. Raises ParknerError for an `origin` with an unsound span, and if no record
    has an `origin`.
    """
    nothing = True
    for address, sentence in read_records(path):
        if "origin" in sentence.extra:
            nothing = False
            yield restore(sentence, address=address)
    if nothing:
        raise ParknerError(f'{path}: no record has the key "origin", which prelabel writes')


def restore(sentence: Sentence, *, address: str) -> Sentence:
    """The sentence with the spans of its `origin`; ParknerError if one of them is unsound."""
    prelabelled = sentence.with_spans(find_prelabels(sentence))
    for problem in find_problems(prelabelled):
        raise ParknerError(f"{address}: origin: {problem}")
    return prelabelled


def find_prelabels(sentence: Sentence) -> Iterator[Span]:
    """Yield the spans that `prelabel` set, whatever people changed since; nothing without an `origin`.

    >>> list(find_prelabels(Sentence("光谷见", extra={"origin": [[0, 2, "PARK", "known park"]]})))
    [Span(start=0, end=2, label='PARK')]
    """
    yield from (Span(*span) for *span, _ in sentence.extra.get("origin", ()))


def find_verdicts(prelabelled: Sentence, gold: Sentence) -> Iterator[Verdict]:
    """Yield what became of each pre-label of a sentence that has an `origin`.

    A pre-label is kept if the gold has the same span. Otherwise the gold spans that overlap it decide: if one has the
    same label, the boundary was changed; if all have other labels, the label was; if there is none, it was deleted.

    >>> before = Sentence("东湖光谷见", (Span(2, 4, "PARK"),), extra={"origin": [[2, 4, "PARK", "known park"]]})
    >>> [(rule, outcome) for rule, outcome, _ in find_verdicts(before, Sentence("东湖光谷见", (Span(0, 4, "PARK"),)))]
    [('known park', 'boundary')]
    """
    for *values, rule in prelabelled.extra["origin"]:
        span = Span(*values)
        instead = tuple(other for other in gold.spans if overlap(span, other))
        if span in instead:
            outcome = KEPT
        elif instead:
            outcome = BOUNDARY if any(other.label == span.label for other in instead) else LABEL
        else:
            outcome = DELETED
        start, end = min(other.start for other in (span, *instead)), max(other.end for other in (span, *instead))
        yield Verdict(rule, outcome, Difference(gold, start, end, (span,), instead))


def count_corrections(prelabelled: Sentence, gold: Sentence) -> int:
    """Count the corrections that turn the pre-labels into the gold.

    Deleting a span, adding one, and changing one (boundaries, label or both) is one correction each. So a place, a
    group of spans that overlap, takes as many corrections as it has spans on the side with more of them.

    >>> before, gold = (Span(0, 4, "PARK"),), (Span(0, 2, "ORG"), Span(2, 4, "PARK"))  # one changed, one added
    >>> count_corrections(Sentence("东湖光谷见", before), Sentence("东湖光谷见", gold))
    2
    """
    return sum(max(len(place.first), len(place.second)) for place in find_differences(prelabelled, gold))


def to_report_card(pairing: Pairing) -> ReportCard:
    """Compare the pre-labels, first of the pairing, with the gold that people made of them, second."""
    card = ReportCard([], Counter(), Counter(), sum(map(count_corrections, pairing.first, pairing.second)))
    for prelabelled, gold in zip(pairing.first, pairing.second, strict=True):
        card.verdicts.extend(find_verdicts(prelabelled, gold))
        card.gold.update(span.label for span in gold.spans)
        card.missed.update(
            span.label for span in gold.spans if not any(overlap(span, other) for other in prelabelled.spans)
        )
    return card
