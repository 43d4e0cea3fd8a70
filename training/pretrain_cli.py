"""The command that pretrains; spaCy is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.settings import CONFIGS
from annotate.terminal import console

app = typer.Typer()
DEFAULT_CONFIG = CONFIGS / "ner.cfg"


@app.command()
def pretrain(
    raw: Annotated[list[Path], typer.Argument(help="Raw text: .txt, .txt.xz, pages as for split, folders of them.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file for the weights.")],
    config: Annotated[Path, typer.Option(help="The config to train by afterwards.")] = DEFAULT_CONFIG,
    steps: Annotated[int, typer.Option(help="How many batches of about 3,000 characters to learn from.", min=1)] = 3000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same weights.", min=0)] = 0,
) -> None:
    """Pretrain on raw text, for `train --pretrained`: the model learns to foretell hidden characters."""
    from training.pretrain import Progress
    from training.pretrain import pretrain as pretrain_layer

    def report(progress: Progress) -> None:
        console.print(f"{progress.steps:>6} steps, {progress.characters:>11,} characters, loss {progress.loss:.3f}")

    pretrain_layer(config, output, raw=raw, steps=steps, seed=seed, report=report)
    console.print(f"The weights are {output}")
