"""What annotation costs, counted by hand."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.cost.economy import Cost, group_costs, read_pieces, time_pieces
from annotate.doccano.api.client import list_all
from annotate.doccano.server.run import Server
from annotate.doccano.team.batches import list_with_batches

PRELABELLED = {"origin": [[0, 5, "PARK", "park"], [7, 10, "METRIC", "quantity"]]}


def make_row(clock: str | None = None, annotator: str = "li", **keys: Any) -> dict[str, Any]:
    """A sentence of 15 characters with three gold spans, confirmed on 22 November."""
    row = {"text": "青岚生物港有12家见云渡科技。", "label": [[0, 5, "PARK"], [6, 9, "METRIC"], [10, 14, "ORG"]], **keys}
    return row | ({"annotator": annotator, "confirmed_at": f"2026-11-22T{clock}Z"} if clock else {})


def write_rows(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_costs_by_annotator_with_and_without_prelabels(tmp_path: Path) -> None:
    one = write_rows(
        tmp_path / "one.jsonl",
        make_row("10:00:40", **PRELABELLED),  # 10 s; one span moved, one added
        make_row("10:00:00"),  # the first of li
        make_row(**PRELABELLED),  # nobody has confirmed it
        make_row("10:00:10", "wang", origin=[]),  # the first of wang; pre-labelled, but nothing was found
        make_row("12:00:00", **PRELABELLED),  # after a pause
    )
    other = write_rows(tmp_path / "other.jsonl", make_row("10:00:30"), make_row("12:00:20.500000", **PRELABELLED))
    costs = group_costs(time_pieces(read_pieces([one, other])))
    assert costs == {
        ("li", True): Cost(3, 9, 6, 2, 15.25, 15.25 / 15 * 100),
        ("li", False): Cost(2, 6, 6, 1, 30, 200),
        ("wang", True): Cost(1, 3, 3, 0, None, None),
        ("all", True): Cost(4, 12, 9, 2, 15.25, 15.25 / 15 * 100),
        ("all", False): Cost(2, 6, 6, 1, 30, 200),
    }


def test_the_table(tmp_path: Path, parkner: Callable[..., Any]) -> None:
    pulled = write_rows(tmp_path / "pulled.jsonl", make_row("10:00:00", **PRELABELLED), make_row("10:00:15"))
    result = parkner("economy", pulled)
    cells = [line.replace("│", " ").split() for line in result.out.splitlines() if "│" in line]
    assert cells == [
        ["li", "yes", "1", "3", "2", "66.7"],
        ["li", "no", "1", "3", "3", "100.0"],
        ["all", "yes", "1", "3", "2", "66.7"],
        ["all", "no", "1", "3", "3", "100.0"],
        ["li", "yes", "0", "-", "-"],
        ["li", "no", "1", "15.0", "100.0"],
        ["all", "yes", "0", "-", "-"],
        ["all", "no", "1", "15.0", "100.0"],
    ]
    assert result.code == 0
    assert result.err == ""


def test_what_pull_writes_can_be_counted(
    client: DoccanoClient, credentials: Server, parkner: Callable[..., Any], tmp_path: Path
) -> None:
    rows = [make_row(number=number, **PRELABELLED) for number in (1, 2, 3)]
    sent, back = write_rows(tmp_path / "sent.jsonl", *rows), tmp_path / "back.jsonl"
    assert parkner("push", sent, "--project", "算账").code == 0
    (project,) = list_with_batches(client, "算账")
    endpoint = f"v1/projects/{project['id']}/examples"
    for example in list(list_all(client, endpoint))[:2]:
        client.post(f"{endpoint}/{example['id']}/states")
    assert parkner("pull", "--project", "算账", "--all", "-o", back).code == 0
    costs = group_costs(time_pieces(read_pieces([back])))
    assert {key: cost[:4] for key, cost in costs.items()} == {
        ("chief", True): (2, 6, 4, 1),
        ("all", True): (2, 6, 4, 1),
    }


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
def test_bad_input(row: dict[str, Any], message: str, tmp_path: Path, refuse: Callable[..., Any]) -> None:
    write_rows(tmp_path / "bad.jsonl", row)
    assert re.search(message, refuse(tmp_path, "economy {0}/bad.jsonl").err)
