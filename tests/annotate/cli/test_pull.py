"""`parkner pull`: the files that it writes, and those that it does not spoil."""

import json
import os
import pty
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import look_up_project
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError
from annotate.overwrite import read_file
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from tests.people import add_member, comment, confirm, label, list_examples, strip

SECONDS = 60


def read_texts(path: Path) -> list[str]:
    return [sentence.text for sentence in read_sentences(path)]


def test_files_that_grow_and_one_for_each_person(
    credentials: Server, client: DoccanoClient, pushed: str, sentences: list[Sentence], tmp_path: Path, parkner: Any
) -> None:
    back = tmp_path / "back.jsonl"
    done = parkner("pull", "--project", pushed, "--all", "-o", back)
    assert done.err.splitlines() == [
        f"{pushed}: 0 of 6 sentences confirmed, 6 to go",
        f"6 sentences, 0 of them confirmed: 4 PARK, 1 ORG, 2 METRIC, 1 DATE -> {back}",
    ]
    assert strip(*read_sentences(back)) == sentences
    confirm(client, pushed, sentences[0].text)
    apart = parkner("pull", "--project", pushed, "--by-annotator", tmp_path / "people")
    assert apart.err.splitlines() == [
        f"{pushed}: 1 of 6 sentences confirmed, 5 to go",
        f"1 sentences: 1 PARK, 0 ORG, 1 METRIC, 1 DATE -> {tmp_path / 'people' / 'chief.jsonl'}",
    ]
    assert strip(*read_sentences(tmp_path / "people" / "chief.jsonl")) == sentences[:1]
    assert parkner("pull", "--project", pushed, "-o", back).code == 1  # would lose five
    done = parkner("pull", "--project", pushed, "--update", "-o", back)
    assert done.err.splitlines()[1].startswith("6 sentences, 1 of them confirmed: ")
    assert len(list(tmp_path.glob("back.jsonl.*.bak"))) == 1
    parkner("pull", "--project", pushed, "--update", "-o", back)  # says the same: no further copy
    assert len(list(tmp_path.glob("back.jsonl.*.bak"))) == 1


def test_spans_that_the_page_may_have_shifted(
    credentials: Server, client: DoccanoClient, pushed: str, sentences: list[Sentence], tmp_path: Path, parkner: Any
) -> None:
    """Whether they are confirmed or not: somebody has switched the counting."""
    project = look_up_project(client, pushed)
    assert project
    settings = {"grapheme_mode": True, "resourcetype": "SequenceLabelingProject"}
    client.update(f"v1/projects/{project['id']}", settings)
    confirm(client, pushed, sentences[3].text)
    back = tmp_path / "back.jsonl"
    for options in ((), ("--all",)):
        refused = parkner("pull", "--project", pushed, "-o", back, *options)
        assert refused.code == 1
        assert refused.err.splitlines()[-1].startswith(
            "Error: article a, number 1: may have its spans shifted, as the project counts grapheme clusters as one "
        )
        assert not back.exists()
    forced = parkner("pull", "--project", pushed, "-o", back, "--force")
    assert (forced.code, [sentence.text for sentence in read_file(back)]) == (0, [sentences[3].text])
    assert push(client, pushed, sentences, timeout=SECONDS).warnings == [
        f"article a, number {number}: doccano's page shows its labels shifted" for number in (1, 2)
    ]


