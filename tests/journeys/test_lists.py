"""Lists that a real doccano gives by the page, while people work and through a proxy that spoils them."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api import client as doccano_client
from annotate.doccano.api.client import connect, list_all
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from tests.fault_proxy import Answer, spoil
from tests.people import list_examples

SECONDS = 60
PAGE = re.compile(r"GET .*/examples\?limit=\d+&offset=(\d+)")


@pytest.fixture
def examples(client: DoccanoClient, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[dict[str, Any]]]:
    """The endpoint of a list of ten, in pages of three, and what is in it."""
    push(client, name, [Sentence(f"第{number}句。", (), "a", number) for number in range(10)], timeout=SECONDS)
    found = list_examples(client, name)
    monkeypatch.setattr(doccano_client, "PAGE", 3)
    return found


def read_list(server: Server, endpoint: str, fault: Callable[[int], Answer | None]) -> list[int]:
    """The ids in a list; the fault gets the offset of each page that is asked for."""

    def spoil_page(request: str, _: bytes) -> Answer | None:
        page = PAGE.match(request)
        return fault(int(page[1])) if page else None

    with spoil(server.url, spoil_page) as url:
        return [item["id"] for item in list_all(connect(url, "chief", "a secret for tests"), endpoint)]


@pytest.mark.parametrize("gone", [[0], [0, 1], [0, 1, 2, 3], [2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6, 9]])
def test_items_that_go_meanwhile(
    server: Server, client: DoccanoClient, examples: tuple[str, list[dict[str, Any]]], gone: list[int]
) -> None:
    endpoint, items = examples
    left = [items[number]["id"] for number in gone]

    def delete(offset: int) -> None:
        while offset >= 3 and left:
            client.delete(f"{endpoint}/{left.pop()}")

    found = read_list(server, endpoint, delete)
    assert len(found) == len(set(found))
    assert set(found) >= {item["id"] for number, item in enumerate(items) if number not in gone}


def test_items_that_come_meanwhile(
    server: Server, client: DoccanoClient, examples: tuple[str, list[dict[str, Any]]]
) -> None:
    """Confirmed ones, that is, which come in the middle."""
    endpoint, items = examples
    new = [items[number]["id"] for number in (0, 2, 4)]
    for item in items[1::2]:
        client.post(f"{endpoint}/{item['id']}/states")

    def confirm(request: str, _: bytes) -> None:
        while "offset=3" in request and new:
            client.post(f"{endpoint}/{new.pop()}/states")

    with spoil(server.url, confirm) as url:
        there = connect(url, "chief", "a secret for tests")
        found = [item["id"] for item in list_all(there, endpoint, confirmed=True)]
    assert len(found) == len(set(found))
    assert set(found) >= {item["id"] for item in items[1::2]}


@pytest.mark.parametrize("repeats", [False, True], ids=["nothing comes", "the first page comes again"])
def test_what_is_missing_is_told(
    server: Server, client: DoccanoClient, examples: tuple[str, list[dict[str, Any]]], repeats: bool
) -> None:
    endpoint, items = examples
    body = json.dumps({"count": 10, "results": items[:4] if repeats else []}).encode()
    with pytest.raises(ParknerError, match=rf"{endpoint}: gives 4 of 10 items: run the command again"):
        read_list(server, endpoint, lambda offset: Answer(200, "application/json", body) if offset else None)


def test_one_item_a_page(
    server: Server, examples: tuple[str, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are asked for."""
    endpoint, items = examples

    def give_one(offset: int) -> Answer:
        body = json.dumps({"count": 10, "results": items[offset : offset + 1]}).encode()
        return Answer(200, "application/json", body)

    assert read_list(server, endpoint, give_one) == [item["id"] for item in items]
