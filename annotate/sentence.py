"""The record that every stage passes on: a sentence with its spans, a line of JSON each.

`{"text": "…", "label": [[0, 5, "PARK"]], "article": "linjiang-hightech", "number": 7}` plus flat extra keys. The keys
are doccano's own, so a file uploads as it lies.
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


def to_row(sentence: Sentence) -> dict[str, Any]:
    """The record as doccano and every file of ours has it.

    >>> to_row(Sentence("光谷见。", (Span(0, 2, "PARK"),), "a", 1, {"published": "2024-05-06"}))
    {'text': '光谷见。', 'label': [[0, 2, 'PARK']], 'article': 'a', 'number': 1, 'published': '2024-05-06'}
    """
    label = [list(span) for span in sentence.spans]
    return {"text": sentence.text, "label": label, "article": sentence.article, "number": sentence.number} | dict(
        sentence.extra
    )


def from_row(row: Any, *, unlabelled: bool = False) -> Sentence:
    """The sentence of a record; ValueError says what is wrong with its shape (`find_problems` looks at the spans).

    A record without a `label` passes for one without spans only where it may be `unlabelled`: what another tool has
    written would pass too.

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
        yield 'no "label": `parkner prelabel` sets it, and "label": [] says that nothing is to be labelled'
    elif not isinstance(label, list) or not all(_is_span(span) for span in label):
        yield '"label" is not a list of [start, end, "LABEL"]'
    if not is_text(article) or not isinstance(number, int):
        yield '"article" is not a string or "number" not an integer'


def _is_span(span: Any) -> bool:
    return isinstance(span, list) and [type(value) for value in span] == [int, int, str]


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


def find_problems(sentence: Sentence) -> Iterator[str]:
    """Yield what makes a sentence unfit for training, a line each; none for a sound one.

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
