"""The report card of the rules as people read it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from rich.table import Table

from annotate.agreement.differences import to_line
from annotate.rules.report import KEPT, OUTCOMES, ReportCard, Verdict
from annotate.settings import load_labels
from annotate.tables import make_table, per_hundred


def to_rule_table(card: ReportCard) -> Table:
    """One row for each rule, the most frequent first: how often it fired, what became of it, and the per cent kept."""
    table = make_table("rule", "fired", *OUTCOMES, "precision")
    for rule, verdicts in _group_by_rule(card.verdicts).items():
        _add_row(table, rule, verdicts)
    table.add_section()
    _add_row(table, "all", card.verdicts)
    return table


def _add_row(table: Table, heading: str, verdicts: list[Verdict]) -> None:
    counts = Counter(verdict.outcome for verdict in verdicts)
    numbers = [counts.total(), *(counts[outcome] for outcome in OUTCOMES)]
    table.add_row(heading, *map(str, numbers), per_hundred(counts[KEPT], counts.total()))


def to_label_table(card: ReportCard) -> Table:
    """One row for each label: its gold spans, those that arrived ready, and those that no pre-label overlaps."""
    ready = Counter(verdict.place.first[0].label for verdict in card.verdicts if verdict.outcome == KEPT)
    table = make_table("label", "gold spans", "ready", "not found")
    for label in load_labels():
        table.add_row(label.name, *(str(counts[label.name]) for counts in (card.gold, ready, card.missed)))
    table.add_section()
    table.add_row("all", *(str(counts.total()) for counts in (card.gold, ready, card.missed)))
    return table


def to_summary(card: ReportCard) -> str:
    """Say in one line how much work the pre-labels saved.

    >>> to_summary(ReportCard([], Counter(PARK=8), Counter(PARK=2), 3))
    '0.0 of 100 gold spans arrived ready; 37.5 corrections for 100 gold spans, where labelling from nothing takes 100'
    """
    spans, kept = card.gold.total(), sum(verdict.outcome == KEPT for verdict in card.verdicts)
    ready, corrections = per_hundred(kept, spans), per_hundred(card.corrections, spans)
    return (
        f"{ready} of 100 gold spans arrived ready; {corrections} corrections for 100 gold spans, "
        "where labelling from nothing takes 100"
    )


def find_examples(verdicts: Iterable[Verdict], *, most: int) -> Iterator[str]:
    """Yield the first places that people corrected, at most `most` for each rule: what it found | the correction."""
    wrong = [verdict for verdict in verdicts if verdict.outcome != KEPT]
    for rule, verdicts_of_one in _group_by_rule(wrong).items():
        yield from (f"{rule}: {outcome}: {to_line(place)}" for _, outcome, place in islice(verdicts_of_one, most))


def _group_by_rule(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    """The verdicts of each rule; rules with the most verdicts first."""
    groups: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.rule].append(verdict)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))
