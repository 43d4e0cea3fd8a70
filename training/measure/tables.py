"""Terminal tables of scores."""

from collections.abc import Mapping

from rich.table import Table

from annotate.quality.score import Score
from annotate.tables import make_table


def to_table(scores: Mapping[str, Mapping[str, Score]], *, title: str) -> Table:
    """Make a table of P, R and F1 in percent by label, with a group of columns for each scored system."""
    measures = [f"{system} {measure}" for system in scores for measure in ("P", "R", "F1")]
    table = make_table("label", *measures, "spans", title=title)
    for column in table.columns[3:-1:3]:
        column.style = "bold"
    first = next(iter(scores.values()))
    for label, (*_, support) in first.items():
        values = [f"{100 * value:.1f}" for system in scores.values() for value in system[label][:3]]
        table.add_row(label, *values, str(support), end_section=label == list(first)[-3])
    return table
