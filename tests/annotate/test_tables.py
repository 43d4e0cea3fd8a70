"""Tables as a terminal of 80 columns, a narrower one and a pipe show them: whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.text import Text

from annotate.tables import make_table, print_tables

LABEL = [[0, 5, "PARK"], [6, 9, "METRIC"], [10, 14, "ORG"]]
PEOPLE = ("zhang-xiaoming", "ouyang.wenjing")


def write_readings(folder: Path) -> None:
    """What two people with long names have confirmed, over pre-labels of rules with long names."""
    for person in PEOPLE:
        rows = [
            {
                "text": f"青岚生物港有12家见云渡科技{number}。",
                "label": LABEL[: number % 4],
                "article": "a",
                "number": number,
                "annotator": person,
                "confirmed_at": f"2026-11-22T10:{number % 60:02}:00Z",
            }
            | ({"origin": [[0, 5, "PARK", "park after a place"]]} if number % 2 else {})
            for number in range(1100)
        ]
        (folder / f"{person}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def find_lines(out: str) -> list[str]:
    """The lines of the tables in what a command printed."""
    plain = Text.from_ansi(out).plain
    return [line for line in plain.splitlines() if line and line[0] in "┏┃┡│├└"]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Take standard output for a terminal with so many columns."""

    def open_terminal(columns: int) -> None:
        for name, value in {"COLUMNS": str(columns), "TTY_COMPATIBLE": "1", "NO_COLOR": "1"}.items():
            monkeypatch.setenv(name, value)

    return open_terminal


@pytest.mark.parametrize("command", ["economy", "agree", "rules report", "check --stats"])
def test_no_table_is_cut_at_80_columns(
    command: str, tmp_path: Path, parkner: Callable[..., Any], terminal: Callable[[int], None]
) -> None:
    write_readings(tmp_path)
    terminal(80)
    files = [tmp_path / f"{person}.jsonl" for person in PEOPLE]
    result = parkner(*command.split(), *(files if command in ("economy", "agree") else files[:1]))
    lines = find_lines(result.out)
    assert result.code == 0
    assert lines
    assert not [line for line in lines if "…" in line or cell_len(line) > 80]


@pytest.mark.parametrize("columns", [20, 40])
def test_names_are_folded_where_there_is_no_room(
    columns: int, capsys: pytest.CaptureFixture[str], terminal: Callable[[int], None]
) -> None:
    terminal(columns)
    table = make_table("project", "sentences")
    table.add_row("园区新闻2026年第一批[初稿] · zhang-xiaoming :smile:", "100")
    print_tables(table)
    rows = [line.split("│")[1:3] for line in capsys.readouterr().out.splitlines() if "│" in line]
    assert "".join(name.replace(" ", "") for name, _ in rows) == "园区新闻2026年第一批[初稿]·zhang-xiaoming:smile:"
    assert [count.strip() for _, count in rows if count.strip()] == ["100"]


def test_a_pipe_gets_tables_as_wide_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    table = make_table("project", *(f"heading {number}" for number in range(30)))
    table.add_row("园区新闻 · zhang-xiaoming", *map(str, range(30)))
    print_tables(table, make_table("a"))
    out = capsys.readouterr().out
    assert "heading 29" in out.splitlines()[1]
    assert "│ 园区新闻 · zhang-xiaoming │" in out.splitlines()[3]
