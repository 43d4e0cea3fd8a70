"""Training with `spacy train`: the trained pipeline takes the old one's place when it is whole, not before."""

import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from confection import ConfigValidationError
from spacy.cli.train import train as spacy_train
from spacy.util import load_config

from annotate.errors import ParknerError
from training.weights import start_from

PIPELINES = ("model-best", "model-last")


def train(config: Path, folder: Path, *, data: Path, pretrained: Path | None = None, gpu: int = -1) -> Path:
    """Train by a spaCy config on `train.spacy` and `dev.spacy` of the folder `data`; return the best pipeline's path.

    Writes `model-best` and `model-last` into `folder`. `pretrained` are weights to start from, of `training.pretrain`;
    `gpu` is a device number, -1 the CPU. Raises ParknerError for weights that do not fit the config, for what is
    missing (spacy-transformers, where the config has a transformer), and for a config that spaCy refuses.
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
            _check_extra(config)
            start = start_from(pretrained, config, folder=Path(beside))
            spacy_train(start, Path(beside), use_gpu=gpu, overrides=paths)
        except (ConfigValidationError, ValueError, OSError) as error:
            reason = " ".join(str(error).split())
            raise ParknerError(f"{config}: spaCy cannot train by this config: {reason}") from error
        for name in PIPELINES:
            shutil.rmtree(folder / name, ignore_errors=True)
            os.replace(Path(beside, name), folder / name)
    return folder / "model-best"


def _check_extra(config: Path) -> None:
    components = load_config(config, interpolate=False).get("components", {})
    factories = {component.get("factory") for component in components.values()}
    if "transformer" in factories and find_spec("spacy_transformers") is None:
        raise ParknerError(f"{config}: its transformer needs spacy-transformers: pip install spacy-transformers")
