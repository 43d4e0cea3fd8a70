"""A network that has learned some labels gets more of them, and forgets nothing."""

from typing import Any, cast

import numpy as np
from spacy.util import replace_model_node
from thinc.api import Linear, Model

from training.model.references import OUTSIDE

DOUBT = 3.0  # how much less a new tag scores than O, before it is learned


def resize_output(model: Model[Any, Any], nO: int) -> None:
    """Make the model of `training.model.recogniser` score `nO` tags, of which those that it has are the first.

    The others begin with the scores and transitions of O, but for some doubt: a row of tags that has one of them is
    never the best, since with O in its place it is better.
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
    places.append(old)  # of beginning and ending
    for around in (model, model.layers[-2]):  # the whole, and what lets the output read a batch
        if around.has_dim("nO"):
            around.set_dim("nO", nO, force=True)
    _replace(model, "output", wider)
    _replace(model, "transitions", build_transitions(ops.asarray2f(transitions[np.ix_(places, places)])))


def build_transitions(scores: Any = None) -> Model[Any, Any]:
    """A layer that only holds the scores of the transitions between tags, its parameter `T`."""
    return Model("transitions", _pass_on, params={"T": scores})


def _pass_on(model: Model[Any, Any], scores: Any, is_train: bool) -> Any:
    return scores, lambda gradient: gradient


def _replace(model: Model[Any, Any], name: str, layer: Model[Any, Any]) -> None:
    """Put in a new layer, not new parameters: an optimizer remembers the old ones, in their old shape."""
    old = model.get_ref(name)
    layer.ops = old.ops
    replace_model_node(model, old, layer)
