"""Entities marked in running text, `[临江高新区](PARK)`: how people write and edit gold by hand.

A backslash before `[`, `]` or `\\` makes it an ordinary character; `to_markup` writes it before each of them, and a
bracket that opens no mark needs none.
"""

import re
from collections.abc import Iterable

from annotate.clean import clean
from annotate.corpus import Sentence
from annotate.sources import Article
from annotate.spans import Span
from annotate.split import split_article

_MARK = re.compile(r"\\([\[\]\\])|\[((?:[^\[\]\\\n]|\\[\[\]\\])+)\]\(([A-Z]+)\)")
_ESCAPED = re.compile(r"\\([\[\]\\])")
_SPECIAL = re.compile(r"([\[\]\\])")


def to_markup(text: str, spans: Iterable[Span]) -> str:
    """The text with its spans marked; spans must not overlap.

    >>> to_markup("光谷在[东湖]", [Span(0, 2, "PARK")])
    '[光谷](PARK)在\\\\[东湖\\\\]'
    """
    parts, end = [], 0
    for span in sorted(spans):
        parts.append(_SPECIAL.sub(r"\\\1", text[end : span.start]))
        parts.append("[" + _SPECIAL.sub(r"\\\1", text[span.start : span.end]) + f"]({span.label})")
        end = span.end
    return "".join(parts) + _SPECIAL.sub(r"\\\1", text[end:])


def to_mark(text: str, span: Span) -> str:
    """One span of a text, marked, without the words around it.

    >>> to_mark("在光谷见", Span(1, 3, "PARK"))
    '[光谷](PARK)'
    """
    return to_markup(text[span.start : span.end], [span.shift(-span.start)])


def from_markup(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and the spans that were marked in it: the inverse of `to_markup`.

    >>> from_markup("[光谷](PARK)在\\\\[东湖]")
    ('光谷在[东湖]', [Span(start=0, end=2, label='PARK')])
    """
    parts: list[str] = []
    spans: list[Span] = []
    length = end = 0
    for match in _MARK.finditer(marked):
        literal, surface, label = match.groups()
        plain = marked[end : match.start()]
        named = literal or _ESCAPED.sub(r"\1", surface)
        parts += [plain, named]
        length += len(plain) + len(named)
        if label:
            spans.append(Span(length - len(named), length, label))
        end = match.end()
    return "".join(parts) + marked[end:], spans


def to_gold(name: str, marked: str) -> tuple[str, list[Sentence]]:
    """The raw page of a marked one, and its gold: the sentences that cleaning keeps, with the spans marked in them."""
    page, spans = from_markup(marked)
    article, dropped = clean(Article(name, page))
    lines = page.splitlines(keepends=True)
    for drop in dropped:
        if drop.reason != "doubled":  # its first half stays
            lines[drop.line - 1] = "\0" * len(lines[drop.line - 1])
    kept = "".join(lines)
    sentences, end = [], 0
    for sentence in split_article(article):
        start = kept.index(sentence.text, end)
        end = start + len(sentence.text)
        inside = [Span(s - start, e - start, label) for s, e, label in spans if start <= s and e <= end]
        sentences.append(sentence.with_spans(inside))
    return page, sentences
