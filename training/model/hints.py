"""What the rules say of each token, for an embedding to read, as a component of any spaCy pipeline: `parkner_hints`.

It stands first, and in training among the `annotating_components`. Characters get their hints from their tokenizer.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc

from annotate.rules.file import Rules
from annotate.spans import Span
from training.model.tokenizer import set_attributes, to_hints, to_places


def set_hints(doc: Doc, rules: Rules) -> Doc:
    """Mark the tokens of a Doc with what the rules find in it and with its known words."""
    return mark_tokens(doc, *to_hints(doc.text, rules))


def mark_tokens(doc: Doc, hints: Iterable[Span], words: Iterable[Span]) -> Doc:
    """Say in `tag_` the place of a token in a hint, `B-PARK` or `I-PARK`, and in `dep_` that in a known word.

    A token that a span cuts is marked whole.

    >>> import spacy
    >>> doc = spacy.blank("zh")("在光谷见")
    >>> [token.tag_ for token in mark_tokens(doc, [Span(1, 3, "PARK")], [])]
    ['', 'B-PARK', 'I-PARK', '']
    """
    starts = [token.idx for token in doc]
    return set_attributes(doc, TAG=to_places(starts, hints), DEP=to_places(starts, words))


def read_hints(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of each hint that the tokens of a Doc are marked with.

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
