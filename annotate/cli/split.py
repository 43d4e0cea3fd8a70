"""The commands that need no spaCy. Each is a caption: read, call, write, report."""

from typing import Annotated

import typer

from annotate.cli.options import Output, Simplify, Sources
from annotate.cli.outputs import check_apart
from annotate.pages.clean import Dropped
from annotate.pages.page_files import find_pages
from annotate.pages.to_sentences import read_pages
from annotate.records import write_sentences
from annotate.terminal import console

Semicolons = Annotated[bool, typer.Option(help="Split sentences at semicolons too, or leave them whole there.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say which lines cleaning dropped, and why.")]


def split(
    sources: Sources,
    output: Output,
    simplify: Simplify = False,
    semicolons: Semicolons = True,
    verbose: Verbose = False,
) -> None:
    """Clean raw pages and split them into sentences, a record a line."""
    check_apart(output, find_pages(sources))
    sentences = read_pages(
        sources, simplified=simplify, semicolons=semicolons, on_drop=print_dropped if verbose else None
    )
    count = write_sentences(output, sentences)
    console.print(f"{count} sentences -> {output}")
    if not count:
        console.print("Warning: cleaning has left nothing: --verbose says what it dropped, and why")


def print_dropped(article: str, dropped: Dropped) -> None:
    """Tell of one line that is no part of its article."""
    console.print(f"{article}: line {dropped.line}: {dropped.reason}: {dropped.text}")
