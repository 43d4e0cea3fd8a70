"""The command that trains; spaCy is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import find_single, readable, writable_folder
from annotate.terminal import console
from training.cli.options import DEFAULT_CONFIG, Config
from training.inputs import find_data


def train(
    output: Annotated[
        Path, typer.Option("--output", "-o", callback=writable_folder, help="The folder for model-best and model-last.")
    ],
    config: Config = DEFAULT_CONFIG,
    data: Annotated[
        Path,
        typer.Option(
            callback=readable(find_data), help="The folder with train.spacy and dev.spacy, written by `convert`."
        ),
    ] = Path("corpus"),
    pretrained: Annotated[
        Path | None,
        typer.Option(callback=readable(find_single), help="The file of weights to start from, written by `pretrain`."),
    ] = None,
    gpu: Annotated[int, typer.Option(help="The GPU to train on, -1 for the CPU.")] = -1,
) -> None:
    """Train a pipeline with spaCy on the converted gold.

    Example: parkner train configs/ner.cfg -o models/ner
    """
    from training.model.train import train as train_pipeline

    best = train_pipeline(config, output, data=data, pretrained=pretrained, gpu=gpu)
    console.print(f"The best pipeline is {best}")
