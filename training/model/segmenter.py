"""Words for Chinese text: a spacy-pkuseg segmenter trained on our own gold, which needs no model from elsewhere.

The words to learn from are jieba's, and where an entity begins or ends a word does.
"""

import io
import os
import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import spacy_pkuseg
from spacy.language import Language
from spacy.util import registry

from annotate.errors import ParknerError
from annotate.files import blame, write_beside
from annotate.records import read_sentences
from annotate.sentence import Sentence
from training.alignment import cut_at_spans, find_unaligned

Cut = Callable[[str], list[str]]
FEATURES, WEIGHTS = "features.msgpack", "weights.npz"
ITERATIONS = 10  # twenty take twice the time for a fifth of a point in word F1
LEAST = 10  # sentences, as pkuseg divides its training text by ten
PIECE = re.compile(r"\s+|\S+")


class Fit(NamedTuple):
    """How well words fit the gold: the entities, those of them that begin or end within a word, characters a second."""

    entities: int
    unaligned: int
    speed: float


def load_jieba() -> Cut:
    """What cuts a text into the words of jieba's dictionary; blanks are words. Raises ParknerError without rjieba.

    Unknown characters stay single: what jieba guesses to be words cuts four times as many entities.

    >>> load_jieba()("企业投资35亿元")
    ['企业', '投资', '35', '亿元']
    """
    try:
        import rjieba
    except ImportError as error:
        raise ParknerError("rjieba: not installed, and has the words to start from: pip install rjieba") from error
    return lambda text: rjieba.cut(text, hmm=False)


def train_segmenter(gold: Path, folder: Path, *, seed: int = 0) -> None:
    """Train a segmenter on gold records and write it into `folder`; the same seed gives the same segmenter.

    Raises ParknerError for unsound gold, for too few sentences, and for a folder that cannot be written.
    """
    cut = load_jieba()
    lines = [" ".join(cut_at_spans(sentence, cut)) + "\n" for sentence in read_sentences(gold)]
    if len(lines) < LEAST:
        raise ParknerError(f"{gold}: {len(lines)} sentences, and a segmenter learns from {LEAST} at least")
    with write_beside(folder / FEATURES) as features, write_beside(folder / WEIGHTS) as weights, blame(folder):
        _run_pkuseg(lines, features.parent, seed=seed)
        os.replace(features.with_name(WEIGHTS), weights)


def _run_pkuseg(lines: Sequence[str], folder: Path, *, seed: int) -> None:
    """Let pkuseg write its two files into `folder`, without what it prints; it is seeded like the `random` module."""
    text, scored = folder / "text", folder / "scored"
    text.write_text("".join(lines), "utf-8")
    scored.write_text(lines[0], "utf-8")  # it must score each iteration on something, and nobody reads the scores
    random.seed(seed)
    with redirect_stdout(io.StringIO()):
        spacy_pkuseg.train(str(text), str(scored), str(folder), train_iter=ITERATIONS)


def load_segmenter(folder: Path) -> Cut:
    """What cuts a text into words, which put together are just the text: a run of blanks is a word.

    Raises ParknerError for a folder that holds no segmenter.
    """
    for name in (FEATURES, WEIGHTS):
        if not (folder / name).is_file():
            raise ParknerError(f"{folder / name}: no such file; `parkner segmenter` makes it")
    try:
        segmenter = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise ParknerError(f"{folder}: no segmenter that can be loaded ({error})") from error

    def cut(text: str) -> list[str]:
        pieces = PIECE.findall(text)
        return [word for piece in pieces for word in ([piece] if piece.isspace() else segmenter.cut(piece))]

    return cut


def measure_fit(cut: Cut, sentences: Iterable[Sentence]) -> Fit:
    """Cut sentences, and count the entities that begin or end within a word.

    >>> from annotate.spans import Span
    >>> measure_fit(lambda text: [text], [Sentence("光谷", (Span(0, 2, "PARK"), Span(1, 2, "ORG")))])[:2]
    (2, 1)
    """
    entities = unaligned = characters = 0
    seconds = 1e-9  # clocks of some systems see no time pass
    for sentence in sentences:
        start = time.process_time()  # of this process alone, whatever else the machine does
        words = cut(sentence.text)
        seconds += time.process_time() - start
        entities += len(sentence.spans)
        unaligned += len(list(find_unaligned(words, sentence.spans)))
        characters += len(sentence.text)
    return Fit(entities, unaligned, characters / seconds)


@registry.callbacks("parkner.words_as_trained.v1")
def create_words_as_trained() -> Callable[[Language], Language]:
    """What `[initialize.after_init]` of a config makes: spaCy's tokenizer cuts as `load_segmenter` does.

    On its own account spaCy lets pkuseg join words to those of a general dictionary, over the borders of entities.
    """

    def keep_words(nlp: Language) -> Language:
        nlp.tokenizer.pkuseg_seg.postprocesser.do_process = False
        return nlp

    return keep_words
