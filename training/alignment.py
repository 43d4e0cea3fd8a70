"""Alignment of spans and tokens."""

from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

from annotate.sentence import Sentence
from annotate.spans import Span


def find_unaligned(tokens: list[str], spans: tuple[Span, ...]) -> Iterator[Span]:
    """Yield each span that begins or ends inside a token.

    >>> list(find_unaligned(["A", "2023", "年"], (Span(3, 6, "DATE"), Span(1, 6, "DATE"))))
    [Span(start=3, end=6, label='DATE')]
    """
    edges = {0, *accumulate(map(len, tokens))}
    yield from (span for span in spans if not {span.start, span.end} <= edges)


def cut_at_spans(sentence: Sentence, cut: Callable[[str], list[str]]) -> list[str]:
    """Cut a sentence into tokens or words with `cut`, so that none of them crosses the border of a span.

    >>> cut_at_spans(Sentence("在光谷区", (Span(1, 3, "PARK"),)), lambda text: [text])
    ['在', '光谷', '区']
    """
    borders = sorted({border for span in sentence.spans for border in (span.start, span.end)} | {0, len(sentence.text)})
    return [token for start, end in pairwise(borders) for token in cut(sentence.text[start:end])]
