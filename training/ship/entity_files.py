"""Writes entities as a CSV table for a spreadsheet."""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path

from annotate.files import STREAM, open_output
from annotate.sentence import Sentence

COLUMNS = ("article", "number", "label", "text", "start", "end", "sentence")
FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")  # first characters of a formula, by OWASP's page on CSV injection
NUMBER = re.compile(r"[+-]\d[\d,]*(?:\.\d+)?%?")


def write_entities(path: Path, sentences: Iterable[Sentence]) -> int:
    """Write a CSV row for each span, with offsets in code points of its sentence; return the number of rows.

    The file suits Excel: it begins with a UTF-8 byte order mark, and a `'` precedes what a spreadsheet would run
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
    """Put a `'` before a text that a spreadsheet would take for a formula; a signed number stays as it is.

    >>> [to_cell(text) for text in ("青芦湾", "=1+2", "-5%", "-5%左右")]
    ['青芦湾', "'=1+2", '-5%', "'-5%左右"]
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
