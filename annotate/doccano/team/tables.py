"""Show projects, the people in them and their work as terminal tables."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from annotate.cost.pace import to_durations, to_pace
from annotate.doccano.team.progress import Part, Total
from annotate.settings import load_labels
from annotate.tables import make_table


def to_project_table(totals: Iterable[tuple[str, Total]]) -> Table:
    """Make a row per project: sentences, those confirmed, those to go, number of people."""
    table = make_table("project", "sentences", "confirmed", "to go", "people")
    for name, (sentences, confirmed, people) in totals:
        done = ("-", "-") if confirmed is None else (str(confirmed), str(sentences - confirmed))
        table.add_row(Text(name), str(sentences), *done, str(people))
    return table


def to_people_table(parts: Sequence[Part]) -> Table:
    """Make a row per person: roles, confirmed sentences, their share of the person's sentences, sentences per hour."""
    table = make_table("person", "role", "confirmed", "share", "an hour")
    for part in parts:
        share = f"{100 * part.done / part.sentences:.0f}%" if part.sentences else "-"
        pace = to_pace(to_durations(part.times))
        speed = f"{pace:.0f}" if pace else "-"
        table.add_row(Text(part.person), ", ".join(sorted(part.roles)) or "-", str(part.done), share, speed)
    return table


def to_span_table(parts: Sequence[Part]) -> Table:
    """Make a row per person, and one for all: spans of their confirmed sentences by label, and corrections."""
    labels = to_labels(parts)
    table = make_table("confirmed by", *labels, "spans", "fixes")
    for part in parts:
        table.add_row(Text(part.person), *_to_counts(part.spans, labels), str(part.corrections))
    table.add_section()
    spans = sum((part.spans for part in parts), Counter[str]())
    table.add_row("all", *_to_counts(spans, labels), str(sum(part.corrections for part in parts)))
    return table


def to_labels(parts: Sequence[Part]) -> list[str]:
    """List our labels in their order, then the other labels of the projects.

    >>> to_labels([Part("li", frozenset(), 0, 0, (), Counter(PERSON=1, ORG=2), 0)])
    ['PARK', 'ORG', 'METRIC', 'DATE', 'PERSON']
    """
    ours = [label.name for label in load_labels()]
    return ours + sorted({label for part in parts for label in part.spans} - set(ours))


def _to_counts(spans: Counter[str], labels: Sequence[str]) -> list[str]:
    return [*(str(spans[label]) for label in labels), str(spans.total())]
