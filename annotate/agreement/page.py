"""Show where readings differ, side by side, on one web page without scripts or external files."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.table import Table

from annotate.agreement.differences import to_differing_places, to_shared_spans
from annotate.agreement.groups import Group, ReadingGroups, to_held
from annotate.agreement.matching import to_agreement
from annotate.sentence import locate
from annotate.settings import CONFIGS, load_labels
from annotate.spans import Span

TEMPLATE = CONFIGS / "side-by-side.html"  # it includes side-by-side.css


class Piece(NamedTuple):
    """A piece of a sentence inside one span, or outside all spans (`label` is ""). `shared`: all readings have it."""

    text: str
    label: str = ""
    shared: bool = False


class Row(NamedTuple):
    """A sentence: its source, its agreement in percent, and the pieces of each reading (None if not read)."""

    place: str
    percent: int
    readings: list[list[Piece] | None]


def to_page(grouped: ReadingGroups, tables: Iterable[Table], *, summary: str) -> Iterator[str]:
    """Yield the page in parts: tables, legend, then the sentences that differ, lowest agreement first.

    Each reading has a column. Spans that all readings of a sentence have are underlined, the others are highlighted.
    """
    differing = [group for group in grouped.groups if to_differing_places(to_held(group))]
    environment = Environment(
        loader=FileSystemLoader(TEMPLATE.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(TEMPLATE.name).generate(
        names=grouped.names,
        summary=summary,
        tables=map(to_cells, tables),
        labels=load_labels(),
        differing=len(differing),
        total=len(grouped.groups),
        rows=map(to_page_row, sorted(differing, key=to_agreement)),
    )


def to_cells(table: Table) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a terminal table as strings.

    >>> table = Table("label", "F1")
    >>> table.add_row("PARK", "98.8")
    >>> to_cells(table)
    (['label', 'F1'], [['PARK', '98.8']])
    """
    rows = zip(*(column.cells for column in table.columns), strict=True)
    return [str(column.header) for column in table.columns], [list(map(str, row)) for row in rows]


def to_pieces(text: str, spans: Iterable[Span], *, shared: Collection[Span] = ()) -> list[Piece]:
    """Cut a text at the edges of its spans. `shared` holds the spans that all readings have.

    >>> to_pieces("在光谷", [Span(1, 3, "PARK")])
    [Piece(text='在', label='', shared=False), Piece(text='光谷', label='PARK', shared=False)]
    """
    pieces, end = [], 0
    for span in sorted(spans):
        pieces += [Piece(text[end : span.start]), Piece(text[span.start : span.end], span.label, span in shared)]
        end = span.end
    return [piece for piece in [*pieces, Piece(text[end:])] if piece.text]


def to_page_row(group: Group) -> Row:
    """Make the page's row for a sentence with different readings."""
    held = to_held(group)
    shared = to_shared_spans(held)
    readings = [
        None if sentence is None else to_pieces(sentence.text, sentence.spans, shared=shared) for sentence in group
    ]
    return Row(locate(held[0]), round(100 * to_agreement(group)), readings)
