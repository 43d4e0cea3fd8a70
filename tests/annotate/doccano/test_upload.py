from collections.abc import Callable
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano import upload as module
from annotate.doccano.api.client import address
from annotate.doccano.export import export
from annotate.doccano.inventory import Copy, Digest
from annotate.doccano.row_format import UPLOAD
from annotate.doccano.setup import add_labels, open_project
from annotate.doccano.upload import remove, send
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.fault_proxy import Answer, Fault, to_json

SECONDS = 60
MANY = [Sentence(f"第{number}号产业园。", (Span(0, 6, "PARK"),), "a", number) for number in range(1, 6)]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads of two sentences."""
    monkeypatch.setattr(module, "CHUNK", 2)


@pytest.fixture
def project(client: DoccanoClient, name: str) -> dict[str, Any]:
    """An empty project with our labels."""
    project = open_project(client, name)
    add_labels(client, project)
    return project


def send_all(client: DoccanoClient, project: dict[str, Any], sentences: list[Sentence]) -> list[int]:
    return list(send(client, project, iter(sentences), timeout=SECONDS))


def list_rows(client: DoccanoClient, project: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for _, row in export(client, project, timeout=SECONDS)]


def test_what_has_arrived_is_counted_after_each_upload(client: DoccanoClient, project: dict[str, Any]) -> None:
    assert send_all(client, project, MANY) == [2, 4, 5]
    rows = list_rows(client, project)
    assert [(row["text"], row["label"]) for row in rows] == [(one.text, [[0, 6, "PARK"]]) for one in MANY]


def test_what_came_together_is_known_by_its_upload(client: DoccanoClient, project: dict[str, Any]) -> None:
    """But for what came without spans, of which none can be missing."""
    send_all(client, project, [MANY[0].with_spans(()), MANY[1], *(one.with_spans(()) for one in MANY[2:])])
    first, second, *others = [row.get(UPLOAD) or "" for row in list_rows(client, project)]
    assert (first == second, len(first), others) == (True, 8, [""] * 3)


def test_nothing_is_sent_of_nothing(client: DoccanoClient, project: dict[str, Any]) -> None:
    assert (send_all(client, project, []), list_rows(client, project)) == ([], [])


def test_what_is_too_large_for_a_proxy_is_halved(
    connect_through: Callable[[Fault], DoccanoClient],
    project: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def limit(request: str, body: bytes) -> Answer | None:
        return Answer(413) if "fp/process" in request and len(body) > 800 else None

    monkeypatch.setattr(module, "CHUNK", 10)
    client = connect_through(limit)
    assert send_all(client, project, MANY) == [5]
    assert [row["text"] for row in list_rows(client, project)] == [sentence.text for sentence in MANY]
    huge = Sentence("园" * 2000, (), "huge", 1)
    with pytest.raises(ParknerError, match=r"^article huge, number 1: .*: 413 .*: a request of \d+ bytes$"):
        send_all(client, project, [huge])


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        ({"line": 2, "message": "no text"}, "doccano refuses article a, number 2: no text"),
        ({"line": 3, "message": "no text"}, "doccano refuses line 3: no text"),
        ({"line": "x"}, "unexpected answer, line is 'x': {'line': 'x'}"),
    ],
)
def test_what_doccano_refuses_is_named(
    connect_through: Callable[[Fault], DoccanoClient], project: dict[str, Any], refusal: dict[str, Any], message: str
) -> None:
    def refuse(request: str, _: bytes) -> Answer | None:
        return to_json({"ready": True, "result": {"error": [refusal]}}) if "tasks/status" in request else None

    client = connect_through(refuse)
    with pytest.raises(ParknerError) as caught:
        send_all(client, project, MANY)
    assert str(caught.value) == f"{address(client, project)}: {message}"


def test_only_the_copies_that_are_named_are_removed(client: DoccanoClient, project: dict[str, Any]) -> None:
    send_all(client, project, MANY)
    copies = [Copy(row["id"], "", Digest(b"", ""), False) for row in list_rows(client, project)]
    remove(client, project, [])  # doccano would take no numbers for all
    assert [row["text"] for row in list_rows(client, project)] == [sentence.text for sentence in MANY]
    remove(client, project, copies[:3])
    assert [row["id"] for row in list_rows(client, project)] == [copy.example for copy in copies[3:]]
