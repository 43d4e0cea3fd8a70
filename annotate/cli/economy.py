"""The command that shows what annotation costs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import readable
from annotate.cost.economy import group_costs, read_pieces, time_pieces
from annotate.cost.pace import PAUSE
from annotate.cost.tables import to_correction_table, to_time_table
from annotate.records import find_records
from annotate.tables import print_tables


def economy(
    files: Annotated[
        list[Path],
        typer.Argument(
            callback=readable(find_records), help="Confirmed records, as `pull` writes them, or folders of them."
        ),
    ],
) -> None:
    """Show corrections per 100 gold spans and seconds per sentence.

    Both are by annotator, with pre-labels and without.

    Example: parkner economy corrected.jsonl
    """
    costs = group_costs(time_pieces(read_pieces(files)))
    print_tables(to_correction_table(costs), to_time_table(costs))
    typer.echo(
        f"The time of a sentence starts at the confirmation before it; more than {PAUSE // 60} minutes are a pause."
    )
