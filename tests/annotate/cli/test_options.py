"""Shares and dates as people write them, and what is said of others."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from annotate.cli.options import to_moment, to_share


@pytest.mark.parametrize(
    ("given", "share"),
    [("10%", 0.1), ("0.1", 0.1), ("10 %", 0.1), ("100%", 1), ("1", 1), ("0", 0), ("12.5%", 0.125)],
)
def test_shares(given: str, share: float) -> None:
    assert to_share(given) == share


@pytest.mark.parametrize("given", ["10", "101%", "-1%", "nan", "%", "", "1%0", "tenth"])
def test_what_is_no_share(given: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"is not a share: give 0\.1 or 10% for a tenth"):
        to_share(given)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-11-20", "2026-11-20T00:00:00+00:00"),
        ("2026-11-20T08:30", "2026-11-20T08:30:00+00:00"),
        ("2026-11-20 08:30:15", "2026-11-20T08:30:15+00:00"),
        ("2026-11-20T08:30:15.5Z", "2026-11-20T08:30:15.500000+00:00"),
        ("2026-11-20T16:30+08:00", "2026-11-20T16:30:00+08:00"),
    ],
)
def test_dates(given: str, moment: str) -> None:
    assert to_moment(given).isoformat() == moment


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("pull --since yesterday --project p -o x", "'--since': yesterday is not a date: give a day, 2026-11-20, or a"),
        ("project assign --overlap much x --project p --to li", "'--overlap': much is not a share: give 0.1 or 10%"),
        ("curve --share 200%", "'--share': 200% is not a share: give 0.1 or 10%"),
        ("silver --share-empty 2 x --model m -o y", "'--share-empty': 2 is not a share: give 0.1 or 10%"),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(arguments: str, message: str, parkner: Callable[..., Any]) -> None:
    result = parkner(*arguments.split())
    assert result.code == 2
    assert message in result.err


def test_a_project_has_a_name(parkner: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "园区", "label": []}', "utf-8")
    result = parkner("push", tmp_path / "a.jsonl", "--project", "  ")
    assert (result.code, result.err.splitlines()[-1]) == (2, "Error: Invalid value: the name of the project is empty")
