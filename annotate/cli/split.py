"""The command that cleans raw pages and splits them into sentences."""

from typing import Annotated

import typer

from annotate.cli.options import Output, Simplify, Sources, Strict
from annotate.cli.outputs import check_apart
from annotate.cli.rejects import Rejects
from annotate.pages.clean import Dropped
from annotate.pages.page_files import find_pages
from annotate.pages.to_sentences import read_pages
from annotate.records import write_sentences
from annotate.terminal import console

Semicolons = Annotated[bool, typer.Option(help="Also split sentences at semicolons, or not.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say which lines cleaning dropped, and why.")]


def split(
    sources: Sources,
    output: Output,
    simplify: Simplify = False,
    semicolons: Semicolons = True,
    strict: Strict = False,
    verbose: Verbose = False,
) -> None:
    """Clean raw pages and split them into sentences, one record per line.

    A source that cannot be read is set aside and named in OUTPUT.rejected.

    Example: parkner split pages -o sentences.jsonl
    """
    check_apart(output, find_pages(sources))
    rejects = Rejects()
    sentences = read_pages(
        sources,
        simplified=simplify,
        semicolons=semicolons,
        on_drop=print_dropped if verbose else None,
        on_reject=None if strict else rejects.errors.append,
    )
    count = write_sentences(output, rejects.need_one(sentences))
    console.print(f"{count} sentences -> {output}")
    if not count:
        console.print("Warning: cleaning left nothing: --verbose says what it dropped, and why")
    rejects.finish(output)


def print_dropped(article: str, dropped: Dropped) -> None:
    """Print one line that was dropped."""
    place = f"line {dropped.line}: " if dropped.line else ""
    console.print(f"{article}: {place}{dropped.reason}: {dropped.text}")
