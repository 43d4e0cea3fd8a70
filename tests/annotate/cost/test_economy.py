"""What annotation costs, counted by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from doccano_client import DoccanoClient

from annotate.cost.economy import Cost, group_costs, read_pieces, time_pieces
from annotate.doccano.api.client import list_all
from annotate.doccano.server.run import Server
from annotate.doccano.team.batches import list_with_batches
from tests.confirmed_rows import PRELABELLED, make_row, write_rows


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
