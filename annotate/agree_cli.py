"""The commands about several people's readings of the same sentences: how far they agree, and what to decide."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from annotate.agreement import to_lines
from annotate.arguments import Output, readable, writable
from annotate.collation import Collation, read_readings
from annotate.corpus import find_records
from annotate.doccano.cli import Project
from annotate.doccano.client import to_first_page
from annotate.doccano.keep import read_file, write_over
from annotate.doccano.log_in import LOCAL, Timeout, Url, log_in, to_name
from annotate.doccano.order import set_scores
from annotate.doccano.push import push
from annotate.files import open_output
from annotate.outputs import check_apart
from annotate.review import Review, add_accepted, adjudicate, post_comments
from annotate.tables import print_tables
from annotate.terminal import console, show_status

app = typer.Typer()

Readings = Annotated[
    list[Path],
    typer.Argument(
        callback=readable(find_records),
        help="Two or more readings of the same sentences: .jsonl files, or folders of them.",
    ),
]


@app.command()
def agree(
    readings: Readings,
    html: Annotated[
        Path | None,
        typer.Option(callback=writable(".html"), help="Write the differences side by side to this .html page too."),
    ] = None,
) -> None:
    """Compare readings: span F1 by label, Cohen's kappa, Krippendorff's alpha, then each difference, A | B.

    Spans match exactly, or overlap: the same label and at least one character in common, one to one. Kappa and alpha
    compare the label of each character.
    """
    from annotate.agreement_tables import to_f1_table, to_kappa_table, to_reading_table, to_summary
    from annotate.reliability import to_codes
    from annotate.side_by_side import to_page

    collation = read_readings(readings)
    codes = to_codes(collation)
    tables = (to_reading_table(collation), to_kappa_table(collation, codes), to_f1_table(collation))
    summary = to_summary(codes)
    if html:
        with open_output(html) as stream:
            stream.writelines(to_page(collation, tables, summary=summary))
    print_tables(*tables)
    typer.echo(summary)
    for group in collation.groups:
        for line in to_lines(group):
            typer.echo(line)
    warn_of_lone_sentences(collation, readings)


@app.command()
def review(
    readings: Readings,
    project: Project,
    output: Output,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Accept the sentences that all who read them have alike; push the others, if any, to a project to decide in.

    There each has the spans that most readings have, a comment for each reading, and its place, lowest agreement
    first, as its score. What else the file holds stays in it.
    """
    check_apart(output, find_records(readings))
    collation = read_readings(readings)
    found = adjudicate(collation)
    accepted = add_accepted(read_file(output), found.accepted)
    if found.undecided:
        send(found, to_name(project), url=url, timeout=timeout)
    _, backup = write_over(output, accepted, force=True)
    console.print(f"{len(found.accepted)} sentences that all agree on -> {output}")
    if backup:
        console.print(f"What {output} held before is in {backup}")
    warn_of_lone_sentences(collation, readings)
    if found.undecided:
        console.print("Once they are confirmed, this makes the gold of both:")
        console.print(f"parkner pull --project {shlex.quote(to_name(project))} --update -o {shlex.quote(str(output))}")
    else:
        console.print(
            f"Nothing is left to decide, and nothing goes to doccano: {output} is the gold of what several read"
        )


def send(found: Review, name: str, *, url: str, timeout: float) -> None:
    """Push what is undecided, with comments and in order, to the project of this name, and say so."""
    client = log_in(url)
    with show_status("doccano …") as tell:
        pushed = push(client, name, found.undecided, timeout=timeout, tell=tell)
        for count in post_comments(client, name, found.comments, timeout=timeout):
            tell(f"{count} comments posted")
        for count in set_scores(client, name, found.undecided, timeout=timeout):
            tell(f"{count} sentences ordered")
    for warning in pushed.warnings:
        console.print(f"Warning: {warning}")
    page = to_first_page(pushed.where, by_score=True)
    console.print(f"{pushed.sentences} sentences to decide, {pushed.sent} of them new -> {page}")


def warn_of_lone_sentences(collation: Collation, paths: list[Path]) -> None:
    """Say of each reading how many sentences nobody else has read."""
    for path, alone in zip(paths, collation.alone, strict=True):
        if alone:
            typer.echo(f"Warning: {alone} sentences are only in {path}, and count for nothing here", err=True)
