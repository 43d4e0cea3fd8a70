"""Pull from a real doccano: what people made of the sentences, and nothing of it lost on the way."""

import os
import pty
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import look_up_project
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.errors import ParknerError
from annotate.overwrite import read_file
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import add_uids
from tests.people import comment, confirm, count_confirmed, label, list_examples, make_project, strip

SECONDS = 60


def pull_all(client: DoccanoClient, *names: str) -> list[Sentence]:
    return strip(*pull(client, *names, everything=True, timeout=SECONDS).sentences)


@pytest.fixture
def pushed(client: DoccanoClient, name: str, sentences: list[Sentence]) -> str:
    """The name of a project that holds the sentences."""
    push(client, name, sentences, timeout=SECONDS)
    return name


def add_member(client: DoccanoClient, name: str, user: str, role: str = "annotator") -> dict[str, Any]:
    project = look_up_project(client, name)
    assert project
    client.post_members(project["id"], [user], [role])
    return project


def test_what_is_pushed_comes_back(client: DoccanoClient, pushed: str, sentences: list[Sentence]) -> None:
    pulled = pull(client, pushed, everything=True, timeout=SECONDS)
    assert strip(*pulled.sentences) == sentences
    assert [s.extra["uid"] for s in pulled.sentences] == [s.extra["uid"] for s in add_uids(sentences)]
    assert pulled[2:] == (0, [], [], [])


def test_only_what_is_confirmed_is_pulled(client: DoccanoClient, pushed: str, sentences: list[Sentence]) -> None:
    with pytest.raises(ParknerError, match="nothing confirmed yet"):
        pull(client, pushed, timeout=SECONDS)
    confirm(client, pushed, sentences[2].text, sentences[5].text)
    assert strip(*pull(client, pushed, timeout=SECONDS).sentences) == [sentences[2], sentences[5]]
    assert count_confirmed(pull(client, pushed, everything=True, timeout=SECONDS).sentences) == 2
    confirm(client, pushed, sentences[2].text)  # takes it back
    assert strip(*pull(client, pushed, timeout=SECONDS).sentences) == [sentences[5]]


def test_who_confirmed_when_and_said_what(
    client: DoccanoClient, annotator: DoccanoClient, pushed: str, sentences: list[Sentence]
) -> None:
    project = add_member(client, pushed, "annotator")
    confirm(client, pushed, sentences[0].text)
    endpoint, examples = list_examples(client, pushed)
    annotator.post(f"{endpoint}/{examples[1]['id']}/states")
    comment(client, pushed, sentences[1].text, "存疑")
    pulled = pull(client, pushed, timeout=SECONDS)
    chief, other = pulled.sentences
    assert (chief.extra["annotator"], other.extra["annotator"]) == ("chief", "annotator")
    states = client.get(f"v1/projects/{project['id']}/examples/{examples[1]['id']}/states")
    assert other.extra["confirmed_at"] == states["results"][0]["confirmed_at"]
    assert other.extra["comments"] == ["存疑"]
    assert pulled.warnings == ['1 sentences have comments, in their key "comments"']

    later = datetime.fromisoformat(other.extra["confirmed_at"])
    since = pull(client, pushed, since=later, timeout=SECONDS)
    assert [sentence.text for sentence in since.sentences] == [sentences[1].text]
    updated = pull(client, pushed, since=later, base=sentences, timeout=SECONDS)
    assert strip(*updated.sentences) == sentences
    assert count_confirmed(updated.sentences) == 1


def test_blanks_and_punctuation_are_cut_off_and_faults_told(
    client: DoccanoClient, pushed: str, sentences: list[Sentence]
) -> None:
    label(client, pushed, sentences[0].text, (0, 6, "PARK"), (13, 17, "ORG"))
    label(client, pushed, sentences[5].text, (3, 99, "ORG"), (0, 2, "PARK"))
    pulled = pull(client, pushed, everything=True, timeout=SECONDS)
    assert next(iter(pulled.sentences)).spans == (Span(1, 6, "PARK"), Span(13, 15, "ORG"))
    assert pulled.trimmed == 2
    assert pulled.faults == ["article a, number 3: span [3, 99, ORG] ends after its text of 14 characters"]


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


def test_spans_that_overlap_are_told(client: DoccanoClient, name: str, sentences: list[Sentence]) -> None:
    make_project(client, name, collaborative_annotation=True, allow_overlapping=True)
    push(client, name, sentences, timeout=SECONDS)
    label(client, name, sentences[0].text, (1, 6, "PARK"), (1, 8, "ORG"))
    pulled = pull(client, name, everything=True, timeout=SECONDS)
    assert next(iter(pulled.sentences)).spans == (Span(1, 6, "PARK"), Span(1, 8, "ORG"))
    assert pulled.faults == ["article b, number 1: span [1, 8, ORG] overlaps [1, 6, PARK]"]


