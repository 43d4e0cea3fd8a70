"""Entities marked in running text, `[临江高新区](PARK)`: how people write and edit gold by hand.

A backslash before `[`, `]` or `\\` makes it an ordinary character; `to_markup` writes it before each of them, and a
bracket that opens no mark needs none. What only looks like a mark, `【临江高新区】(PARK)`, is a mistake.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from annotate.errors import ParknerError
from annotate.pages.clean import Dropped, clean
from annotate.pages.page_files import Article
from annotate.pages.split import split_article
from annotate.record_checks import find_problems
from annotate.sentence import Sentence
from annotate.settings import load_labels
from annotate.spans import Span, find_overlaps

_MARK = re.compile(r"\\([\[\]\\】］])|\[((?:[^\[\]\\\n]++|\\[\[\]\\】］])++)\]\(([A-Z]++)\)")
_ESCAPED = re.compile(r"\\([\[\]\\】］])")
_SPECIAL = re.compile(r"([\[\]\\]|[】］](?=\s?[(（]))")
SHOWN = 8  # characters before what is no mark


def to_markup(text: str, spans: Iterable[Span]) -> str:
    """The text with its spans marked; ValueError for spans that overlap.

    >>> to_markup("光谷在[东湖]", [Span(0, 2, "PARK")])
    '[光谷](PARK)在\\\\[东湖\\\\]'
    """
    parts, end = [], 0
    spans = list(spans)
    for first, second in find_overlaps(spans):
        raise ValueError(f"span {second} overlaps {first}")
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


def to_marked_line(sentence: Sentence, *, address: str) -> str:
    """A sentence as people edit it; ParknerError with the address for spans that no mark can hold."""
    for span in sentence.spans:
        if len(sentence.text[span.start : span.end].splitlines()) > 1:
            raise ParknerError(f"{address}: span {span} goes over the end of a line, which no mark does")
    return to_markup(sentence.text, sentence.spans) + "\n"


@cache
def _compile_almost() -> re.Pattern[str]:
    """What looks like a mark, or the end of one, where no mark was read."""
    names = "|".join(label.name for label in load_labels())
    return re.compile(
        rf"""
          \] \s?[(（]\s? (?: [A-Za-z]+ \s?[)）] | (?i: {names} ) )  # no beginning, blanks, a label in small letters
        | [］】] \s?[(（]\s? (?: {names} )                          # brackets of a Chinese keyboard
        | \[ [^\[\]\n]* [(（] (?: {names} ) [)）]                  # never closed
        | \[ (?: {names} ) \]                                      # the wrong brackets
        """,
        re.VERBOSE,
    )


def find_misread(marked: str) -> Iterator[tuple[int, str]]:
    """Yield what looks like a mark and is read as plain text, each after the number of its line.

    >>> list(find_misread("开工。\\n[东湖[光谷](PARK)高新区](PARK)和[1](表)"))
    [(2, '高新区](PARK)')]
    """
    rest = _MARK.sub(lambda match: "\0" * len(match[0]), marked)
    for match in _compile_almost().finditer(rest):
        before = re.split(r"[\n\0]", rest[: match.start()])[-1]
        yield _count_lines(rest, match.start()), before[-SHOWN:] + match[0]


def _count_lines(text: str, place: int) -> int:
    """The number of the line in which a place of a text lies, from 1."""
    return len((text[:place] + "|").splitlines())


def to_gold(marked: Article) -> tuple[str, list[Sentence]]:
    """The raw page of a marked one, and its gold: the sentences that cleaning keeps, with the spans marked in them.

    Raises ParknerError with file and line for a mark that is none, is in no sentence that is kept, or goes beyond one.
    """
    where = marked.address or marked.name
    for line, what in find_misread(marked.text):
        raise ParknerError(
            f"{where}:{line}: {what!r} is no mark: write [text](LABEL), or \\[ and \\] for plain brackets"
        )
    page, spans = from_markup(marked.text)
    article, dropped = clean(replace(marked, text=page))
    placed = list(_place(split_article(article), spans, page=_hide(page, dropped)))
    for start, sentence in placed:
        for problem in find_problems(sentence):
            raise ParknerError(f"{where}:{_count_lines(page, start)}: {problem}")
    inside = {span.shift(start) for start, sentence in placed for span in sentence.spans}
    for span in (span for span in spans if span not in inside):
        line = _count_lines(page, span.start)
        raise ParknerError(f"{where}:{line}: {to_mark(page, span)} {_explain(line, dropped)}")
    return page, [sentence for _, sentence in placed]


def _place(sentences: Iterable[Sentence], spans: Sequence[Span], *, page: str) -> Iterator[tuple[int, Sentence]]:
    """Yield each sentence with those spans of its page that lie in it, after the place where it begins there."""
    end = 0
    for sentence in sentences:
        start = page.index(sentence.text, end)
        end = start + len(sentence.text)
        inside = (span for span in spans if start <= span.start and span.end <= end)
        yield start, sentence.with_spans(span.shift(-start) for span in inside)


def _hide(page: str, dropped: Iterable[Dropped]) -> str:
    """The page, as long as it was, without the lines that cleaning drops."""
    lines = page.splitlines(keepends=True)
    for drop in dropped:
        if drop.reason != "doubled":  # its first half stays
            lines[drop.line - 1] = "\0" * len(lines[drop.line - 1])
    return "".join(lines)


def _explain(line: int, dropped: Iterable[Dropped]) -> str:
    """Why a mark in this line is in no sentence."""
    reasons = [drop.reason for drop in dropped if drop.line == line]
    if reasons:
        return f"stands in what cleaning drops ({reasons[0]}): take the mark away"
    return "goes over the end of a sentence"
