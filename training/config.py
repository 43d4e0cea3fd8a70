"""A training config, and the files that it names: those beside it first, wherever the command runs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from confection import Config
from spacy.util import load_config as read_config

from annotate.errors import ParknerError
from training.refusals import name_refusals

BLOCK = "paths"  # all settings in this block are paths, or names of packages
SETTINGS = {"init_tok2vec", "path", "pkuseg_model", "rules", "source", "vectors"}  # and these, wherever they stand


def load_config(path: Path) -> Config:
    """Read a config, its variables not filled in; a path that leads to something from the config's folder goes there.

    Any other is left to spaCy, which takes it for a name, or from the working folder. Raises ParknerError for a config
    that is missing or cannot be read.
    """
    if not path.is_file():
        raise ParknerError(f"{path}: no such file")
    with name_refusals(f"{path}: spaCy cannot read this config"):
        settings: Config = read_config(path, interpolate=False)
    settings.update(complete_paths(settings, path.parent))
    return settings


def complete_paths(settings: Mapping[str, Any], folder: Path, *, block: str = "") -> dict[str, Any]:
    """The settings of a config, or of one of its blocks, with the paths that exist below a folder complete.

    >>> complete_paths({"nlp": {"lang": "etc"}, "paths": {"rules": "etc", "vectors": "zh_core_web_md"}}, Path("/"))
    {'nlp': {'lang': 'etc'}, 'paths': {'rules': '/etc', 'vectors': 'zh_core_web_md'}}
    """
    found = dict(settings)
    for name, value in settings.items():
        if isinstance(value, Mapping):
            found[name] = complete_paths(value, folder, block=name)
        elif isinstance(value, str) and value and (block == BLOCK or name in SETTINGS) and (folder / value).exists():
            found[name] = str(folder / value)
    return found
