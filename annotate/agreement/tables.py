"""Show the agreement of readings as terminal tables."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rich.table import Table
from rich.text import Text

from annotate.agreement.differences import NOTHING
from annotate.agreement.groups import ReadingGroups
from annotate.agreement.matching import count_matches
from annotate.agreement.reliability import Codes, to_alpha, to_kappa
from annotate.quality.score import to_f1
from annotate.sentence import Sentence
from annotate.settings import load_labels
from annotate.tables import make_table


def to_reading_table(grouped: ReadingGroups) -> Table:
    """Make a row per reading: sentences that others have too, their spans by label, sentences that only it has."""
    table = make_table("reading", "sentences", *_labels(), "spans", "alone")
    for number, (name, alone) in enumerate(zip(grouped.names, grouped.alone, strict=True)):
        held = [sentence for group in grouped.groups if (sentence := group[number])]
        spans = Counter(span.label for sentence in held for span in sentence.spans)
        numbers = [len(held), *(spans[label] for label in _labels()), spans.total(), alone]
        table.add_row(Text(name), *map(str, numbers))
    return table


def to_kappa_table(grouped: ReadingGroups, codes: Codes) -> Table:
    """Make a row per pair of readings: the number of shared sentences, and Cohen's kappa over their characters."""
    table = make_table("readings", "sentences", "kappa")
    for first, second in _pair(grouped):
        kappa = to_cell(to_kappa(codes[[first, second]]))
        table.add_row(_to_name(grouped, first, second), str(len(_pair_held(grouped, first, second))), kappa)
    return table


def to_f1_table(grouped: ReadingGroups) -> Table:
    """Make two rows per pair of readings, for exact and for overlapping matches: F1 in percent by label.

    `micro` is the F1 over the spans of all labels.
    """
    table = make_table("readings", "span F1", *_labels(), "micro")
    for first, second in _pair(grouped):
        matches = count_matches(_pair_held(grouped, first, second))
        exact = _to_f1_cells(matches.exact, matches.spans)
        table.add_row(_to_name(grouped, first, second), "exact", *exact)
        table.add_row("", "overlap", *_to_f1_cells(matches.overlapping, matches.spans), end_section=True)
    return table


def _pair(grouped: ReadingGroups) -> Iterator[tuple[int, int]]:
    return combinations(range(len(grouped.names)), 2)


def _to_name(grouped: ReadingGroups, first: int, second: int) -> Text:
    return Text(f"{grouped.names[first]} – {grouped.names[second]}")


def _pair_held(grouped: ReadingGroups, first: int, second: int) -> list[tuple[Sentence, Sentence]]:
    """List the pairs of sentences that both readings have."""
    return [(one, other) for group in grouped.groups if (one := group[first]) and (other := group[second])]


def to_summary(codes: Codes) -> str:
    """Describe the agreement of all readings in one line.

    >>> import numpy as np
    >>> to_summary(np.array([[0, 0, 1, 1], [0, 1, 1, 1]], dtype=np.int8))
    "Krippendorff's alpha of 2 readings over 4 characters: 0.533"
    """
    readings, characters = codes.shape
    return f"Krippendorff's alpha of {readings} readings over {characters} characters: {to_cell(to_alpha(codes))}"


def to_cell(value: float | None, *, factor: int = 1, digits: int = 3) -> str:
    """Format a number for a table; `-` if it is undefined.

    >>> to_cell(0.9876), to_cell(0.9876, factor=100, digits=1), to_cell(None)
    ('0.988', '98.8', '-')
    """
    return NOTHING if value is None else f"{factor * value:.{digits}f}"


def _to_f1_cells(matched: Counter[str], spans: Counter[str]) -> list[str]:
    numbers = [(matched[label], spans[label]) for label in _labels()]
    pairs = (*numbers, (matched.total(), spans.total()))
    return [to_cell(to_f1(right, both) if both else None, factor=100, digits=1) for right, both in pairs]


def _labels() -> list[str]:
    return [label.name for label in load_labels()]
