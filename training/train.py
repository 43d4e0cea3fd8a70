"""Training with `spacy train`: the trained pipeline takes the old one's place when it is whole, not before."""

import os
import shutil
import tempfile
from pathlib import Path

from confection import ConfigValidationError
from spacy.cli.train import train as spacy_train

from annotate.errors import ParknerError

PIPELINES = ("model-best", "model-last")


def train(config: Path, folder: Path, *, data: Path, gpu: int = -1) -> Path:
    """Train by a spaCy config on `train.spacy` and `dev.spacy` of the folder `data`; return the best pipeline's path.

    Writes `model-best` and `model-last` into `folder`. `gpu` is a device number, -1 the CPU. Raises ParknerError for
    what is missing and for a config that spaCy refuses.
    """
    for path in (config, data / "train.spacy", data / "dev.spacy"):
        if not path.is_file():
            raise ParknerError(f"{path}: no such file" + ("" if path == config else "; `parkner convert` makes it"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParknerError(f"{folder}: {error.strerror}") from error
    with tempfile.TemporaryDirectory(prefix=".training.", dir=folder) as beside:
        paths = {"paths.train": str(data / "train.spacy"), "paths.dev": str(data / "dev.spacy")}
        try:
            spacy_train(config, Path(beside), use_gpu=gpu, overrides=paths)
        except (ConfigValidationError, ValueError, OSError) as error:
            reason = " ".join(str(error).split())
            raise ParknerError(f"{config}: spaCy cannot train by this config: {reason}") from error
        for name in PIPELINES:
            shutil.rmtree(folder / name, ignore_errors=True)
            os.replace(Path(beside, name), folder / name)
    return folder / "model-best"
