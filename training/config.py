"""Reads a training config; looks up its relative paths in the config's folder first, wherever the command runs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from confection import Config
from spacy.util import load_config as read_config

from annotate.errors import ParknerError
from training.refusals import name_refusals

BLOCK = "paths"  # every setting in this block is a path or the name of a package
SETTINGS = {"init_tok2vec", "path", "pkuseg_model", "rules", "source", "vectors"}  # these settings too, in any block


def load_config(path: Path) -> Config:
    """Read a config without filling in its variables; complete the paths that exist below the config's folder.

    spaCy handles every other value: as a name, or as a path from the working folder. Raises ParknerError for a config
    that is missing or cannot be read.
    """
    if not path.is_file():
        raise ParknerError(f"{path}: no such file")
    with name_refusals(f"{path}: spaCy cannot read this config"):
        settings: Config = read_config(path, interpolate=False)
    settings.update(complete_paths(settings, path.parent))
    return settings


def complete_paths(settings: Mapping[str, Any], folder: Path, *, block: str = "") -> dict[str, Any]:
    """Return the settings of a config or of one of its blocks, with the paths that exist below a folder completed.

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
