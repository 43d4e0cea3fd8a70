import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project
from annotate.doccano.export import LONGEST_ROW, export
from annotate.doccano.offsets import to_page
from annotate.doccano.push import push
from annotate.doccano.setup import add_labels
from annotate.doccano.team.members import set_roles
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from tests.fault_proxy import HALF, Answer, Fault, to_json
from tests.people import confirm, label, make_project

SECONDS = 60
ATTACHED = (("Content-Disposition", "attachment"),)
ROW = {"id": 7, "text": "云渡科技城。", "label": []}


def list_all(client: DoccanoClient, project: dict[str, Any], **options: Any) -> list[tuple[str, str, list[Any]]]:
    """The name, the text and the label of each row."""
    rows = export(client, project, timeout=SECONDS, **options)
    return [(name, row["text"], row["label"]) for name, row in rows]


def test_rows_come_in_the_order_of_the_upload_with_offsets_in_code_points(
    client: DoccanoClient, name: str, sentences: list[Sentence]
) -> None:
    push(client, name, sentences, timeout=SECONDS)
    project = get_project(client, name)
    expected = [("all", sentence.text, [list(span) for span in sentence.spans]) for sentence in sentences]
    assert list_all(client, project) == expected
    assert list_all(client, project, confirmed_only=True) == []
    confirm(client, name, sentences[1].text, sentences[4].text)
    assert list_all(client, project, confirmed_only=True) == [expected[1], expected[4]]


def test_offsets_stay_as_they_are_where_a_project_counts_by_grapheme(
    client: DoccanoClient, name: str, sentences: list[Sentence]
) -> None:
    emoji = sentences[1]
    push(client, name, [emoji], timeout=SECONDS)
    project = get_project(client, name) | {"grapheme_mode": True}
    shown = [list(span) for span in to_page(emoji.text, emoji.spans)]
    assert list_all(client, project) == [("all", emoji.text, shown)]


def test_everybody_has_rows_of_their_own_where_labels_are_not_shared(
    client: DoccanoClient, people: dict[str, DoccanoClient], name: str
) -> None:
    project = make_project(client, name)
    add_labels(client, project)
    set_roles(client, project, ["lin"], role="project_admin")
    one, other = "云渡科技城扩建。", "青岚生物港扩建。"
    for text in (one, other):
        client.post(f"v1/projects/{project['id']}/examples", json={"text": text})
    label(people["lin"], name, one, (0, 5, "PARK"))
    confirm(people["lin"], name, one)
    confirm(client, name, other)
    assert list_all(client, project) == [
        ("chief", one, []),
        ("chief", other, []),
        ("lin", one, [[0, 5, "PARK"]]),
        ("lin", other, []),
    ]
    assert list_all(client, project, confirmed_only=True) == [("chief", other, []), ("lin", one, [[0, 5, "PARK"]])]


def pack(*lines: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("all.jsonl", b"\n".join(lines))
    return packed.getvalue()


def pack_row(**keys: Any) -> bytes:
    return pack(json.dumps(ROW | keys).encode())


@pytest.fixture
def fetch(connect_through: Callable[[Fault], DoccanoClient]) -> Callable[..., Any]:
    """The rows of a project whose export is this answer; the worker has nothing to do with it."""

    def run(answer: Answer | bytes) -> list[Any]:
        if isinstance(answer, bytes):
            answer = Answer(200, "application/zip", answer, ATTACHED)
        answers = {
            "POST /v1/projects/7/download": to_json({"task_id": "x"}),
            "GET /v1/tasks/status/x": to_json({"ready": True}),
            "GET /v1/projects/7/download?taskId=x": answer,
        }
        client = connect_through(lambda request, _: answers.get(request))
        return list(export(client, {"id": 7, "grapheme_mode": False}, timeout=SECONDS))

    return run


def test_empty_lines_are_no_rows(fetch: Callable[..., Any]) -> None:
    assert fetch(pack(b"", json.dumps(ROW).encode(), b" ", b"")) == [("all", ROW)]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"PK", "the download is broken (File is not a zip file): run the command again"),
        (pack_row()[:-30], "the download is broken ("),
        (pack_row().replace(b"all.jsonl", b"one.jsonl", 1), "the download is broken ("),
        (pack_row()[:39] + b"\xff" + pack_row()[40:], "the download is broken (Error -3 while decompressing data: "),
        (HALF._replace(headers=HALF.headers + ATTACHED), "the download broke off ("),
        (pack(bytes(2 * LONGEST_ROW)), f"a row of more than {LONGEST_ROW} bytes"),
        (pack(b"{"), "a row that is not JSON: "),
        (pack(b"[" * 99_999), "a row that is not JSON: "),
        (pack(b"[7]"), "unexpected answer, id is None: [7]"),
        (pack_row(id="7"), "unexpected answer, id is '7': "),
        (pack_row(text=None), "unexpected answer, text is None: "),
        (pack_row(label="PARK"), "unexpected answer, label is 'PARK': "),
        (pack_row(label=[[0, 5]]), "a row with a broken label: "),
        (pack_row(label=[7]), "a row with a broken label: "),
    ],
    ids=[
        *("no archive", "cut off", "another name", "not packed", "half", "a bomb", "no JSON", "nested", "no object"),
        *("id", "text", "label", "no kind", "no span"),
    ],
)
def test_a_download_that_is_no_export_is_told(fetch: Callable[..., Any], answer: Answer | bytes, message: str) -> None:
    with pytest.raises(ParknerError) as caught:
        fetch(answer)
    where, _, said = str(caught.value).partition("/download: ")
    assert where.endswith("/v1/projects/7")
    assert said.startswith(message)
