"""`parkner economy`: its tables, and records that it cannot count."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.confirmed_rows import PRELABELLED, make_row, write_rows
from tests.tables import read_cells


def test_the_tables_and_what_a_pause_is(tmp_path: Path, parkner: Callable[..., Any]) -> None:
    pulled = write_rows(tmp_path / "pulled.jsonl", make_row("10:00:00", **PRELABELLED), make_row("10:00:15"))
    result = parkner("economy", pulled)
    assert read_cells(result.out) == [
        ["li", "yes", "1", "3", "2", "66.7"],
        ["li", "no", "1", "3", "3", "100.0"],
        ["all", "yes", "1", "3", "2", "66.7"],
        ["all", "no", "1", "3", "3", "100.0"],
        ["li", "yes", "0", "-", "-"],
        ["li", "no", "1", "15.0", "100.0"],
        ["all", "yes", "0", "-", "-"],
        ["all", "no", "1", "15.0", "100.0"],
    ]
    assert (result.code, result.err) == (0, "")
    last = "The time of a sentence starts at the confirmation before it; more than 10 minutes are a pause."
    assert result.out.splitlines()[-1] == last


def test_the_files_of_a_folder_count_together(tmp_path: Path, parkner: Callable[..., Any]) -> None:
    write_rows(tmp_path / "one.jsonl", make_row("10:00:00"), make_row("10:00:20"))
    write_rows(tmp_path / "two.jsonl", make_row("10:00:10", "wang"))
    out = parkner("economy", tmp_path).out
    assert [row[:3] for row in read_cells(out)[:3]] == [["li", "no", "2"], ["wang", "no", "1"], ["all", "no", "3"]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (make_row("25:00:00"), ":1: confirmed_at: '2026-11-22T25:00:00Z' is not a time"),
        (make_row() | {"confirmed_at": "2026-11-22T10:00:00", "annotator": "li"}, ":1: confirmed_at: .* not a time"),
        (make_row() | {"confirmed_at": 7, "annotator": "li"}, ':1: "confirmed_at" is not a string'),
        (make_row() | {"confirmed_at": "2026-11-22T10:00:00Z"}, ':1: "confirmed_at" without an "annotator"'),
        (make_row("10:00:00", origin=[[0, 5]]), ':1: "origin" is not a list of'),
        (make_row("10:00:00", origin=[[0, 99, "PARK", "park"]]), ":1: origin: span .* ends after its text"),
        (make_row("10:00:00", label=[[0, 99, "PARK"]]), ":1: span .* ends after its text"),
        (make_row(), ': no record has the key "confirmed_at"'),
    ],
)
def test_bad_input_is_one_line(row: dict[str, Any], message: str, tmp_path: Path, refuse: Callable[..., Any]) -> None:
    write_rows(tmp_path / "bad.jsonl", row)
    assert re.search(message, refuse(tmp_path, "economy {0}/bad.jsonl").err)
