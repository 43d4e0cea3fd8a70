"""Finds the tags that references allow at each token; the conditional random field learns from them."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.training import Example

from training.model.crf import to_row, to_tags

OUTSIDE = 0  # the number of the tag O
MISSING = 0  # spaCy's `ent_iob` of a token about which nothing is known
Allowed = NDArray[np.bool_]


def to_allowed(examples: Iterable[Example], labels: Sequence[str]) -> Allowed:
    """Mark which of `to_tags(labels)` are right at each token (N, K); the tokens of all predictions follow each other.

    One tag is right at a token. All tags are right where the reference says nothing, or where its entity cuts a token.
    """
    tags = to_tags(labels)
    return np.concatenate([_to_allowed(example, tags) for example in examples])


def _to_allowed(example: Example, tags: Sequence[str]) -> Allowed:
    allowed = np.zeros((len(example.predicted), len(tags)), dtype=bool)
    if example.predicted.text != example.reference.text:  # blanks may differ: spaCy aligns, ten times as slowly
        for place, tag in enumerate(example.get_aligned_ner()):
            allowed[place] = True if tag is None else np.array(tags) == tag
        return allowed
    allowed[:, OUTSIDE] = True
    for start, end, right in _find_right(example, tags):
        allowed[start:end] = right
    return allowed


def _find_right(example: Example, tags: Sequence[str]) -> Iterator[tuple[int, int, Allowed]]:
    """Yield the tokens of each entity with their right tags, and open tokens with all tags."""
    predicted, reference = example.predicted, example.reference
    for token in reference if MISSING in reference.to_array("ENT_IOB") else ():
        if token.ent_iob == MISSING:
            left_open = predicted.char_span(token.idx, token.idx + len(token), alignment_mode="expand")
            yield left_open.start, left_open.end, np.array(True)
    for entity in reference.ents:
        place = entity.start_char, entity.end_char
        if found := predicted.char_span(*place):
            numbers = [tags.index(tag) for tag in to_row(len(found), entity.label_)]
            yield found.start, found.end, np.eye(len(tags), dtype=bool)[numbers]
        else:
            cut = predicted.char_span(*place, alignment_mode="expand")
            yield cut.start, cut.end, np.array(True)
