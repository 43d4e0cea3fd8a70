"""Find names, quantities and dates that a corpus labels in one place but not in another."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from annotate.gazetteer import build_gazetteer, match_names
from annotate.sentence import Sentence
from annotate.spans import Span, mask

_GLUED = re.compile(r"[A-Za-z0-9.][A-Za-z0-9.]")


def find_unlabelled(sentences: Sequence[Sentence], *, least: int = 3) -> Iterator[tuple[Sentence, Span]]:
    """Yield each place outside all spans where a surface occurs that is labelled at least `least` times elsewhere.

    The yielded span is the one that may be missing, with the most frequent label of its surface. Only a person can tell
    if it is really missing: `三年内` contains `年内`, but not as a DATE.

    >>> told = [Sentence("光谷见", (Span(0, 2, "PARK"),))] * 3
    >>> [span for _, span in find_unlabelled([*told, Sentence("去光谷")])]
    [Span(start=1, end=3, label='PARK')]
    """
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for start, end, label in sentence.spans:
            labels[sentence.text[start:end]][label] += 1
    known = {surface: count.most_common(1)[0][0] for surface, count in labels.items() if count.total() >= least}
    gazetteer = build_gazetteer(known)
    for sentence in sentences:
        rest = mask(sentence.text, ((span.start, span.end) for span in sentence.spans))
        for start, end, label in match_names(rest, gazetteer):
            edges = rest[max(start - 1, 0) : start + 1], rest[end - 1 : end + 1]
            if not any(_GLUED.fullmatch(edge) for edge in edges):
                yield sentence, Span(start, end, label)
