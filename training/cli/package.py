"""The command that packages a pipeline; spaCy is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import find_single, readable, writable_folder
from annotate.records import find_records
from annotate.settings import CONFIGS
from annotate.terminal import console
from training.cli.options import Model

DEFAULT_CARD = CONFIGS / "model-card.md"
DEFAULT_TRAIN = Path("corpus/gold/train")


def package(
    model: Model,
    gold: Annotated[
        Path,
        typer.Option(callback=readable(find_records), help="Held-out gold records to score on."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", callback=writable_folder, help="The folder for the wheel and the model card."),
    ],
    train: Annotated[
        Path,
        typer.Option(callback=readable(find_records), help="The gold that it was trained on; the card gives its size."),
    ] = DEFAULT_TRAIN,
    card: Annotated[
        Path,
        typer.Option(
            callback=readable(find_single),
            help="The template of the model card, a .md file.",
            show_default="configs/model-card.md",
        ),
    ] = DEFAULT_CARD,
) -> None:
    """Score a pipeline and make a Python package of it, with a model card.

    After installation, spacy.load("zh_parkner") loads it.

    Example: parkner package models/ner/model-best --gold corpus/gold/test -o dist
    """
    from training.ship.package import package as package_pipeline

    for path in package_pipeline(model, output, train=train, gold=gold, template=card):
        console.print(path)
