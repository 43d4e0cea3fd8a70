"""The tables that a command prints."""

from rich.table import Table


def to_rows(table: Table) -> list[list[str]]:
    """The cells of a table, row by row, without the headings."""
    return [list(map(str, row)) for row in zip(*(column.cells for column in table.columns), strict=True)]


def read_cells(out: str) -> list[list[str]]:
    """The cells of the tables in what a command printed, row by row, without the headings."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if "│" in line]
