"""Characters as tokens, for a language whose words are nobody's certainty, each with what the rules say of it."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import registry
from spacy.vocab import Vocab

from annotate.rules import find_spans, find_words
from annotate.spans import Span
from training.stored_rules import StoredRules

TOKEN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024fＡ-Ｚａ-ｚ]|\d+|[a-zA-Z\u00c0-\u024fＡ-Ｚａ-ｚ]+|\s|[\W_]")
DIGIT = re.compile(r"\d")
ALIKE = ("province", "city", "place")  # classes of words of which one is as good as another


def find_tokens(text: str) -> list[str]:
    """A token a character, digit and Latin runs whole; nothing is lost.

    >>> find_tokens("2023年GDP增3.5%")
    ['2023', '年', 'GDP', '增', '3', '.', '5', '%']
    """
    return TOKEN.findall(text)


def make_doc(vocab: Vocab, tokens: Iterable[str], hints: Iterable[Span] = (), words: Iterable[Span] = ()) -> Doc:
    """A Doc of these tokens, its text just their concatenation, with what the embedding reads. Blanks are tokens.

    `tag_` is the token's place in a hint, `B-PARK` or `I-PARK`; `dep_` its place in a known word, `B-city`; `norm_`
    what `to_norm` makes of it; `lemma_` that and the right neighbour's, as a character says little and two say a lot.
    """
    texts = list(tokens)
    doc = Doc(vocab, words=texts, spaces=[False] * len(texts))
    for attribute, spans in (("tag_", hints), ("dep_", words)):
        for span in spans:
            for position, token in enumerate(doc.char_span(*span, alignment_mode="expand")):
                setattr(token, attribute, ("I-" if position else "B-") + span.label)
    norms = [to_norm(token) for token in doc]
    for token, (norm, following) in zip(doc, pairwise([*norms, ""]), strict=True):
        token.norm_, token.lemma_ = norm, norm + following
    return doc


def to_norm(token: Token) -> str:
    """The token in compatibility form (NFKC) and lower case, a number as zeros, a part of a place name as its class.

    What a model of few articles learns of one place, or one number, it then knows of all.
    """
    place = token.dep_.partition("-")[2]
    return place if place in ALIKE else DIGIT.sub("0", unicodedata.normalize("NFKC", token.text).lower())


class CharacterTokenizer:
    """The tokenizer of a pipeline, `nlp.tokenizer(text)`, and the rules whose matches are its hints.

    The rules are stored with the pipeline: a model goes on reading with the rules that it has learned to read with.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.stored = StoredRules()

    def __call__(self, text: str) -> Doc:
        rules = self.stored.rules
        if rules is None:
            return make_doc(self.vocab, find_tokens(text))
        hints = (span for span, _ in find_spans(text, rules))
        return make_doc(self.vocab, find_tokens(text), hints, find_words(text, rules))

    def initialize(
        self,
        get_examples: object = None,
        nlp: object = None,
        rules: str | None = None,
        pkuseg_model: str | None = None,
        pkuseg_user_dict: str | None = None,
    ) -> None:
        """Take the rules file that the block `[initialize.tokenizer]` of a config names; without one, no hints.

        spaCy adds the settings of its own Chinese tokenizer to that block, `pkuseg_…`; they mean nothing here.
        """
        if rules:
            self.stored.load(Path(rules))

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
    """What `[nlp.tokenizer]` of a config makes a tokenizer with."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)
