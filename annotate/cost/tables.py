"""Show the cost of annotation as terminal tables."""

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from annotate.cost.economy import Cost
from annotate.tables import make_table, per_hundred

YES_NO = {True: "yes", False: "no"}


def to_correction_table(costs: Mapping[tuple[str, bool], Cost]) -> Table:
    """Make rows per annotator, with pre-labels and without: sentences, gold spans, `fixes` (corrections), per 100."""
    table = make_table("annotator", "pre-labels", "sentences", "spans", "fixes", "per 100 spans")
    for (name, prelabelled), cost in costs.items():
        counts = map(str, (cost.sentences, cost.spans, cost.corrections))
        table.add_row(Text(name), YES_NO[prelabelled], *counts, per_hundred(cost.corrections, cost.spans))
    return table


def to_time_table(costs: Mapping[tuple[str, bool], Cost]) -> Table:
    """Make rows per annotator, with pre-labels and without: sentences with known seconds, and their medians."""
    table = make_table("annotator", "pre-labels", "timed", "seconds each", "per 100 characters")
    for (name, prelabelled), cost in costs.items():
        seconds = ("-" if value is None else f"{value:.1f}" for value in (cost.seconds, cost.seconds_per_100))
        table.add_row(Text(name), YES_NO[prelabelled], str(cost.timed), *seconds)
    return table
