"""Scores and entities as people read them: terminal tables, CSV, JSON."""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.table import Table

from annotate.corpus import Sentence
from annotate.files import STREAM, open_output
from annotate.score import Score
from annotate.tables import make_table

COLUMNS = ("article", "number", "label", "text", "start", "end", "sentence")
FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")  # what a formula begins with, by OWASP's page on CSV injection
NUMBER = re.compile(r"[+-]\d[\d,]*(?:\.\d+)?%?")


def to_table(scores: Mapping[str, Mapping[str, Score]], *, title: str) -> Table:
    """P, R and F1 in percent by label, a group of columns for each scored system."""
    measures = [f"{system} {measure}" for system in scores for measure in ("P", "R", "F1")]
    table = make_table("label", *measures, "spans", title=title)
    for column in table.columns[3:-1:3]:
        column.style = "bold"
    first = next(iter(scores.values()))
    for label, (*_, support) in first.items():
        values = [f"{100 * value:.1f}" for system in scores.values() for value in system[label][:3]]
        table.add_row(label, *values, str(support), end_section=label == list(first)[-3])
    return table


def write_entities(path: Path, sentences: Iterable[Sentence]) -> int:
    """Write a row of CSV for each span, offsets in code points of its sentence; return how many.

    As Excel needs it: a file begins with the mark of UTF-8, and what a spreadsheet would run stands behind a `'`
    (`to_cell`).
    """
    count = 0
    with open_output(path) as stream:
        if path != STREAM:
            stream.write(BOM_UTF8.decode())
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for sentence in sentences:
            for start, end, label in sentence.spans:
                surface = sentence.text[start:end]
                article, surface, text = map(to_cell, (sentence.article, surface, sentence.text))
                writer.writerow([article, sentence.number, to_cell(label), surface, start, end, text])
                count += 1
    return count


def to_cell(text: str) -> str:
    """The text behind a `'` where a spreadsheet would take it for a formula; a number with its sign stays one.

    >>> [to_cell(text) for text in ("青芦湾", "=1+2", "-5%", "-5%左右")]
    ['青芦湾', "'=1+2", '-5%', "'-5%左右"]
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
