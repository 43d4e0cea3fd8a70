"""Silver data: raw text, labelled where rules and model agree. `convert --silver` adds it to the training articles.

Where rules and model differ, the record leaves the place open: its key `unsure` lists such places,
`[[start, end], …]`, and training learns nothing from them.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, tee
from pathlib import Path

from spacy.language import Language

from annotate.errors import ParknerError
from annotate.pages.bulk import read_passages
from annotate.rules.file import Rules
from annotate.rules.find import prelabel
from annotate.sentence import Sentence
from annotate.spans import Span
from training.model.predict import predict


def draw_sentences(paths: Sequence[Path], *, seed: int) -> Iterator[Sentence]:
    """Yield the sentences of raw text, passage by passage in random order; all of it is held in memory.

    Raises ParknerError for raw text that cannot be read or has no sentence.
    """
    passages = list(read_passages(paths))
    if not passages:
        raise ParknerError(f"{paths[0]}: no sentence to label")
    random.Random(seed).shuffle(passages)
    return chain.from_iterable(passages)


def label(sentences: Iterable[Sentence], nlp: Language, rules: Rules) -> Iterator[Sentence]:
    """Yield each sentence with the spans on which rules and model agree; other places go into the key `unsure`."""
    first, second = tee(sentences)
    for by_rules, by_model in zip(prelabel(first, rules), predict(second, nlp), strict=True):
        yield keep_agreed(by_rules, by_model)


def keep_agreed(one: Sentence, other: Sentence) -> Sentence:
    """Keep the spans that both versions of a sentence have, with the first one's `origin`; put the others in `unsure`.

    >>> one = Sentence("在光谷和临港", (Span(1, 3, "PARK"), Span(4, 6, "PARK")), extra={"origin": []})
    >>> found = keep_agreed(one, Sentence("在光谷和临港", (Span(1, 3, "PARK"), Span(3, 6, "ORG"))))
    >>> found.spans, found.extra["unsure"]
    ((Span(start=1, end=3, label='PARK'),), [[3, 6]])
    """
    agreed = {*one.spans} & {*other.spans}
    origin = [entry for entry in one.extra["origin"] if Span(*entry[:3]) in agreed]
    return one.with_spans(agreed, origin=origin, unsure=merge_places({*one.spans} ^ {*other.spans}))


def merge_places(spans: Iterable[Span]) -> list[list[int]]:
    """Return the places of spans; spans that overlap or touch become one place.

    >>> merge_places([Span(4, 6, "ORG"), Span(0, 3, "PARK"), Span(2, 4, "DATE"), Span(8, 9, "DATE")])
    [[0, 6], [8, 9]]
    """
    places: list[list[int]] = []
    for start, end, _ in sorted(spans):
        if places and start <= places[-1][1]:
            places[-1][1] = max(end, places[-1][1])
        else:
            places.append([start, end])
    return places


def thin_out(sentences: Iterable[Sentence], share: float) -> Iterator[Sentence]:
    """Yield the sentences with spans, and those without while their share of all so far is at most `share` (0 to 1).

    >>> empty, full = Sentence("见"), Sentence("光谷", (Span(0, 2, "PARK"),))
    >>> [sentence.text for sentence in thin_out([empty, full, empty, empty], 0.5)]
    ['光谷', '见']
    """
    count = empty = 0
    for sentence in sentences:
        if sentence.spans or empty + 1 <= share * (count + 1):
            count += 1
            empty += not sentence.spans
            yield sentence
