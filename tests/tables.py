"""The tables that a command prints."""


def read_cells(out: str) -> list[list[str]]:
    """The cells of the tables in what a command printed, row by row, without the headings."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if "│" in line]
