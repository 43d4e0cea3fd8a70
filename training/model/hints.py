"""Hints: what the rules say about each token, stored on the token for the embedding to read.

`parkner_hints` is a component of any spaCy pipeline. Put it first, and list it in `annotating_components` for training.
Pipelines with characters as tokens do not need it: their tokenizer sets the hints.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc

from annotate.rules.file import Rules
from annotate.spans import Span
from training.model.tokenizer import set_attributes, to_hints, to_places


def set_hints(doc: Doc, rules: Rules) -> Doc:
    """Mark the tokens of a Doc with the matches of the rules and with known words."""
    return mark_tokens(doc, *to_hints(doc.text, rules))


def mark_tokens(doc: Doc, hints: Iterable[Span], words: Iterable[Span]) -> Doc:
    """Set `tag_` to the token's place in a hint, `B-PARK` or `I-PARK`, and `dep_` to its place in a known word.

    If a span cuts a token, the whole token is marked.

    >>> import spacy
    >>> doc = spacy.blank("zh")("在光谷见")
    >>> [token.tag_ for token in mark_tokens(doc, [Span(1, 3, "PARK")], [])]
    ['', 'B-PARK', 'I-PARK', '']
    """
    starts = [token.idx for token in doc]
    return set_attributes(doc, TAG=to_places(starts, hints), DEP=to_places(starts, words))


def read_hints(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of each hint on the tokens of a Doc.

    >>> import spacy
    >>> list(read_hints(mark_tokens(spacy.blank("zh")("在光谷见了"), [Span(1, 3, "PARK"), Span(3, 4, "PARK")], [])))
    [(1, 3, 'PARK'), (3, 4, 'PARK')]
    """
    tags = [doc.vocab.strings[tag] for tag in doc.to_array("TAG")]
    start = 0
    for place, (tag, following) in enumerate(pairwise([*tags, ""])):
        if tag.startswith("B-"):
            start = place
        if tag and not following.startswith("I-"):
            yield start, place + 1, tag[2:]
