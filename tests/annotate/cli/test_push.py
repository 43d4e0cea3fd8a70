"""`parkner push`: a file reaches a project, and what is said of it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import address, look_up_project
from annotate.doccano.server.run import Server
from annotate.doccano.team.batches import list_with_batches
from annotate.errors import ParknerError
from annotate.records import write_sentences
from annotate.sentence import Sentence
from tests.people import label, list_examples


@pytest.fixture
def file(tmp_path: Path, sentences: list[Sentence]) -> Path:
    write_sentences(tmp_path / "file.jsonl", sentences)
    return tmp_path / "file.jsonl"


def test_it_makes_the_project_and_says_where_it_is(
    credentials: Server, client: DoccanoClient, parkner: Any, name: str, file: Path
) -> None:
    done = parkner("push", file, "--project", f" {name} ")
    project = look_up_project(client, name)
    assert project
    page = f"{address(client, project)}/sequence-labeling?page=1"
    assert done == (0, "", f"6 sentences with 8 spans, 6 of them new -> {page}\n")
    assert [example["score"] for example in list_examples(client, name)[1]] == [100] * 6


def test_what_people_have_changed_is_counted_and_stays(
    credentials: Server, client: DoccanoClient, parkner: Any, pushed: str, sentences: list[Sentence], file: Path
) -> None:
    label(client, pushed, sentences[0].text, (1, 6, "ORG"))
    changed, last = parkner("push", file, "--project", pushed).err.splitlines()
    assert changed == "1 sentences have other spans there than in the file; they stay as they are"
    assert last.startswith("6 sentences with 6 spans, 0 of them new -> ")


def test_records_may_come_on_standard_input_and_the_address_as_an_option(
    credentials: Server, parkner: Any, name: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCCANO_URL", "http://127.0.0.1:1")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    done = parkner("push", "-", "--project", name, "--url", credentials.url)
    assert (done.code, done.err[:39]) == (0, "6 sentences with 8 spans, 6 of them new")


def test_doccano_may_take_only_so_long(credentials: Server, parkner: Any, name: str, file: Path) -> None:
    done = parkner("push", file, "--project", name, "--timeout", "0")
    assert done.code == 1
    assert done.err.startswith(f"Error: {credentials.url}/: not done after 0 s: is the doccano worker")


def test_order_becomes_the_score(
    credentials: Server, client: DoccanoClient, parkner: Any, name: str, sentences: list[Sentence], tmp_path: Path
) -> None:
    write_sentences(tmp_path / "file.jsonl", sentences)
    parkner("push", tmp_path / "file.jsonl", "--project", name)
    write_sentences(tmp_path / "ranked.jsonl", sentences[::-2])
    done = parkner("push", tmp_path / "ranked.jsonl", "--project", name, "--order")
    assert done.err.splitlines()[-1].startswith("3 sentences with 3 spans, 0 of them new -> ")
    assert [example["score"] for example in list_examples(client, name)[1]] == [100, 0.003, 100, 0.002, 100, 0.001]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", ": the file is empty"),
        ('{"text": "甲", }', ":1: broken JSON"),
        ({"text": "  ", "label": []}, ":1: the text is empty"),
        ({"text": "甲\0", "label": []}, ":1: the text holds a NUL character"),
        ({"text": "甲" * 100_001, "label": []}, ":1: the text has 100001 characters"),
        ({"text": "甲乙", "label": [[0, 3, "ORG"]]}, ":1: span .* ends after its text"),
        ({"text": "甲乙", "label": [[0, 2, "ORG"], [1, 2, "PARK"]]}, ":1: span .* overlaps"),
        ({"text": "甲乙", "label": [[0, 2, "PERSON"]]}, ":1: .* unknown label"),
        ({"text": "甲乙", "label": [], "id": 7}, ':1: doccano uses the key "id"'),
        ({"text": "甲乙", "label": [], "Comments": "x"}, ':1: doccano uses the key "Comments"'),
        ({"text": "甲乙", "label": [], "filename": "x"}, ':1: doccano uses the key "filename"'),
        ({"text": "甲乙"}, ':1: no "label"'),
        ({"text": "甲乙", "entities": [[0, 2, "ORG"]]}, ':1: its spans seem to be in "entities"'),
    ],
)
def test_nothing_is_sent_of_a_bad_file(line: str | dict[str, Any], message: str, tmp_path: Path, refuse: Any) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line if isinstance(line, str) else json.dumps(line), "utf-8")
    error = refuse(tmp_path, "push {0}/bad.jsonl --project p").err
    with pytest.raises(ParknerError, match=f"{path}{message}"):
        raise ParknerError(error)


def test_what_lies_in_batches_is_not_pushed_to_the_project_of_their_name(
    client: DoccanoClient,
    annotator: DoccanoClient,
    credentials: Server,
    parkner: Any,
    name: str,
    sentences: list[Sentence],
    tmp_path: Path,
) -> None:
    write_sentences(tmp_path / "some.jsonl", sentences[:4])
    write_sentences(tmp_path / "grown.jsonl", sentences)
    assert parkner("project", "assign", tmp_path / "some.jsonl", "--project", name, "--to", "annotator").code == 0
    again = "and stay there: give another --project to annotate them again"
    kept = f"Warning: 4 sentences are already in {name} · annotator {again}"
    refused = parkner("push", tmp_path / "some.jsonl", "--project", name)
    assert (refused.code, refused.err.splitlines()) == (
        1,
        [kept, f"Error: {credentials.url}/: nothing is left to send to {name}"],
    )
    assert [project["name"] for project in list_with_batches(client, name)] == [f"{name} · annotator"]
    pushed = parkner("push", tmp_path / "grown.jsonl", "--project", name).err.splitlines()
    assert pushed[0] == kept
    assert pushed[1].startswith("2 sentences with 1 spans, 2 of them new -> ")