def test_a_text_that_was_changed_on_the_server(client: DoccanoClient, pushed: str, sentences: list[Sentence]) -> None:
    endpoint, examples = list_examples(client, pushed)
    client.update(f"{endpoint}/{examples[0]['id']}", {"text": "别的话，不是送来的那一句。"})
    (fault,) = pull(client, pushed, everything=True, timeout=SECONDS).faults
    assert fault.startswith("article b, number 1: its text or article is not what was sent")


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
    assert "4 spans have the label 园区, which is not one of DATE, METRIC, ORG, PARK: if" in refused.err
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


def test_a_missing_and_an_empty_project(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match=f"no project is called {name}"):
        pull(client, name, timeout=SECONDS)
    make_project(client, name, collaborative_annotation=True)
    with pytest.raises(ParknerError, match="the project is empty"):
        pull(client, name, everything=True, timeout=SECONDS)


def test_a_row_that_is_no_record(client: DoccanoClient, pushed: str) -> None:
    endpoint, examples = list_examples(client, pushed)
    client.session.patch(f"{client.baseurl}{endpoint}/{examples[1]['id']}", json={"meta": {"number": "三"}})
    with pytest.raises(ParknerError, match=rf"projects/\d+: example {examples[1]['id']}: \"article\" is not a string"):
        pull(client, pushed, everything=True, timeout=SECONDS)


def test_files_of_several_users_are_joined(
    client: DoccanoClient, annotator: DoccanoClient, pushed: str, sentences: list[Sentence]
) -> None:
    project = add_member(client, pushed, "annotator", "project_admin")
    client.update(
        f"v1/projects/{project['id']}", {"collaborative_annotation": False, "resourcetype": "SequenceLabelingProject"}
    )
    label(annotator, pushed, sentences[0].text, (1, 6, "ORG"), (11, 13, "ORG"))
    confirm(annotator, pushed, sentences[0].text)
    confirm(client, pushed, sentences[0].text, sentences[5].text)
    joined = sentences[0].with_spans([Span(1, 6, "ORG"), Span(6, 8, "DATE"), Span(11, 13, "ORG")])
    remark = "article b, number 1: annotator and chief differ; left out: [青岚生物港](PARK), [12家](METRIC)"
    pulled = pull(client, pushed, timeout=SECONDS)
    assert strip(*pulled.sentences) == [joined, sentences[5]]
    assert (count_confirmed(pulled.sentences), pulled.differences) == (2, [remark])
    assert [s.extra["annotator"] for s in pulled.sentences] == ["annotator, chief", "chief"]
    assert pulled.readings.list_confirmers() == ["annotator", "chief"]
    assert strip(*pulled.readings.read("chief")) == [sentences[0], sentences[5]]
    assert pull_all(client, pushed) == [joined, *sentences[1:]]
    with pytest.raises(ParknerError, match="has no times"):
        pull(client, pushed, since=datetime.fromisoformat("2026-11-22T00:00:00Z"), timeout=SECONDS)


def test_several_projects_are_joined(client: DoccanoClient, pushed: str, name: str, sentences: list[Sentence]) -> None:
    other = Sentence("云渡科技城扩建。", (Span(0, 5, "PARK"),), "c", 1)
    push(client, f"{name} 2", [sentences[0], other], timeout=SECONDS)
    label(client, f"{name} 2", sentences[0].text, (1, 6, "ORG"))
    confirm(client, f"{name} 2", sentences[0].text)  # confirmed counts before unconfirmed
    joined = [sentences[0].with_spans([Span(1, 6, "ORG")]), *sentences[1:], other]
    assert pull_all(client, pushed, f"{name} 2") == joined


def test_an_annotator_may_not_pull(client: DoccanoClient, annotator: DoccanoClient, pushed: str) -> None:
    add_member(client, pushed, "annotator")
    with pytest.raises(ParknerError, match="download: doccano answers 403 Forbidden"):
        pull(annotator, pushed, timeout=SECONDS)


