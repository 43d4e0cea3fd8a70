"""The command that validates records and counts their content."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.agreement.differences import Difference, to_line
from annotate.cli.options import readable
from annotate.quality.check import check_records
from annotate.quality.consistency import find_unlabelled
from annotate.quality.stats import Counts, add_up, count_kinds, find_shortages
from annotate.quality.tables import to_count_table, to_kind_table
from annotate.records import find_records, read_sentences
from annotate.tables import print_tables


def check(
    files: Annotated[
        list[Path], typer.Argument(callback=readable(find_records), help="Records: .jsonl files, or folders of them.")
    ],
    stats: Annotated[bool, typer.Option("--stats", help="Also count surfaces, units and date forms.")] = False,
    unlabelled: Annotated[
        bool, typer.Option("--unlabelled", help="List what is labelled three times or more, but not everywhere.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Also exit with 1 for a warning.")] = False,
) -> None:
    """Validate records and partitions, and count their content.

    The exit code is 1 if there is a problem.

    Example: parkner check corpus/gold --strict
    """
    report = check_records(files)
    for line in [*(f"Warning: {warning}" for warning in report.warnings), *report.problems]:
        typer.echo(line, err=True)
    print_tables(to_count_table(report.counts))
    if stats:
        print_kinds(report.counts)
    if unlabelled:
        for sentence, span in find_unlabelled(list(read_sentences(*files))):
            typer.echo(to_line(Difference(sentence, span.start, span.end, (), (span,))))
    for line in find_shortages(report.counts["train"]) if "train" in report.counts else ():
        typer.echo(f"Note: {line}")
    if report.problems or (strict and report.warnings):
        raise typer.Exit(1)


def print_kinds(counts: dict[str, Counts]) -> None:
    """Print the number of distinct surfaces, and the units and date forms, the most frequent first."""
    print_tables(to_kind_table(counts))
    for kind, found in count_kinds(add_up(counts.values())).items():
        typer.echo(f"{kind}: " + ", ".join(f"{name or '(none)'} {count}" for name, count in found.most_common()))
