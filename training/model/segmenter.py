"""Segments Chinese text into words: a spacy-pkuseg segmenter, trained on our own gold without any other model.

It learns from jieba's words, cut wherever an entity begins or ends.
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

import rjieba
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
ITERATIONS = 10  # twenty iterations take twice the time and gain 0.2 points of word F1
LEAST = 10  # sentences, because pkuseg divides its training text by ten
PIECE = re.compile(r"\s+|\S+")


class Fit(NamedTuple):
    """How well words fit the gold: all entities, entities that begin or end within a word, characters per second."""

    entities: int
    unaligned: int
    speed: float


def cut_by_jieba(text: str) -> list[str]:
    """Cut a text into the words of jieba's dictionary; blanks are words.

    Unknown characters stay single, because the words that jieba guesses cut four times as many entities.

    >>> cut_by_jieba("企业投资35亿元")
    ['企业', '投资', '35', '亿元']
    """
    return list(rjieba.cut(text, hmm=False))


def train_segmenter(gold: Path, folder: Path, *, seed: int = 0) -> None:
    """Train a segmenter on gold records and write it into `folder`; the same seed gives the same segmenter.

    Raises ParknerError for unsound gold, for too few sentences, and for a folder that cannot be written.
    """
    lines = [" ".join(cut_at_spans(sentence, cut_by_jieba)) + "\n" for sentence in read_sentences(gold)]
    if len(lines) < LEAST:
        raise ParknerError(f"{gold}: {len(lines)} sentences: a segmenter needs at least {LEAST}")
    with write_beside(folder / FEATURES) as features, write_beside(folder / WEIGHTS) as weights, blame(folder):
        _run_pkuseg(lines, features.parent, seed=seed)
        os.replace(features.with_name(WEIGHTS), weights)


def _run_pkuseg(lines: Sequence[str], folder: Path, *, seed: int) -> None:
    """Let pkuseg write its two files into `folder` and hide its output. The seed is that of Python's `random`."""
    text, scored = folder / "text", folder / "scored"
    text.write_text("".join(lines), "utf-8")
    scored.write_text(lines[0], "utf-8")  # pkuseg must score each iteration on some text; nobody reads the scores
    random.seed(seed)
    with redirect_stdout(io.StringIO()):
        spacy_pkuseg.train(str(text), str(scored), str(folder), train_iter=ITERATIONS)


def load_segmenter(folder: Path) -> Cut:
    """Return a function that cuts a text into words, which together are exactly the text: a run of blanks is a word.

    Raises ParknerError for a folder that holds no segmenter.
    """
    for name in (FEATURES, WEIGHTS):
        if not (folder / name).is_file():
            raise ParknerError(f"{folder / name}: no such file; `parkner segmenter` makes it")
    try:
        segmenter = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise ParknerError(f"{folder}: this segmenter cannot be loaded: {error}") from error

    def cut(text: str) -> list[str]:
        pieces = PIECE.findall(text)
        return [word for piece in pieces for word in ([piece] if piece.isspace() else segmenter.cut(piece))]

    return cut


def measure_fit(cut: Cut, sentences: Iterable[Sentence]) -> Fit:
    """Cut sentences into words and count the entities that begin or end within a word.

    >>> from annotate.spans import Span
    >>> measure_fit(lambda text: [text], [Sentence("光谷", (Span(0, 2, "PARK"), Span(1, 2, "ORG")))])[:2]
    (2, 1)
    """
    entities = unaligned = characters = 0
    seconds = 1e-9  # not 0, because the clock of some systems is too coarse
    for sentence in sentences:
        start = time.process_time()  # CPU time of this process only
        words = cut(sentence.text)
        seconds += time.process_time() - start
        entities += len(sentence.spans)
        unaligned += len(list(find_unaligned(words, sentence.spans)))
        characters += len(sentence.text)
    return Fit(entities, unaligned, characters / seconds)


@registry.callbacks("parkner.words_as_trained.v1")
def create_words_as_trained() -> Callable[[Language], Language]:
    """Make spaCy's tokenizer cut like `load_segmenter`, for `[initialize.after_init]` of a config.

    By default spaCy lets pkuseg join words into words of a general dictionary, across the borders of entities.
    """

    def keep_words(nlp: Language) -> Language:
        nlp.tokenizer.pkuseg_seg.postprocesser.do_process = False
        return nlp

    return keep_words
