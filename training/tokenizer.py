"""Characters as tokens, for a language whose words are nobody's certainty: every entity aligns."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_TOKEN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024fＡ-Ｚａ-ｚ]|\d+|[a-zA-Z\u00c0-\u024fＡ-Ｚａ-ｚ]+|\s|[\W_]")


def find_tokens(text: str) -> list[str]:
    """A token a character, digit and Latin runs whole; nothing is lost.

    >>> find_tokens("2023年GDP增3.5%")
    ['2023', '年', 'GDP', '增', '3', '.', '5', '%']
    """
    return _TOKEN.findall(text)


def make_doc(vocab: Vocab, tokens: Iterable[str]) -> Doc:
    """A Doc of these tokens, its text just their concatenation, with what the embedding reads.

    `norm_` is the token in full compatibility form (NFKC, lower case), `lemma_` the token with its right neighbour: a
    character says little, two say a lot. Blanks are tokens.
    """
    words = list(tokens)
    norms = [unicodedata.normalize("NFKC", word).lower() for word in words]
    pairs = [first + second for first, second in pairwise([*norms, ""])]
    doc = Doc(vocab, words=words, spaces=[False] * len(words), lemmas=pairs)
    for token, norm in zip(doc, norms, strict=True):
        token.norm_ = norm
    return doc


class CharacterTokenizer:
    """The tokenizer of a pipeline: `nlp.tokenizer(text)`; it has no state of its own to store."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return make_doc(self.vocab, find_tokens(text))

    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: object) -> "CharacterTokenizer":
        return self

    def to_disk(self, _: Path | str, **__: object) -> None:
        """Nothing to write: the config names the tokenizer."""

    def from_disk(self, _: Path | str, **__: object) -> "CharacterTokenizer":
        return self


@registry.tokenizers("parkner.CharacterTokenizer.v1")
def create_character_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """What `[nlp.tokenizer]` of a config makes a tokenizer with."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)
