"""The command that compares several people's readings of the same sentences."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.agreement.differences import to_lines
from annotate.agreement.groups import ReadingGroups, read_readings
from annotate.cli.options import Readings, writable
from annotate.files import open_output
from annotate.tables import print_tables


def agree(
    readings: Readings,
    html: Annotated[
        Path | None,
        typer.Option(callback=writable(".html"), help="Also write the differences side by side to this .html page."),
    ] = None,
) -> None:
    """Compare readings: F1, kappa, alpha and every difference.

    F1 is by label, for spans that match exactly and for spans that overlap.
    Overlapping spans have the same label and at least one character in common;
    each span has at most one partner. Cohen's kappa and Krippendorff's alpha
    compare the label of each character. A difference is shown as A | B.

    Example: parkner agree li.jsonl wang.jsonl --html page.html
    """
    from annotate.agreement.page import to_page
    from annotate.agreement.reliability import to_codes
    from annotate.agreement.tables import to_f1_table, to_kappa_table, to_reading_table, to_summary

    grouped = read_readings(readings)
    codes = to_codes(grouped)
    tables = (to_reading_table(grouped), to_kappa_table(grouped, codes), to_f1_table(grouped))
    summary = to_summary(codes)
    if html:
        with open_output(html) as stream:
            stream.writelines(to_page(grouped, tables, summary=summary))
    print_tables(*tables)
    typer.echo(summary)
    for group in grouped.groups:
        for line in to_lines(group):
            typer.echo(line)
    warn_of_lone_sentences(grouped, readings)


def warn_of_lone_sentences(grouped: ReadingGroups, paths: list[Path]) -> None:
    """Warn for each reading how many sentences nobody else has read."""
    for path, alone in zip(paths, grouped.alone, strict=True):
        if alone:
            typer.echo(f"Warning: {alone} sentences are only in {path}, and are left out", err=True)
