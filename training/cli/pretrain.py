"""The command that pretrains; spaCy is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import BulkText, find_single, readable, writable_file
from annotate.cli.outputs import check_apart
from annotate.pages.bulk import find_bulk
from annotate.terminal import console
from training.cli.options import DEFAULT_CONFIG


def pretrain(
    raw: BulkText,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", callback=writable_file, help="The file for the weights, such as models/weights.bin."
        ),
    ],
    config: Annotated[
        Path,
        typer.Option(
            callback=readable(find_single), help="The config to train with afterwards.", show_default="configs/ner.cfg"
        ),
    ] = DEFAULT_CONFIG,
    steps: Annotated[int, typer.Option(help="How many batches of about 3,000 characters to learn from.", min=1)] = 3000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same weights.", min=0)] = 0,
) -> None:
    """Pretrain on raw text, for `train --pretrained`.

    The model learns to predict hidden characters.

    Example: parkner pretrain news.txt -o weights.bin
    """
    check_apart(output, find_bulk(raw))
    from training.model.pretrain import Progress
    from training.model.pretrain import pretrain as pretrain_layer

    def report(progress: Progress) -> None:
        console.print(f"{progress.steps:>6} steps, {progress.characters:>11,} characters, loss {progress.loss:.3f}")

    pretrain_layer(config, output, raw=raw, steps=steps, seed=seed, report=report)
    console.print(f"The weights are in {output}")
