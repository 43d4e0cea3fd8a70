"""The command that finds the entities of raw articles; spaCy is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import Simplify, Sources, Strict, writable
from annotate.cli.outputs import check_apart
from annotate.cli.rejects import Rejects
from annotate.pages.page_files import find_pages
from annotate.pages.to_sentences import read_pages
from annotate.records import write_sentences
from annotate.terminal import console, show_progress
from training.cli.options import Model


def apply(
    model: Model,
    sources: Sources,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            callback=writable(".csv", ".jsonl"),
            help="The .csv or .jsonl file to write, or - for records on standard output.",
        ),
    ],
    simplify: Simplify = False,
    strict: Strict = False,
) -> None:
    """Find the entities of raw articles.

    A .csv file gets a row for each entity, a .jsonl file a record for each
    sentence. A source that cannot be read is set aside and named in
    OUTPUT.rejected.

    Example: parkner apply models/ner/model-best pages -o entities.csv
    """
    check_apart(output, find_pages(sources))
    from training.model.predict import load_model, predict
    from training.ship.entity_files import write_entities

    rejects = Rejects()
    pages = read_pages(sources, simplified=simplify, on_reject=None if strict else rejects.errors.append)
    shown = show_progress(predict(rejects.need_one(pages), load_model(model)), "Applying")
    if output.suffix.lower() == ".csv":
        console.print(f"{write_entities(output, shown)} entities -> {output}")
    else:
        console.print(f"{write_sentences(output, shown)} sentences -> {output}")
    rejects.finish(output)
