"""Scores and entities as people read them: terminal tables, CSV, JSON."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.table import Table

from annotate.corpus import Sentence
from annotate.files import open_output
from annotate.score import Score

COLUMNS = ("article", "number", "label", "text", "start", "end", "sentence")


def to_table(scores: Mapping[str, Mapping[str, Score]], *, title: str) -> Table:
    """P, R and F1 in percent by label, a group of columns for each scored system."""
    table = Table(title=title, title_justify="left")
    table.add_column("label")
    for system in scores:
        for measure in ("P", "R", "F1"):
            table.add_column(f"{system} {measure}", justify="right", style="bold" if measure == "F1" else None)
    table.add_column("spans", justify="right")
    first = next(iter(scores.values()))
    for label, (*_, support) in first.items():
        values = [f"{100 * value:.1f}" for system in scores.values() for value in system[label][:3]]
        table.add_row(label, *values, str(support), end_section=label == list(first)[-3])
    return table


def write_entities(path: Path, sentences: Iterable[Sentence]) -> int:
    """Write a row of CSV for each span, offsets in code points of its sentence; return how many."""
    count = 0
    with open_output(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for sentence in sentences:
            for start, end, label in sentence.spans:
                surface = sentence.text[start:end]
                writer.writerow([sentence.article, sentence.number, label, surface, start, end, sentence.text])
                count += 1
    return count
