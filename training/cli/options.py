"""The options that several training commands share. Each is checked when it is parsed, before spaCy is imported."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import find_single, readable
from annotate.records import find_records
from annotate.settings import CONFIGS
from training.inputs import find_pipelines

DEFAULT_CONFIG = CONFIGS / "ner.cfg"
DEFAULT_GOLD = Path("corpus/gold")
Model = Annotated[
    Path,
    typer.Argument(callback=readable(find_pipelines), help="A trained pipeline, such as models/ner/model-best."),
]
Pipeline = Annotated[
    Path, typer.Option("--model", callback=readable(find_pipelines), help="A pipeline, such as models/ner/model-best.")
]
Config = Annotated[
    Path,
    typer.Argument(
        callback=readable(find_single), help="A spaCy training config, a .cfg file.", show_default="configs/ner.cfg"
    ),
]
HeldOut = Annotated[
    list[Path] | None,
    typer.Option(
        callback=readable(find_records),
        help="Gold records to measure on; may be given again.",
        show_default="dev/ of the gold",
    ),
]
