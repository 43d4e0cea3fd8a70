"""The record that every stage passes on: a sentence with its spans, one line of JSON.

`{"text": "…", "label": [[0, 5, "PARK"]], "article": "linjiang-hightech", "number": 7}` plus flat extra keys. `text` and
`label` are doccano's own keys, so doccano can import such a file as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import Any

from annotate.foreign_records import find_foreign
from annotate.record_keys import find_wrong_keys, is_text
from annotate.settings import load_labels
from annotate.spans import Span, find_overlaps, trim

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


def to_row(sentence: Sentence) -> dict[str, Any]:
    """Convert a sentence to a record, in the format of doccano and of our files.

    >>> to_row(Sentence("光谷见。", (Span(0, 2, "PARK"),), "a", 1, {"published": "2024-05-06"}))
    {'text': '光谷见。', 'label': [[0, 2, 'PARK']], 'article': 'a', 'number': 1, 'published': '2024-05-06'}
    """
    label = [list(span) for span in sentence.spans]
    return {"text": sentence.text, "label": label, "article": sentence.article, "number": sentence.number} | dict(
        sentence.extra
    )


def from_row(row: Any, *, unlabelled: bool = False) -> Sentence:
    """Convert a record to a sentence. Raises ValueError if its shape is wrong (`find_problems` checks the spans).

    A record without a `label` counts as one without spans only if `unlabelled` is true, since it may come from another
    tool, which stores its spans elsewhere.

    >>> from_row({"text": "光谷见。", "label": [[0, 2, "PARK"]]}).spans
    (Span(start=0, end=2, label='PARK'),)
    """
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    for problem in find_foreign(row):
        raise ValueError(problem)
    extra = dict(row)
    text, label = extra.pop("text", None), extra.pop("label", None)
    article, number = extra.pop("article", ""), extra.pop("number", 0)
    if label is None and unlabelled:
        label = []
    for problem in (*_find_flaws(text, label, article=article, number=number), *find_wrong_keys(extra)):
        raise ValueError(problem)
    return Sentence(text, tuple(Span(*span) for span in label), article, number, extra)


def _find_flaws(text: Any, label: Any, *, article: Any, number: Any) -> Iterator[str]:
    if not is_text(text):
        yield 'no "text" string of Unicode characters'
    if label is None:
        yield 'no "label": `parkner prelabel` sets it, and "label": [] means that there is nothing to label'
    elif not isinstance(label, list) or not all(_is_span(span) for span in label):
        yield '"label" is not a list of [start, end, "LABEL"]'
    if not is_text(article) or not isinstance(number, int):
        yield '"article" is not a string or "number" not an integer'


def _is_span(span: Any) -> bool:
    return isinstance(span, list) and [type(value) for value in span] == [int, int, str]


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


def find_problems(sentence: Sentence) -> Iterator[str]:
    """Yield one line for each problem that makes a sentence unfit for training.

    >>> list(find_problems(Sentence("光谷见。", (Span(0, 9, "PARK"),))))
    ['span [0, 9, PARK] ends after its text of 4 characters']
    """
    if not sentence.text.strip():
        yield "the text is empty"
    labels = {label.name for label in load_labels()}
    for span in sentence.spans:
        surface = sentence.text[max(span.start, 0) : span.end]
        if span.start < 0:
            yield f"span {span} begins before its text"
        elif span.start >= span.end:
            yield f"span {span} is empty"
        elif span.end > len(sentence.text):
            yield f"span {span} ends after its text of {len(sentence.text)} characters"
        elif surface != surface.strip():
            yield f"span {span} begins or ends with a blank"
        elif trim(span, sentence.text) != span:
            yield f"span {span} begins or ends with punctuation or an invisible character: {surface!r}"
        if span.label not in labels:
            yield f"span {span} has an unknown label"
    for first, second in find_overlaps(sentence.spans):
        yield f"span {second} comes twice" if first == second else f"span {second} overlaps {first}"
