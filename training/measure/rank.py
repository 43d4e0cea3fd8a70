"""Orders sentences for annotation: those that the model is least sure of come first, near repeats come last.

A conditional random field gives probabilities. Other recognisers, such as spaCy's `ner`, give only spans: for them the
disagreement of model and rules is used instead.
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
    """Yield each sentence with the new key `uncertainty`, 0 if the model is sure, without upper limit; keep its spans.

    For a pipeline with a `crf_ner`, it is the result of `to_uncertainty` for the sentence's tokens. For others, it is
    the number of spans that only the model or only the rules find. Both are rounded to four digits. An article's
    sentences are read together.
    """
    first, second = tee(sentences)
    names = [name for name, component in nlp.pipeline if isinstance(component, CRFRecogniser)]
    found = read_confidence(first, nlp, names[0]) if names else count_disagreements(first, nlp, rules)
    for sentence, uncertainty in zip(second, found, strict=True):
        yield sentence.with_keys(uncertainty=float(f"{uncertainty:.4g}"))


def read_confidence(sentences: Iterable[Sentence], nlp: Language, name: str) -> Iterator[float]:
    """Yield the uncertainty of each sentence, from the `crf_ner` component with this name."""
    recogniser = nlp.get_pipe(name)
    for batch in minibatch(read(sentences, nlp, disable=[name]), nlp.batch_size):
        found = recogniser.to_confidence(doc for doc, _ in batch)
        for (doc, article), confidence in zip(batch, found, strict=True):
            texts = [sentence.text for sentence in article]
            for start, text in zip(find_starts(texts), texts, strict=True):
                tokens = doc.char_span(start, start + len(text), alignment_mode="expand")
                yield to_uncertainty(confidence[tokens.start : tokens.end])


def to_uncertainty(confidence: Floats) -> float:
    """Return the mean of -log p over a sentence's tags (n), where p is a tag's probability given the tag before it.

    0 means certain. The mean is -log of the probability of the sentence's best tag sequence, divided by its length. The
    division keeps long sentences from coming first (MNLP: Shen, Yun, Lipton, Kronrod & Anandkumar 2017).

    >>> round(to_uncertainty(np.array([1.0, 0.5])), 4)
    0.3466
    """
    return float(np.log(1 / np.clip(confidence, TINY, 1)).mean())


def count_disagreements(sentences: Iterable[Sentence], nlp: Language, rules: Rules) -> Iterator[int]:
    """Yield, for each sentence, the number of spans that only the model or only the rules find."""
    first, second = tee(sentences)
    for by_model, by_rules in zip(predict(first, nlp), prelabel(second, rules), strict=True):
        yield len({*by_model.spans} ^ {*by_rules.spans})


def rank(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Order by `uncertainty`, highest first; equal sentences and near repeats of an earlier one come after all others.

    Sentences with equal uncertainty keep their order.

    >>> texts = {"昨天的大会上一共来了三百人": 0.5, "张三说": 0.1, "今天的大会上一共来了三百人": 0.7}
    >>> ranked = rank(Sentence(text, extra={"uncertainty": value}) for text, value in texts.items())
    >>> [sentence.text for sentence in ranked]
    ['今天的大会上一共来了三百人', '张三说', '昨天的大会上一共来了三百人']
    """
    ordered = sorted(sentences, key=lambda sentence: -sentence.extra["uncertainty"])
    repeats = list_repeats([sentence.text for sentence in ordered])
    return [ordered[number] for number in sorted(range(len(ordered)), key=repeats.__contains__)]


def list_repeats(texts: Sequence[str]) -> set[int]:
    """Return the numbers of texts that equal or nearly repeat an earlier text; a short text counts only if equal.

    >>> list_repeats(["见", "张三说", "见"])
    {2}
    """
    firsts: dict[str, int] = {}
    equal = {number for number, text in enumerate(texts) if firsts.setdefault(text, number) != number}
    return equal | {number for number, _ in find_near_repeats(texts)}
