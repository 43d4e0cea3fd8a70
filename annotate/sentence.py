"""The record that every stage passes on: a sentence with its spans, one line of JSON.

`{"text": "…", "label": [[0, 5, "PARK"]], "article": "linjiang-hightech", "number": 7}` plus flat extra keys. `text` and
`label` are doccano's own keys, so doccano can import such a file as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import Any

from annotate.spans import Span

PARTITIONS = ("train", "dev", "test")
QUOTED = 12  # characters of a text that a message quotes


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article.

    `spans` are half-open offsets into `text` in code points; `number` counts from 1 within the article; `extra` holds
    all other keys of the record (`published`, `origin`, …), each with a JSON value.
    """

    text: str
    spans: tuple[Span, ...] = ()
    article: str = ""
    number: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)

    def with_spans(self, spans: Iterable[Span], **extra: Any) -> "Sentence":
        """Return a copy of the sentence with these spans, in text order, and these extra keys."""
        return Sentence(self.text, tuple(sorted(spans)), self.article, self.number, {**self.extra, **extra})

    def with_keys(self, **extra: Any) -> "Sentence":
        """Return a copy of the sentence with these extra keys, and its spans in text order."""
        return self.with_spans(self.spans, **extra)


def group_articles(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences of each article, which must follow each other. A sentence without an article is a group."""
    single = count()
    for _, article in groupby(sentences, key=lambda sentence: sentence.article or next(single)):
        yield list(article)


def find_starts(texts: Iterable[str]) -> Iterator[int]:
    """Yield the offset at which each text begins if they are joined with line breaks.

    >>> list(find_starts(["光谷", "", "临港"]))
    [0, 3, 4]
    """
    start = 0
    for text in texts:
        yield start
        start += len(text) + 1


def join_sentences(article: Sequence[Sentence]) -> Sentence:
    """Join the sentences of an article into one sentence of several lines.

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
    """Say where to find a sentence: by article and number, or by its first characters if it has no article.

    >>> locate(Sentence("甲。", article="a", number=1)), locate(Sentence("临江高新区今年新增12家企业。"))
    ('article a, number 1', '“临江高新区今年新增12家…”')
    """
    if sentence.article:
        return f"article {sentence.article}, number {sentence.number}"
    return f"“{sentence.text[:QUOTED]}{'…' * (len(sentence.text) > QUOTED)}”"
