"""Trains as `spacy train` does; the new pipeline replaces the old one only when it is complete."""

import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from spacy.util import load_config as read_config
from thinc.api import require_gpu

from annotate.errors import ParknerError
from annotate.files import make_folder
from training.config import load_config
from training.inputs import find_data
from training.model.weights import start_from
from training.refusals import name_refusals

PIPELINES = ("model-best", "model-last")


def train(config: Path, folder: Path, *, data: Path, pretrained: Path | None = None, gpu: int = -1) -> Path:
    """Train with a spaCy config on `train.spacy` and `dev.spacy` in the folder `data`; return the best pipeline's path.

    Writes `model-best` and `model-last` into `folder`. `pretrained` is a file of weights to start from
    (`training.model.pretrain`). `gpu` is a device number, or -1 for the CPU. Raises ParknerError for a missing file,
    for weights that do not fit the config, for a missing GPU, for missing spacy-transformers if the config has a
    transformer, and for a config that spaCy refuses.
    """
    _check_extra(config)
    list(find_data([data]))
    _start_gpu(gpu)
    with make_folder(folder, known_as=folder), tempfile.TemporaryDirectory(prefix=".training.", dir=folder) as beside:
        start = start_from(pretrained, config, folder=Path(beside))
        paths = {"paths.train": str(data / "train.spacy"), "paths.dev": str(data / "dev.spacy")}
        with name_refusals(f"{config}: spaCy cannot train with this config"):
            nlp = init_nlp(read_config(start, overrides=paths, interpolate=False), use_gpu=gpu)
            spacy_train(nlp, Path(beside), use_gpu=gpu, stdout=sys.stdout, stderr=sys.stderr)
        for name in PIPELINES:
            shutil.rmtree(folder / name, ignore_errors=True)
            os.replace(Path(beside, name), folder / name)
    return folder / "model-best"


def _check_extra(config: Path) -> None:
    components = load_config(config).get("components", {})
    factories = {component.get("factory") for component in components.values()}
    if "transformer" in factories and find_spec("spacy_transformers") is None:
        raise ParknerError(f"{config}: its transformer needs spacy-transformers: pip install spacy-transformers")


def _start_gpu(number: int) -> None:
    if number >= 0:
        try:
            require_gpu(number)
        except ValueError as error:
            raise ParknerError(f"--gpu {number}: {error}") from error
