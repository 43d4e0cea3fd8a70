"""Adds labels to a trained network without forgetting what it has learned."""

from typing import Any, cast

import numpy as np
from spacy.util import replace_model_node
from thinc.api import Linear, Model

from training.model.references import OUTSIDE

DOUBT = 3.0  # how much lower than O a new tag scores before it is learned


def resize_output(model: Model[Any, Any], nO: int) -> None:
    """Make the model of `training.model.recogniser` score `nO` tags; its present tags stay the first ones.

    A new tag starts with the scores and transitions of O, minus `DOUBT`. So a tag sequence with a new tag is never the
    best one: it scores higher with O in that place.
    """
    output, ops = model.get_ref("output"), cast(Any, model.ops)
    if not output.has_param("W"):
        output.set_dim("nO", nO, force=True)
        return
    old = output.get_dim("nO")
    weights, bias, transitions = (
        ops.to_numpy(model.get_ref(name).get_param(key))
        for name, key in (("output", "W"), ("output", "b"), ("transitions", "T"))
    )
    places = [*range(old), *[OUTSIDE] * (nO - old)]
    wider: Model[Any, Any] = Linear(nO=nO, nI=output.get_dim("nI"))
    wider.set_param("W", ops.asarray2f(weights[places]))
    wider.set_param("b", ops.asarray1f(bias[places] - DOUBT * (np.arange(nO) >= old)))
    places.append(old)  # the row for the first tag and the column for the last tag
    for around in (model, model.layers[-2]):  # the whole model, and the layer that passes a batch to the output
        if around.has_dim("nO"):
            around.set_dim("nO", nO, force=True)
    _replace(model, "output", wider)
    _replace(model, "transitions", build_transitions(ops.asarray2f(transitions[np.ix_(places, places)])))


def build_transitions(scores: Any = None) -> Model[Any, Any]:
    """Build a layer that only holds the transition scores between tags, its parameter `T`."""
    return Model("transitions", _pass_on, params={"T": scores})


def _pass_on(model: Model[Any, Any], scores: Any, is_train: bool) -> Any:
    return scores, lambda gradient: gradient


def _replace(model: Model[Any, Any], name: str, layer: Model[Any, Any]) -> None:
    """Replace the layer, not only its parameters: an optimizer remembers the old parameters with their old shape."""
    old = model.get_ref(name)
    layer.ops = old.ops
    replace_model_node(model, old, layer)
