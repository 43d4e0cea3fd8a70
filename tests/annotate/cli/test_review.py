"""`parkner review`: what all agree on goes into a file, and the rest to a real doccano."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import list_all, look_up_project
from annotate.doccano.server.run import Server
from annotate.pages.markup import from_markup
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.people import confirm, label, list_examples
from tests.readings import LI, WANG, read


def write_readings(folder: Path) -> tuple[Path, Path]:
    write_sentences(folder / "li.jsonl", read(*LI, annotator="li"))
    write_sentences(folder / "wang.jsonl", read(*WANG, annotator="wang"))
    return folder / "li.jsonl", folder / "wang.jsonl"


def list_comments(client: DoccanoClient, endpoint: str) -> list[tuple[int, str]]:
    comments = list_all(client, endpoint.replace("examples", "comments"))
    return sorted((comment["example"], comment["text"]) for comment in comments)


def test_a_review_from_readings_to_gold(
    client: DoccanoClient,
    annotator: DoccanoClient,
    credentials: Server,
    parkner: Callable[..., Any],
    tmp_path: Path,
    name: str,
) -> None:
    li, wang = write_readings(tmp_path)
    accepted = tmp_path / "accepted.jsonl"
    run = ("review", li, wang, "--project", name, "-o", accepted)
    code, _, err = parkner(*run)
    endpoint, examples = list_examples(client, name)
    project = f"{credentials.url}/{endpoint[3:-9]}"
    assert code == 0
    assert err.splitlines() == [
        f"2 sentences to decide, 2 of them new -> {project}/sequence-labeling?page=1&ordering=score,created_at",
        f"2 sentences that all agree on -> {accepted}",
        f"Warning: 1 sentences are only in {li}, and are left out",
        "When they are confirmed, this command adds them to the gold:",
        f"parkner pull --project '{name}' --update -o {accepted}",
    ]
    assert [example["text"] for example in examples] == [sentence.text for sentence in read(LI[1], LI[2])]
    assert [example["score"] for example in examples] == [0.001, 0.002]
    for example, marked in zip(examples, LI[1:3], strict=True):
        spans = client.get(f"{endpoint}/{example['id']}/spans")
        assert sorted(span["start_offset"] for span in spans) == [span.start for span in from_markup(marked)[1]]
    comments = list_comments(client, endpoint)
    assert comments == [
        (example["id"], f"{who}: {marked[number]}")
        for number, example in enumerate(examples, start=1)
        for who, marked in (("li", LI), ("wang", WANG))
    ]
    before = accepted.read_bytes()

    lost = client.get(endpoint.replace("examples", "comments"))["results"][0]
    client.delete(f"{endpoint.replace('examples', 'comments')}/{lost['id']}")  # as if the first run had died before it
    assert "2 sentences to decide, 0 of them new" in parkner(*run).err
    assert list_examples(client, name)[1] == examples
    assert list_comments(client, endpoint) == comments
    assert accepted.read_bytes() == before

    review = look_up_project(client, name)
    assert review
    client.post_members(review["id"], ["annotator"], ["annotator"])
    label(annotator, name, examples[0]["text"], (0, 4, "ORG"), (6, 11, "PARK"))
    confirm(annotator, name, *(example["text"] for example in examples))
    assert parkner("pull", "--project", name, "--update", "-o", accepted).code == 0
    gold = sorted(read_sentences(accepted), key=lambda sentence: sentence.number)
    best = read(LI[0], "[云渡制药](ORG)落户[云渡科技城](PARK)。", *LI[2:4])
    assert [(sentence.text, sentence.spans) for sentence in gold] == [
        (sentence.text, sentence.spans) for sentence in best
    ]
    assert [sentence.extra["annotator"] for sentence in gold] == ["li, wang", "annotator", "annotator", "li, wang"]

    assert parkner(*run).code == 0  # what has been decided stays in the file
    assert sorted(read_sentences(accepted), key=lambda sentence: sentence.number) == gold


def test_readings_that_agree_need_no_doccano(tmp_path: Path, parkner: Callable[..., Any]) -> None:
    for who in ("li", "wang"):
        write_sentences(tmp_path / f"{who}.jsonl", read(*LI))
    paths = (tmp_path / "li.jsonl", tmp_path / "wang.jsonl")
    accepted = tmp_path / "accepted.jsonl"
    code, _, err = parkner("review", *paths, "--project", "p", "-o", accepted)
    assert code == 0
    assert err.splitlines() == [
        f"5 sentences that all agree on -> {accepted}",
        f"Nothing is left to decide, and nothing goes to doccano: {accepted} is the gold of all shared sentences",
    ]
    assert len(list(read_sentences(accepted))) == 5


def test_nothing_is_written_when_the_push_fails(
    credentials: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, parkner: Callable[..., Any]
) -> None:
    monkeypatch.setenv("DOCCANO_PASSWORD", "wrong")
    li, wang = write_readings(tmp_path)
    code, _, err = parkner("review", li, wang, "--project", "p", "-o", tmp_path / "accepted.jsonl")
    assert code == 1
    assert "wrong user name or password" in err
    assert sorted(tmp_path.iterdir()) == [li, wang]


@pytest.mark.parametrize("key", ["id", "meta", "entities", "upload"])
def test_what_doccano_would_mangle_is_not_sent(
    credentials: Server, client: DoccanoClient, parkner: Callable[..., Any], tmp_path: Path, name: str, key: str
) -> None:
    write_sentences(tmp_path / "li.jsonl", read(*LI, **{key: 7}))
    write_sentences(tmp_path / "wang.jsonl", read(*WANG))
    output = tmp_path / "accepted.jsonl"
    done = parkner("review", tmp_path / "li.jsonl", tmp_path / "wang.jsonl", "--project", name, "-o", output)
    assert done.code == 1
    assert f'Error: article a, number 2: doccano uses the key "{key}": rename it' in done.err
    assert look_up_project(client, name) is None
    assert not output.exists()


def test_what_the_file_holds_already_stays_and_has_a_copy(tmp_path: Path, parkner: Callable[..., Any]) -> None:
    one, other = Sentence("云渡科技城扩建。", (), "c", 1), Sentence("会议结束。", (), "a", 1)
    for who in ("li", "wang"):
        write_sentences(tmp_path / f"{who}.jsonl", [other])
    accepted = tmp_path / "accepted.jsonl"
    write_sentences(accepted, [one])
    before = accepted.read_bytes()
    err = parkner("review", tmp_path / "li.jsonl", tmp_path / "wang.jsonl", "--project", "p", "-o", accepted).err
    (backup,) = tmp_path.glob("*.bak")
    assert err.splitlines()[1] == f"The old content of {accepted} is in {backup}"
    assert backup.read_bytes() == before
    assert [sentence.text for sentence in read_sentences(accepted)] == [one.text, other.text]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("{0}/a.jsonl", "a.jsonl: only one reading: give at least two"),
        ("{0}/a.jsonl {0}/bad.jsonl", "bad.jsonl:1: span [1, 2, ORG] overlaps"),
    ],
)
def test_bad_input_is_refused(arguments: str, message: str, tmp_path: Path, refuse: Callable[..., Any]) -> None:
    write_sentences(tmp_path / "a.jsonl", [Sentence("园区见。", (), "q", 1)])
    write_sentences(tmp_path / "bad.jsonl", [Sentence("园区见。", (Span(0, 2, "PARK"), Span(1, 2, "ORG")), "q", 1)])
    error = refuse(tmp_path, f"review {arguments} --project p -o {{0}}/accepted.jsonl").err
    assert error.startswith(f"Error: {tmp_path}/{message}")
