"""Text with marked entities, `[临江高新区](PARK)`, in which people write and edit gold by hand.

A backslash before `[`, `]` or `\\` makes it an ordinary character. `to_markup` writes it before each of them; a bracket
that does not open a mark needs none. Text that only looks like a mark, `【临江高新区】(PARK)`, is an error.
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
SHOWN = 8  # characters shown before a broken mark


def to_markup(text: str, spans: Iterable[Span]) -> str:
    """Mark the spans in a text. Raises ValueError for spans that overlap.

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
    """Return one span of a text as a mark, without the words around it.

    >>> to_mark("在光谷见", Span(1, 3, "PARK"))
    '[光谷](PARK)'
    """
    return to_markup(text[span.start : span.end], [span.shift(-span.start)])


def from_markup(marked: str) -> tuple[str, list[Span]]:
    """Return the text without its marks, and the marked spans: the inverse of `to_markup`.

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
    """Return a sentence as a marked line. Raises ParknerError with the address if a span crosses the end of a line."""
    for span in sentence.spans:
        if len(sentence.text[span.start : span.end].splitlines()) > 1:
            raise ParknerError(f"{address}: span {span} crosses the end of a line, which a mark cannot do")
    return to_markup(sentence.text, sentence.spans) + "\n"


@cache
def _compile_almost() -> re.Pattern[str]:
    """Compile the pattern of text that looks like a mark, or the end of one, but was not read as one."""
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
    """Yield (line number, text) for each text that looks like a mark but was read as plain text.

    >>> list(find_misread("开工。\\n[东湖[光谷](PARK)高新区](PARK)和[1](表)"))
    [(2, '高新区](PARK)')]
    """
    rest = _MARK.sub(lambda match: "\0" * len(match[0]), marked)
    for match in _compile_almost().finditer(rest):
        before = re.split(r"[\n\0]", rest[: match.start()])[-1]
        yield _count_lines(rest, match.start()), before[-SHOWN:] + match[0]


def _count_lines(text: str, place: int) -> int:
    """Return the line number of a place in a text, from 1."""
    return len((text[:place] + "|").splitlines())


def to_gold(marked: Article) -> tuple[str, list[Sentence]]:
    """Return the raw page of a marked page, and its gold: the sentences that cleaning keeps, with their marked spans.

    Raises ParknerError with file and line for a broken mark, a mark that cleaning drops, and one that crosses the end
    of a sentence.
    """
    where = marked.address or marked.name
    for line, what in find_misread(marked.text):
        raise ParknerError(
            f"{where}:{line}: {what!r} is not a mark: write [text](LABEL), or \\[ and \\] for plain brackets"
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
    """Yield (start on the page, sentence with the page's spans inside it) for each sentence."""
    end = 0
    for sentence in sentences:
        start = page.index(sentence.text, end)
        end = start + len(sentence.text)
        inside = (span for span in spans if start <= span.start and span.end <= end)
        yield start, sentence.with_spans(span.shift(-start) for span in inside)


def _hide(page: str, dropped: Iterable[Dropped]) -> str:
    """Replace the lines that cleaning drops with NULs. The length of the page does not change."""
    lines = page.splitlines(keepends=True)
    for drop in dropped:
        if drop.reason != "doubled":  # its first half stays
            lines[drop.line - 1] = "\0" * len(lines[drop.line - 1])
    return "".join(lines)


def _explain(line: int, dropped: Iterable[Dropped]) -> str:
    """Say why a mark in this line is not inside a sentence."""
    reasons = [drop.reason for drop in dropped if drop.line == line]
    if reasons:
        return f"is in a line that cleaning drops ({reasons[0]}): remove the mark"
    return "crosses the end of a sentence"