def test_a_renamed_and_a_deleted_label(
    credentials: Server, client: DoccanoClient, pushed: str, sentences: list[Sentence], tmp_path: Path, parkner: Any
) -> None:
    back = tmp_path / "back.jsonl"
    confirm(client, pushed, *(sentence.text for sentence in sentences))
    assert parkner("pull", "--project", pushed, "-o", back).code == 0
    whole = back.read_bytes()
    endpoint = list_examples(client, pushed)[0].replace("examples", "span-types")
    park = next(kind for kind in client.get(endpoint) if kind["text"] == "PARK")
    client.update(f"{endpoint}/{park['id']}", {"text": "园区"})
    refused = parkner("pull", "--project", pushed, "-o", back)
    assert refused.code == 1
    assert (
        "4 spans have the label 园区, which is not one of DATE, METRIC, ORG, PARK: if somebody renamed" in refused.err
    )
    with pytest.raises(ParknerError, match=r"/labels: has 园区 and lacks PARK: rename it back, or add PARK there"):
        push(client, pushed, sentences, timeout=SECONDS)

    client.delete(f"{endpoint}/{park['id']}")  # and with it, doccano deletes its spans
    refused = parkner("pull", "--project", pushed, "-o", back)
    assert refused.code == 1
    place = "article b, number 1 has 2 spans instead of 3, and was not confirmed again"
    assert f"{back}: work would be lost: {place}; " in refused.err
    assert back.read_bytes() == whole
    assert parkner("pull", "--project", pushed, "-o", back, "--force").code == 0
    (backup,) = tmp_path.glob("back.jsonl.*.bak")
    assert backup.read_bytes() == whole
    assert "PARK" not in back.read_text("utf-8").replace('"park"', "")


@pytest.fixture
def texts(client: DoccanoClient, annotator: DoccanoClient, pushed: str, sentences: list[Sentence]) -> list[str]:
    """The texts of a project, of which chief has confirmed the first three and annotator the others."""
    texts = [sentence.text for sentence in sentences]
    add_member(client, pushed, "annotator")
    confirm(client, pushed, *texts[:3])
    confirm(annotator, pushed, *texts[3:])
    return texts


@pytest.fixture
def pull_by_annotator(credentials: Server, pushed: str, tmp_path: Path, parkner: Any) -> Any:
    return partial(parkner, "pull", "--project", pushed, "--by-annotator", tmp_path)


def test_who_confirms_again_takes_a_sentence_over(
    client: DoccanoClient,
    annotator: DoccanoClient,
    pushed: str,
    texts: list[str],
    tmp_path: Path,
    pull_by_annotator: Any,
) -> None:
    assert pull_by_annotator().code == 0
    confirm(annotator, pushed, texts[0])  # takes it back
    label(annotator, pushed, texts[0], (1, 6, "ORG"))
    confirm(annotator, pushed, texts[0])
    result = pull_by_annotator()
    assert result.code == 0
    assert (
        "Warning: 1 sentences of chief are in the file of annotator, who has confirmed them since: article b, number 1"
    ) in result.err.splitlines()
    assert read_texts(tmp_path / "chief.jsonl") == texts[1:3]
    assert read_texts(tmp_path / "annotator.jsonl") == [texts[0], *texts[3:]]

    for _ in range(2):
        confirm(annotator, pushed, *texts[1:3])
    result = pull_by_annotator()
    (aside,) = [line for line in result.err.splitlines() if line.startswith("chief has no confirmed sentences here")]
    assert result.code == 0
    assert read_texts(Path(aside.rpartition(" is in ")[2])) == texts[1:3]
    assert [path.name for path in tmp_path.glob("*.jsonl")] == ["annotator.jsonl"]


