"""Show counts as terminal tables."""

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

WIDEST = 10_000  # characters


def make_table(first: str, *headings: str, title: str | None = None) -> Table:
    """Make an empty table: a column of names, then columns of numbers. A narrow terminal folds the names first."""
    table = Table(title=title, title_justify="left")
    table.add_column(first, overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right", overflow="fold", no_wrap=True)
    return table


def print_tables(*tables: Table) -> None:
    """Print tables to standard output without cutting anything off; at full width if that is not a terminal."""
    out = Console(markup=False, highlight=False, emoji=False)
    if not out.is_terminal:
        out.width = max(Measurement.get(out, out.options.update(width=WIDEST), table).maximum for table in tables)
    out.print(*tables)


def per_hundred(part: int, whole: int) -> str:
    """Format a part as a number per hundred; `-` if the whole is 0.

    >>> per_hundred(2, 3), per_hundred(0, 0)
    ('66.7', '-')
    """
    return f"{100 * part / whole:.1f}" if whole else "-"
