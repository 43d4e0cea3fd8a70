"""The command that converts gold to spaCy's training data."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import readable, writable_folder
from annotate.records import find_records
from annotate.terminal import console
from training.inputs import find_gold


def convert(
    gold: Annotated[
        Path,
        typer.Argument(
            callback=readable(find_gold), help="The folder of gold records, with train/, dev/ and, optionally, test/."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", callback=writable_folder, help="The folder for the .spacy files.")
    ],
    silver: Annotated[
        list[Path] | None,
        typer.Option(
            callback=readable(find_records),
            help="Silver records to train on too, written by `silver`; may be given again.",
        ),
    ] = None,
) -> None:
    """Convert gold records to spaCy's training data.

    It lists the entities that do not align with tokens.

    Example: parkner convert corpus/gold -o corpus
    """
    from training.data.convert import convert as convert_folders

    for path, unaligned in convert_folders(gold, output, silver=silver or ()).items():
        for line in unaligned:
            typer.echo(f"Warning: {line}", err=True)
        console.print(f"{path}: {len(unaligned)} entities do not align")
