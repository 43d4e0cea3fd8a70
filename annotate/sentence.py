"""The record that every stage passes on: a sentence with its spans, a line of JSON each.

`{"text": "…", "label": [[0, 5, "PARK"]], "article": "linjiang-hightech", "number": 7}` plus flat extra keys. The keys
are doccano's own, so a file uploads as it lies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import Any

from annotate.spans import Span

PARTITIONS = ("train", "dev", "test")
QUOTED = 12  # characters of a text that stand for it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article.

    `spans` are half-open offsets into `text` in code points; `number` counts from 1 within the article; `extra` holds
    whatever other keys the record has (`published`, `origin`, …), each a JSON value.
    """

    text: str
    spans: tuple[Span, ...] = ()
    article: str = ""
    number: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)

    def with_spans(self, spans: Iterable[Span], **extra: Any) -> "Sentence":
        """The same sentence with these spans in text order, and with these extra keys set."""
        return Sentence(self.text, tuple(sorted(spans)), self.article, self.number, {**self.extra, **extra})

    def with_keys(self, **extra: Any) -> "Sentence":
        """The same sentence with its spans in text order, and with these extra keys set."""
        return self.with_spans(self.spans, **extra)


def group_articles(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences of each article, which follow each other; a sentence of no article stands alone."""
    single = count()
    for _, article in groupby(sentences, key=lambda sentence: sentence.article or next(single)):
        yield list(article)


def find_starts(texts: Iterable[str]) -> Iterator[int]:
    """Yield where each text begins when all are written one a line.

    >>> list(find_starts(["光谷", "", "临港"]))
    [0, 3, 4]
    """
    start = 0
    for text in texts:
        yield start
        start += len(text) + 1


def join_sentences(article: Sequence[Sentence]) -> Sentence:
    """An article as one sentence of several lines.

    >>> join_sentences([Sentence("光谷见"), Sentence("在光谷", (Span(1, 3, "PARK"),))])
    Sentence(text='光谷见\\n在光谷', spans=(Span(start=5, end=7, label='PARK'),), article='', number=0, extra={})
    """
    texts = [sentence.text for sentence in article]
    spans = [
        span.shift(start)
        for start, sentence in zip(find_starts(texts), article, strict=True)
        for span in sentence.spans
    ]
    return Sentence("\n".join(texts), tuple(spans), article[0].article)


def locate(sentence: Sentence) -> str:
    """How a person finds the sentence again: by article and number, or by how it begins where it has no article.

    >>> locate(Sentence("甲。", article="a", number=1)), locate(Sentence("临江高新区今年新增12家企业。"))
    ('article a, number 1', '“临江高新区今年新增12家…”')
    """
    if sentence.article:
        return f"article {sentence.article}, number {sentence.number}"
    return f"“{sentence.text[:QUOTED]}{'…' * (len(sentence.text) > QUOTED)}”"