def test_commands(
    credentials: Server, client: DoccanoClient, name: str, sentences: list[Sentence], tmp_path: Path, parkner: Any
) -> None:
    sent, back = tmp_path / "sent.jsonl", tmp_path / "back.jsonl"
    write_sentences(sent, sentences)
    done = parkner("push", sent, "--project", name)
    assert done.code == 0
    assert done.err.splitlines()[-1].startswith(
        f"6 sentences with 8 spans, 6 of them new -> {credentials.url}/projects/"
    )
    done = parkner("pull", "--project", name, "--all", "-o", back)
    assert done.err.splitlines() == [
        f"{name}: 0 of 6 sentences confirmed, 6 to go",
        f"6 sentences, 0 of them confirmed: 4 PARK, 1 ORG, 2 METRIC, 1 DATE -> {back}",
    ]
    assert strip(*read_sentences(back)) == sentences
    confirm(client, name, sentences[0].text)
    apart = parkner("pull", "--project", name, "--by-annotator", tmp_path / "people")
    assert apart.err.splitlines() == [
        f"{name}: 1 of 6 sentences confirmed, 5 to go",
        f"1 sentences: 1 PARK, 0 ORG, 1 METRIC, 1 DATE -> {tmp_path / 'people' / 'chief.jsonl'}",
    ]
    assert strip(*read_sentences(tmp_path / "people" / "chief.jsonl")) == sentences[:1]
    assert parkner("pull", "--project", name, "-o", back).code == 1  # would lose five
    done = parkner("pull", "--project", name, "--update", "-o", back)
    assert done.err.splitlines()[1].startswith("6 sentences, 1 of them confirmed: ")
    assert len(list(tmp_path.glob("back.jsonl.*.bak"))) == 1
    parkner("pull", "--project", name, "--update", "-o", back)  # says the same: no further copy
    assert len(list(tmp_path.glob("back.jsonl.*.bak"))) == 1


def read_texts(path: Path) -> list[str]:
    return [sentence.text for sentence in read_sentences(path)]


def test_who_confirms_again_takes_a_sentence_over(
    credentials: Server,
    client: DoccanoClient,
    annotator: DoccanoClient,
    pushed: str,
    sentences: list[Sentence],
    tmp_path: Path,
    parkner: Any,
) -> None:
    add_member(client, pushed, "annotator")
    texts = [sentence.text for sentence in sentences]
    confirm(client, pushed, *texts[:3])
    confirm(annotator, pushed, *texts[3:])
    run = ("pull", "--project", pushed, "--by-annotator", tmp_path)
    assert parkner(*run).code == 0
    confirm(annotator, pushed, texts[0])  # takes it back
    label(annotator, pushed, texts[0], (1, 6, "ORG"))
    confirm(annotator, pushed, texts[0])
    result = parkner(*run)
    assert result.code == 0
    assert (
        "Warning: 1 sentences of chief are in the file of annotator, who has confirmed them since: article b, number 1"
    ) in result.err.splitlines()
    assert read_texts(tmp_path / "chief.jsonl") == texts[1:3]
    assert read_texts(tmp_path / "annotator.jsonl") == [texts[0], *texts[3:]]

    for _ in range(2):
        confirm(annotator, pushed, *texts[1:3])
    result = parkner(*run)
    (aside,) = [line for line in result.err.splitlines() if line.startswith("chief has no confirmed sentences here")]
    assert result.code == 0
    assert read_texts(Path(aside.rpartition(" is in ")[2])) == texts[1:3]
    assert [path.name for path in tmp_path.glob("*.jsonl")] == ["annotator.jsonl"]


def test_what_a_folder_of_people_would_lose_is_told_whole(
    credentials: Server,
    client: DoccanoClient,
    annotator: DoccanoClient,
    pushed: str,
    sentences: list[Sentence],
    tmp_path: Path,
    parkner: Any,
) -> None:
    add_member(client, pushed, "annotator")
    texts = [sentence.text for sentence in sentences]
    confirm(client, pushed, *texts[:3])
    confirm(annotator, pushed, *texts[3:])
    run = ("pull", "--project", pushed, "--by-annotator", tmp_path)
    assert parkner(*run).code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    label(client, pushed, texts[0], (1, 6, "PARK"))
    confirm(client, pushed, texts[1])
    label(annotator, pushed, texts[3])
    refused = parkner(*run)
    assert refused.code == 1
    assert refused.err.splitlines()[-1] == (
        f"Error: {tmp_path}: work would be lost: "
        "annotator.jsonl: article a, number 1 has 0 spans instead of 1, and was not confirmed again; "
        "chief.jsonl: article b, number 1 has 1 spans instead of 3, and was not confirmed again; "
        "chief.jsonl: article b, number 2 is missing; nothing is written: in doccano, confirm again what is right; "
        "--force writes anyway"
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert parkner(*run, "--force").code == 0
    assert read_texts(tmp_path / "chief.jsonl") == [texts[0], texts[2]]
    assert len(list(tmp_path.glob("*.bak"))) == 2


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
