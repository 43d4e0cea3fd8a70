"""Pretraining on raw text: the layer that reads tokens learns to predict hidden tokens, as in spaCy's `pretrain`.

The network, its objective and its settings are spaCy's. Only the hiding is our own: spaCy puts other words into a new
Doc, and that Doc lacks the hints that our tokenizer sets.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import ceil
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.schemas import ConfigSchemaPretrain
from spacy.tokens import Doc
from spacy.training.pretrain import create_pretraining_model
from spacy.util import load_model_from_config, registry
from spacy.vocab import Vocab
from thinc.api import Model, Optimizer, fix_random_seed

from annotate.errors import ParknerError
from annotate.files import STREAM, blame, write_beside
from annotate.pages.bulk import read_passages
from annotate.rules.file import Rules
from annotate.sentence import join_sentences
from training.config import load_config
from training.model.tokenizer import CharacterTokenizer, make_doc, to_hints, to_tokens
from training.model.weights import add_pretraining
from training.refusals import name_refusals

SHARE = 0.15  # the share of the tokens that are hidden
MASK = "█"
REPORTED = 100  # steps


class Passage(NamedTuple):
    """A Doc with hidden tokens, their places in the Doc, and their original texts."""

    doc: Doc
    places: list[int]
    hidden: list[str]


class Progress(NamedTuple):
    """The number of steps and characters so far, and the mean loss per hidden token since the last report."""

    steps: int
    characters: int
    loss: float


def read_texts(paths: Sequence[Path]) -> Iterator[str]:
    """Yield passages of raw text, one sentence a line; start again at the beginning when the text ends, forever.

    Raises ParknerError for raw text that cannot be read or has no sentence.
    """
    while True:
        empty = True
        for passage in read_passages(paths):
            empty = False
            yield join_sentences(passage).text
        if empty:
            raise ParknerError(f"{paths[0]}: no sentence to learn from")


def hide_tokens(text: str, vocab: Vocab, rules: Rules | None) -> Passage:
    """Tokenize a text and hide a random share of its tokens.

    The hints come from the original text. Of ten hidden tokens eight are masked, one is replaced by another character
    and one is unchanged, so that the layer also learns about tokens that it sees (Devlin et al. 2019).
    """
    tokens = to_tokens(text)
    visible = [place for place, token in enumerate(tokens) if not token.isspace()]
    places = sorted(random.sample(visible, ceil(SHARE * len(visible))))
    hidden = [tokens[place] for place in places]
    for place, token in zip(places, hidden, strict=True):
        shown = random.choices((MASK, random.choice(text), None), weights=(8, 1, 1))[0]
        tokens[place] = shown * len(token) if shown else token
    hints = to_hints(text, rules) if rules else ()
    return Passage(make_doc(vocab, tokens, *hints), places, hidden)


def learn(model: Model[Any, Any], passages: Sequence[Passage], optimizer: Optimizer) -> float:
    """Update a network of spaCy's `create_pretraining_model`; return the loss per hidden token before the update."""
    vectors, learn_vectors = model.get_ref("tok2vec").begin_update([passage.doc for passage in passages])
    chosen = [rows[passage.places] for rows, passage in zip(vectors, passages, strict=True)]
    guesses, learn_guesses = model.get_ref("output_layer").begin_update(chosen)
    targets = [Doc(passage.doc.vocab, words=passage.hidden) for passage in passages]
    loss, gradient = model.attrs["loss"](model.ops, targets, guesses)
    gradients = [model.ops.alloc2f(*rows.shape) for rows in vectors]
    for whole, part, passage in zip(gradients, learn_guesses(gradient), passages, strict=True):
        whole[passage.places] = part
    learn_vectors(gradients)
    model.finish_update(optimizer)
    return float(loss) / len(guesses)


def pretrain(
    config: Path, output: Path, *, raw: Sequence[Path], steps: int, seed: int, report: Callable[[Progress], None]
) -> None:
    """Pretrain on raw text the layer of a config that reads tokens; write its weights, completely or not at all.

    A step is a batch of about 3,000 characters, unless the config's block `[pretraining]` says otherwise. When the text
    ends, it is read again. `report` is called after every hundredth step and after the last. The same seed gives the
    same weights. Raises ParknerError for raw text that cannot be read and for a config that spaCy refuses.
    """
    if STREAM in raw:
        raise ParknerError("-: raw text is read more than once, standard input only once: give a file")
    with write_beside(output) as beside:
        fix_random_seed(seed)
        nlp, block, model = _build(config)
        rules, optimizer = nlp.tokenizer.stored.rules, block["optimizer"]
        characters, losses = 0, []
        for step, texts in enumerate(islice(block["batcher"](read_texts(raw)), steps), start=1):
            losses.append(learn(model, [hide_tokens(text, nlp.vocab, rules) for text in texts], optimizer))
            characters += sum(map(len, texts))
            if step % REPORTED == 0 or step == steps:
                report(Progress(step, characters, mean(losses)))
                losses.clear()
        with model.use_params(optimizer.averages):
            weights = model.get_ref("tok2vec").to_bytes()
        with blame(output):
            beside.write_bytes(weights)


def _build(config: Path) -> tuple[Language, dict[str, Any], Model[Any, Any]]:
    """Build the pipeline, the objects of its block `[pretraining]`, and the network: the layer and its predictor."""
    settings = add_pretraining(load_config(config), address=config)
    settings.setdefault("initialize", {})["init_tok2vec"] = None
    with name_refusals(f"{config}: spaCy cannot pretrain with this config"):
        nlp = load_model_from_config(settings, auto_fill=True)
        block = registry.resolve(nlp.config.interpolate()["pretraining"], schema=ConfigSchemaPretrain)
        model = create_pretraining_model(nlp, block)
    if not isinstance(nlp.tokenizer, CharacterTokenizer):
        raise ParknerError(f"{config}: pretraining needs the tokenizer parkner.CharacterTokenizer.v1")
    return nlp, block, model
