"""Entities as a table for a spreadsheet: CSV."""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path

from annotate.files import STREAM, open_output
from annotate.sentence import Sentence

COLUMNS = ("article", "number", "label", "text", "start", "end", "sentence")
FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")  # what a formula begins with, by OWASP's page on CSV injection
NUMBER = re.compile(r"[+-]\d[\d,]*(?:\.\d+)?%?")


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
