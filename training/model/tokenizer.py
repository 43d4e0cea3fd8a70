"""A tokenizer with characters as tokens, because Chinese word borders are uncertain; tokens carry the rules' hints."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from annotate.normalise import load_folding
from annotate.rules.file import Rules
from annotate.rules.find import find_words, prelabel
from annotate.sentence import Sentence, find_starts
from annotate.spans import Span
from training.model.stored_rules import StoredRules, to_rules_path

TOKEN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024fＡ-Ｚａ-ｚ]|\d+|[a-zA-Z\u00c0-\u024fＡ-Ｚａ-ｚ]+|\s|[\W_]")
DIGIT = re.compile(r"\d")
ALIKE = ("province", "city", "place")  # the norm of such a word is its class


def to_tokens(text: str) -> list[str]:
    """Cut a text into tokens: one for each character, each run of digits and each run of Latin letters; lose nothing.

    >>> to_tokens("2023年GDP增3.5%")
    ['2023', '年', 'GDP', '增', '3', '.', '5', '%']
    """
    return TOKEN.findall(text)


def make_doc(vocab: Vocab, tokens: Iterable[str], hints: Iterable[Span] = (), words: Iterable[Span] = ()) -> Doc:
    """Make a Doc of these tokens, with the attributes that the embedding reads. Its text is exactly the tokens joined.

    Blanks are tokens. `tag_` is the token's place in a hint, `B-PARK` or `I-PARK`; `dep_` is its place in a known word,
    `B-city`; `norm_` is the result of `to_norm`; `lemma_` is the norm of the token and of its right neighbour, because
    two characters say much more than one.
    """
    texts = list(tokens)
    doc = Doc(vocab, words=texts, spaces=[False] * len(texts))
    starts = list(accumulate(map(len, texts), initial=0))[:-1]
    tags, classes = to_places(starts, hints), to_places(starts, words)
    norms = [to_norm(text, place) for text, place in zip(texts, classes, strict=True)]
    pairs = [norm + following for norm, following in pairwise([*norms, ""])]
    return set_attributes(doc, NORM=norms, LEMMA=pairs, TAG=tags, DEP=classes)


def to_places(starts: Sequence[int], spans: Iterable[Span]) -> list[str]:
    """Return the place of each token in a span, from the offsets where tokens start; a cut token is marked whole.

    >>> to_places([0, 1, 2, 3], [Span(1, 3, "PARK")])
    ['', 'B-PARK', 'I-PARK', '']
    """
    places = [""] * len(starts)
    for start, end, label in spans:
        first, after = bisect_right(starts, start) - 1, bisect_left(starts, end)
        places[first:after] = ["B-" + label, *["I-" + label] * (after - first - 1)]
    return places


def set_attributes(doc: Doc, **columns: Iterable[str]) -> Doc:
    """Set attributes of all tokens, under spaCy's names: `TAG=["B-PARK", …]`."""
    strings = doc.vocab.strings
    values = [[strings.add(value) for value in column] for column in columns.values()]
    return doc.from_array(list(columns), np.array(values, dtype="uint64").T)


def to_hints(text: str, rules: Rules) -> tuple[list[Span], list[Span]]:
    """Find the rules' matches and the known words in a text; its lines are read as the sentences of one article."""
    hints, words = [], []
    lines = text.split("\n")
    labelled = prelabel((Sentence(line, article="text") for line in lines), rules)
    for start, sentence in zip(find_starts(lines), labelled, strict=True):
        hints += [span.shift(start) for span in sentence.spans]
        words += [word.shift(start) for word in find_words(sentence.text, rules)]
    return hints, words


@lru_cache(maxsize=65536)
def to_norm(token: str, word: str) -> str:
    """Return a token in Simplified, half-width, lower-case form, digits as zeros, a part of a place as its class.

    So a model trained on few articles applies what it learns about one place or number to all others. `word` is the
    token's place in a known word.

    >>> to_norm("藥", ""), to_norm("２３", ""), to_norm("苏", "B-city")
    ('药', '00', 'city')
    """
    place = word.partition("-")[2]
    return place if place in ALIKE else DIGIT.sub("0", token.translate(load_folding()).lower())


class CharacterTokenizer:
    """The tokenizer of a pipeline, `nlp.tokenizer(text)`, with the rules whose matches are its hints.

    The rules are stored with the pipeline, so that a model keeps the rules that it was trained with.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.stored = StoredRules()

    def __call__(self, text: str) -> Doc:
        rules = self.stored.rules
        if rules is None:
            return make_doc(self.vocab, to_tokens(text))
        return make_doc(self.vocab, to_tokens(text), *to_hints(text, rules))

    def initialize(
        self,
        get_examples: object = None,
        nlp: object = None,
        rules: str | None = None,
        pkuseg_model: str | None = None,
        pkuseg_user_dict: str | None = None,
    ) -> None:
        """Load the rules that `[initialize.tokenizer]` of a config names, "default" or a file; without rules, no hints.

        spaCy adds the settings of its own Chinese tokenizer to that block, `pkuseg_…`; they have no effect here.
        """
        if rules:
            self.stored.load(to_rules_path(rules))

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        self.stored.to_disk(path)

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> "CharacterTokenizer":
        self.stored.from_disk(path)
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        return self.stored.to_bytes()

    def from_bytes(self, content: bytes, exclude: Iterable[str] = ()) -> "CharacterTokenizer":
        self.stored.from_bytes(content)
        return self


@registry.tokenizers("parkner.CharacterTokenizer.v1")
def create_character_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """Return the function that makes the tokenizer for `[nlp.tokenizer]` of a config."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)
