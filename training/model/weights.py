"""Pretrained weights: finds the layer of a config that they belong to, and makes training start from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from confection import Config
from spacy.language import DEFAULT_CONFIG_PRETRAIN_PATH
from spacy.training.pretrain import get_tok2vec_ref
from spacy.util import load_config as read_config
from spacy.util import load_model_from_config
from thinc.api import Model

from annotate.errors import ParknerError
from training.config import load_config
from training.refusals import name_refusals


def get_layer(settings: Mapping[str, Any]) -> dict[str, str] | None:
    """Find the layer that reads tokens: the component `tok2vec`, or the layer `tok2vec` in another component.

    >>> get_layer({"nlp": {"pipeline": ["ner"]}, "components": {"ner": {"model": {"tok2vec": {}}}}})
    {'component': 'ner', 'layer': 'tok2vec'}
    """
    for name in settings.get("nlp", {}).get("pipeline", ()):
        component = settings.get("components", {}).get(name, {})
        if component.get("factory") == "tok2vec":
            return {"component": name, "layer": ""}
        if "tok2vec" in component.get("model", {}):
            return {"component": name, "layer": "tok2vec"}
    return None


def add_pretraining(settings: Config, *, address: Path) -> Config:
    """Return the config with a block `[pretraining]`: its own, or spaCy's default for the layer that reads tokens.

    If the block is empty, spaCy ignores `init_tok2vec`. Raises ParknerError for a config without such a layer.
    """
    filled = settings.copy()
    if not filled.get("pretraining"):
        layer = get_layer(settings)
        if layer is None:
            raise ParknerError(f"{address}: no component has a layer tok2vec to pretrain")
        filled["pretraining"] = read_config(DEFAULT_CONFIG_PRETRAIN_PATH)["pretraining"] | layer
    return filled


def start_from(weights: Path | None, config: Path, *, folder: Path) -> Path:
    """Write into `folder` a config that starts training from `weights`, or else from the config's own `init_tok2vec`.

    Returns its path. Raises ParknerError for weights that are missing or do not fit the config.
    """
    settings = load_config(config)
    if weights:
        settings.setdefault("initialize", {})["init_tok2vec"] = str(weights)
    with name_refusals(f"{config}: spaCy cannot train with this config"):
        path = settings.interpolate().get("initialize", {}).get("init_tok2vec")
    if path:
        settings = add_pretraining(settings, address=config)
        _check_fit(settings, config, weights=Path(path))
    settings.to_disk(folder / "config.cfg")
    return folder / "config.cfg"


def _check_fit(settings: Config, config: Path, *, weights: Path) -> None:
    with name_refusals(f"{config}: spaCy cannot train with this config"):
        nlp = load_model_from_config(settings, auto_fill=True)
        layer = get_tok2vec_ref(nlp, nlp.config.interpolate()["pretraining"])
    try:
        load_weights(layer, weights.read_bytes())
    except OSError as error:
        raise ParknerError(f"{weights}: {error.strerror}") from error
    except ValueError as error:
        advice = f"`parkner pretrain --config {config}` makes weights that fit"
        raise ParknerError(f"{weights}: these weights do not fit {config}: {error}: {advice}") from error


def load_weights(layer: Model[Any, Any], weights: bytes) -> None:
    """Load weights that the layer's `to_bytes` made. Raises ValueError with the reason if they do not fit the layer.

    thinc itself compares only the dimensions, and would let the weights change which token attributes the layer reads.
    """
    wanted = list_attributes(layer)
    try:
        layer.from_bytes(weights)
    except (AttributeError, KeyError, TypeError) as error:  # the bytes are something else
        raise ValueError("not the weights of a layer") from error
    if (learned := list_attributes(layer)) != wanted:
        raise ValueError(f"they read the token attributes {', '.join(learned)}, not {', '.join(wanted)}")


def list_attributes(layer: Model[Any, Any]) -> list[str]:
    """List the token attributes that a layer reads, in order.

    >>> from spacy.ml.models import MultiHashEmbed
    >>> list_attributes(MultiHashEmbed(8, ["NORM", "TAG"], [9, 9], include_static_vectors=False))
    ['NORM', 'TAG']
    """
    return [str(name) for node in layer.walk() for name in node.attrs.get("columns", ())]