def test_what_a_folder_of_people_would_lose_is_told_whole(
    client: DoccanoClient,
    annotator: DoccanoClient,
    pushed: str,
    texts: list[str],
    tmp_path: Path,
    pull_by_annotator: Any,
) -> None:
    assert pull_by_annotator().code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    label(client, pushed, texts[0], (1, 6, "PARK"))
    confirm(client, pushed, texts[1])
    label(annotator, pushed, texts[3])
    refused = pull_by_annotator()
    assert refused.code == 1
    assert refused.err.splitlines()[-1] == (
        f"Error: {tmp_path}: work would be lost: "
        "annotator.jsonl: article a, number 1 has 0 spans instead of 1, and was not confirmed again; "
        "chief.jsonl: article b, number 1 has 1 spans instead of 3, and was not confirmed again; "
        "chief.jsonl: article b, number 2 is missing; nothing is written: in doccano, confirm again what is right; "
        "--force writes anyway"
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert pull_by_annotator("--force").code == 0
    assert read_texts(tmp_path / "chief.jsonl") == [texts[0], texts[2]]
    assert len(list(tmp_path.glob("*.bak"))) == 2


def test_since_updates_the_file_with_what_was_confirmed_from_then_on(
    credentials: Server, client: DoccanoClient, pushed: str, sentences: list[Sentence], tmp_path: Path, parkner: Any
) -> None:
    back = tmp_path / "back.jsonl"
    write_sentences(back, sentences[2:])
    confirm(client, pushed, sentences[0].text)
    late = parkner("pull", "--project", pushed, "-o", tmp_path / "new.jsonl", "--since", "2999-01-01")
    assert (late.code, list(tmp_path.iterdir())) == (1, [back])
    assert late.err == f"Error: {credentials.url}/: nothing has been confirmed since; nothing is written\n"
    assert parkner("pull", "--project", pushed, "-o", back, "--since", "2000-01-01").code == 0
    assert sorted(read_texts(back)) == sorted(sentence.text for sentence in [sentences[0], *sentences[2:]])


def test_standard_output_gets_the_records_alone(
    credentials: Server, client: DoccanoClient, pushed: str, sentences: list[Sentence], parkner: Any
) -> None:
    label(client, pushed, sentences[0].text, (0, 6, "PARK"))
    comment(client, pushed, sentences[1].text, "存疑")
    done = parkner("pull", "--project", pushed, "--all", "-o", "-")
    assert [json.loads(line)["text"] for line in done.out.split("\n")[:-1]] == [sentence.text for sentence in sentences]
    assert done.err.splitlines() == [
        f"{pushed}: 0 of 6 sentences confirmed, 6 to go",
        'Warning: 1 sentences have comments, in their key "comments"',
        "6 sentences, 0 of them confirmed: 4 PARK, 1 ORG, 1 METRIC, 0 DATE -> -",
        "1 spans had blanks or punctuation at their edges, which were cut off",
    ]


def test_projects_may_be_several(
    credentials: Server, client: DoccanoClient, pushed: str, sentences: list[Sentence], parkner: Any
) -> None:
    other = f"{pushed} 2"
    push(client, other, [sentences[0], Sentence("云渡科技城扩建。", (), "c", 1)], timeout=SECONDS)
    done = parkner("pull", "--project", pushed, "--project", f" {other} ", "--all", "-o", "-")
    assert done.out.count("\n") == 7
    assert done.err.splitlines()[:2] == [
        f"{pushed}: 0 of 6 sentences confirmed, 6 to go",
        f"{other}: 0 of 2 sentences confirmed, 2 to go",
    ]


@pytest.mark.parametrize("missing", ["DOCCANO_USERNAME", "DOCCANO_PASSWORD"])
def test_credentials_come_from_the_environment(missing: str, monkeypatch: pytest.MonkeyPatch, parkner: Any) -> None:
    monkeypatch.setenv("DOCCANO_USERNAME", "chief")
    monkeypatch.setenv("DOCCANO_PASSWORD", "x")
    monkeypatch.delenv(missing)
    done = parkner("pull", "--project", "p", "-o", "-")
    assert done.code == 2
    assert f"set the environment variable {missing}" in done.err


def test_credentials_come_from_a_prompt(server: Server, pushed: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DOCCANO_")}
    keyboard, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "training", "pull", "--project", pushed, "--all", "-o", "-"],
        env={**environment, "DOCCANO_URL": server.url},
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr
    said = ""
    for prompt, answer in (("DOCCANO_USERNAME: ", b"chief\n"), ("DOCCANO_PASSWORD: ", b"a secret for tests\n")):
        while not said.endswith(prompt):
            said += process.stderr.read(1) or pytest.fail(said)
        os.write(keyboard, answer)
    out, err = process.communicate()
    assert out.count("\n") == 6
    assert "secret" not in said + err
    os.close(keyboard)
    os.close(terminal)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "either -o FILE or --by-annotator DIR"),
        ("-o x --by-annotator y", "either -o FILE or --by-annotator DIR"),
        ("-o x --all --since 2026-11-22", "--since takes confirmed sentences only"),
        ("--by-annotator x --update", "--by-annotator takes what each has confirmed"),
        ("-o x --since yesterday", "yesterday is not a date: give a day, 2026-11-20, or a time"),
    ],
)
def test_options_that_do_not_go_together(arguments: str, message: str, parkner: Any) -> None:
    done = parkner("pull", "--project", "p", *arguments.split())
    assert done.code == 2
    assert message in done.err
