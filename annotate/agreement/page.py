"""Where readings differ, side by side, as one web page: no script, nothing from elsewhere."""

from collections.abc import Iterable, Iterator
from html import escape

from rich.table import Table

from annotate.agreement.differences import to_differing_places, to_shared_spans
from annotate.agreement.groups import Group, ReadingGroups, to_held
from annotate.agreement.matching import to_agreement
from annotate.sentence import Sentence, locate
from annotate.settings import CONFIGS, load_labels
from annotate.spans import Span

STYLE = CONFIGS / "side-by-side.css"
NOTE = """Span F1: pairs of spans that match exactly, or overlap (same label, at least one character in common, one to
one). Kappa is Cohen's; it and alpha compare the label of each character. What all have alike is only underlined."""
HEAD = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
"""


def to_page(grouped: ReadingGroups, tables: Iterable[Table], *, summary: str) -> Iterator[str]:
    """Yield the page piece by piece: tables, legend, then the sentences that differ, lowest agreement first.

    A column a reading. Spans that all readings of a sentence have are underlined, the others stand out.
    """
    differing = [group for group in grouped.groups if to_differing_places(to_held(group))]
    title = escape(" – ".join(grouped.names))
    yield f"{HEAD}<title>{title}</title>\n<style>\n{STYLE.read_text('utf-8')}{_to_colours()}</style>\n</head>\n<body>\n"
    yield f'<header>\n<h1>{title}</h1>\n<p class="summary">{escape(summary)}</p>\n'
    yield from map(to_html_table, tables)
    yield f'<p class="note">{NOTE}</p>\n<p class="legend">{_to_legend()}</p>\n</header>\n'
    yield f"<h2>{len(differing)} of {len(grouped.groups)} sentences differ, lowest agreement first</h2>\n"
    yield '<table class="sentences">\n<thead><tr><th>sentence</th>'
    yield "".join(f"<th>{escape(name)}</th>" for name in grouped.names) + "</tr></thead>\n"
    for group in sorted(differing, key=to_agreement):
        yield _to_row(group)
    yield "</table>\n</body>\n</html>\n"


def to_html_table(table: Table) -> str:
    """A terminal table of plain cells as one of HTML.

    >>> table = Table("label", "F1")
    >>> table.add_row("A & B", "98.8")
    >>> to_html_table(table)
    '<table><tr><th>label</th><th>F1</th></tr><tr><td>A &amp; B</td><td>98.8</td></tr></table>\\n'
    """
    rows = [_to_cells([column.header for column in table.columns], "th")]
    rows += [_to_cells(cells, "td") for cells in zip(*(column.cells for column in table.columns), strict=True)]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>\n"


def _to_cells(cells: Iterable[object], tag: str) -> str:
    return "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells)


def to_marks(text: str, spans: Iterable[Span], *, shared: Iterable[Span] = ()) -> str:
    """The text as HTML with its spans marked, those that are `shared` by all readings as such.

    >>> to_marks("<光谷>", [Span(1, 3, "PARK")])
    '&lt;<mark class="PARK" title="PARK">光谷</mark>&gt;'
    """
    parts, end = [], 0
    for start, stop, label in sorted(spans):
        name = escape(label)
        kind = f"{name} shared" if Span(start, stop, label) in shared else name
        parts.append(escape(text[end:start]))
        parts.append(f'<mark class="{kind}" title="{name}">{escape(text[start:stop])}</mark>')
        end = stop
    return "".join(parts) + escape(text[end:])


def _to_row(group: Group) -> str:
    held = to_held(group)
    shared = to_shared_spans(held)
    percent = f"{100 * to_agreement(group):.0f}%"
    place = escape(locate(held[0]))
    cells = "".join(_to_reading(sentence, shared) for sentence in group)
    meter = f'<div><meter value="{percent[:-1]}" max="100"></meter>{percent}</div>'
    return f"<tr><th>{place}{meter}</th>{cells}</tr>\n"


def _to_reading(sentence: Sentence | None, shared: set[Span]) -> str:
    if sentence is None:
        return '<td class="missing">not read</td>'
    return f"<td>{to_marks(sentence.text, sentence.spans, shared=shared)}</td>"


def _to_colours() -> str:
    return "".join(f".{label.name} {{ --colour: {label.colour}; }}\n" for label in load_labels())


def _to_legend() -> str:
    return "".join(
        f'<span><mark class="{label.name}">{label.name}</mark> {escape(label.meaning)}</span> '
        for label in load_labels()
    )
