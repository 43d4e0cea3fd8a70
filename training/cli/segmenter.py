"""The command that trains a segmenter; spacy-pkuseg is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import readable, writable_folder
from annotate.records import read_sentences
from annotate.tables import make_table, print_tables
from training.cli.options import DEFAULT_GOLD, HeldOut
from training.inputs import find_train


def segmenter(
    output: Annotated[
        Path, typer.Option("--output", "-o", callback=writable_folder, help="The folder for the segmenter.")
    ],
    gold: Annotated[
        Path,
        typer.Argument(callback=readable(find_train), help="The folder of gold records, with train/ and dev/ in it."),
    ] = DEFAULT_GOLD,
    held_out: HeldOut = None,
) -> None:
    """Train a word segmenter on gold records.

    It also counts the entities that its words cut.

    Example: parkner segmenter corpus/gold -o models/segmenter
    """
    from training.model.segmenter import load_segmenter, measure_fit, train_segmenter

    measured = {path: list(read_sentences(path)) for path in [gold / "train", *(held_out or [gold / "dev"])]}
    train_segmenter(gold / "train", output)
    cut = load_segmenter(output)
    table = make_table("gold", "entities", "cut", "%", "characters/s")
    for path, sentences in measured.items():
        fit = measure_fit(cut, sentences)
        share = 100 * fit.unaligned / (fit.entities or 1)
        table.add_row(str(path), f"{fit.entities}", f"{fit.unaligned}", f"{share:.2f}", f"{fit.speed:,.0f}")
    print_tables(table)
