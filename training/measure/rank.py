"""The order in which sentences are worth a person's time: what the model is least sure of first, near repeats last.

A conditional random field says itself how sure it is. Other recognisers, spaCy's `ner` among them, say only what they
find: there what model and rules do not agree on stands for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import tee

import numpy as np
from spacy.language import Language
from spacy.util import minibatch

from annotate.quality.repeats import find_near_repeats
from annotate.rules.file import Rules
from annotate.rules.find import prelabel
from annotate.sentence import Sentence, find_starts
from training.model.crf import TINY, Floats
from training.model.predict import predict, read
from training.model.recogniser import CRFRecogniser


def add_uncertainty(sentences: Iterable[Sentence], nlp: Language, rules: Rules) -> Iterator[Sentence]:
    """Yield each sentence, its spans untouched, with the key `uncertainty`: 0 where the model is sure, no upper end.

    Of a pipeline with a `crf_ner` it is what `to_uncertainty` makes of its tokens, of others the number of spans that
    only the model or only the rules find; in either case to four digits. An article's sentences are read together.
    """
    first, second = tee(sentences)
    names = [name for name, component in nlp.pipeline if isinstance(component, CRFRecogniser)]
    found = read_confidence(first, nlp, names[0]) if names else count_disagreements(first, nlp, rules)
    for sentence, uncertainty in zip(second, found, strict=True):
        yield sentence.with_keys(uncertainty=float(f"{uncertainty:.4g}"))


def read_confidence(sentences: Iterable[Sentence], nlp: Language, name: str) -> Iterator[float]:
    """Yield the uncertainty of each sentence by the `crf_ner` of this name."""
    recogniser = nlp.get_pipe(name)
    for batch in minibatch(read(sentences, nlp, disable=[name]), nlp.batch_size):
        found = recogniser.to_confidence(doc for doc, _ in batch)
        for (doc, article), confidence in zip(batch, found, strict=True):
            texts = [sentence.text for sentence in article]
            for start, text in zip(find_starts(texts), texts, strict=True):
                tokens = doc.char_span(start, start + len(text), alignment_mode="expand")
                yield to_uncertainty(confidence[tokens.start : tokens.end])


def to_uncertainty(confidence: Floats) -> float:
    """The mean of -log p over the probabilities of a sentence's tags (n), each given the one before: 0 where certain.

    This is -log of the probability of the sentence's best way of tagging, divided by its length, which keeps long
    sentences from coming first for their length (MNLP: Shen, Yun, Lipton, Kronrod & Anandkumar 2017).

    >>> round(to_uncertainty(np.array([1.0, 0.5])), 4)
    0.3466
    """
    return float(np.log(1 / np.clip(confidence, TINY, 1)).mean())


def count_disagreements(sentences: Iterable[Sentence], nlp: Language, rules: Rules) -> Iterator[int]:
    """Yield for each sentence the number of spans that only the model or only the rules find."""
    first, second = tee(sentences)
    for by_model, by_rules in zip(predict(first, nlp), prelabel(second, rules), strict=True):
        yield len({*by_model.spans} ^ {*by_rules.spans})


def rank(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Order by `uncertainty`, the highest first; what equals or nearly repeats one before it comes after all others.

    What is equally uncertain stays in its order.

    >>> texts = {"昨天的大会上一共来了三百人": 0.5, "张三说": 0.1, "今天的大会上一共来了三百人": 0.7}
    >>> ranked = rank(Sentence(text, extra={"uncertainty": value}) for text, value in texts.items())
    >>> [sentence.text for sentence in ranked]
    ['今天的大会上一共来了三百人', '张三说', '昨天的大会上一共来了三百人']
    """
    ordered = sorted(sentences, key=lambda sentence: -sentence.extra["uncertainty"])
    repeats = list_repeats([sentence.text for sentence in ordered])
    return [ordered[number] for number in sorted(range(len(ordered)), key=repeats.__contains__)]


def list_repeats(texts: Sequence[str]) -> set[int]:
    """The numbers of the texts that equal or nearly repeat an earlier one; short ones only when equal.

    >>> list_repeats(["见", "张三说", "见"])
    {2}
    """
    firsts: dict[str, int] = {}
    equal = {number for number, text in enumerate(texts) if firsts.setdefault(text, number) != number}
    return equal | {number for number, _ in find_near_repeats(texts)}
