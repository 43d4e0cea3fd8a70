"""Push and pull against a real doccano."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient
from typer.testing import CliRunner

from annotate import doccano_client
from annotate.cli import app
from annotate.corpus import Sentence, read_sentences, write_sentences
from annotate.doccano_client import connect, find_project, list_all
from annotate.errors import ParknerError
from annotate.pull import pull
from annotate.push import push
from annotate.server import Server
from annotate.spans import Span

SECONDS = 60

PARK, ORG, METRIC, DATE = "PARK", "ORG", "METRIC", "DATE"
SENTENCES = [
    Sentence(" 青岚生物港今年新增12家企业。 ", (Span(1, 6, PARK), Span(6, 8, DATE), Span(10, 13, METRIC)), "b", 1),
    Sentence("\t🚀𠮷田制药\t落户云渡科技城", (Span(2, 6, ORG), Span(9, 14, PARK)), "b", 2, {"score": 0.123456789012}),
    Sentence("　　共4个项目　", (Span(3, 5, METRIC),), "b", 10, {"score": 3, "published": "2024-05-06"}),
    Sentence(
        "cafe\u0301 👨\u200d👩 与青岚生物港", (Span(11, 16, PARK),), "a", 1, {"origin": ["park", None], "ok": True}
    ),
    Sentence("第一行\r\n第二行\u2028云渡科技城", (Span(9, 14, PARK),), "a", 2, {"digits": "0012", "nothing": None}),
    Sentence("这里没有名字。", (), "a", 3),
]


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A project name of the test's own."""
    return f"项目 {request.node.name}"


def make_project(client: DoccanoClient, name: str, kind: str = "SequenceLabeling", **settings: Any) -> dict[str, Any]:
    payload = {"name": name, "description": "by hand", "project_type": kind, "resourcetype": f"{kind}Project"}
    project: dict[str, Any] = client.post("v1/projects", json=payload | settings)
    return project


def list_examples(client: DoccanoClient, name: str) -> tuple[str, list[dict[str, Any]]]:
    project = find_project(client, name)
    assert project
    endpoint = f"v1/projects/{project['id']}/examples"
    return endpoint, sorted(list_all(client, endpoint), key=lambda example: int(example["id"]))


def confirm(client: DoccanoClient, name: str, *texts: str) -> None:
    endpoint, examples = list_examples(client, name)
    for example in examples:
        if example["text"] in texts:
            client.post(f"{endpoint}/{example['id']}/states")


@pytest.fixture
def annotator(client: DoccanoClient, server: Server) -> DoccanoClient:
    """Somebody who is no administrator."""
    if "annotator" not in [user["username"] for user in client.get("v1/users")]:
        password = "another secret"
        client.post("v1/users/create", json={"username": "annotator", "password1": password, "password2": password})
    return connect(server.url, "annotator", "another secret")


def add_member(client: DoccanoClient, project: dict[str, Any], role: str) -> None:
    client.post_members(project["id"], ["annotator"], [role])


def test_what_is_pushed_comes_back(client: DoccanoClient, name: str) -> None:
    where, warnings = push(client, name, SENTENCES, timeout=SECONDS)
    assert client.get(where.replace("/projects/", "/v1/projects/"))["guideline"].startswith("#")
    assert warnings == [f"article a, number {number}: doccano's page shows its labels shifted" for number in (1, 2)]
    pulled = pull(client, name, everything=True, timeout=SECONDS)
    assert pulled == (SENTENCES, 0, [])


def test_only_what_is_confirmed_is_pulled(client: DoccanoClient, name: str) -> None:
    push(client, name, SENTENCES, timeout=SECONDS)
    with pytest.raises(ParknerError, match="no confirmed sentence"):
        pull(client, name, timeout=SECONDS)
    confirm(client, name, SENTENCES[1].text, SENTENCES[5].text)
    assert pull(client, name, timeout=SECONDS) == ([SENTENCES[1], SENTENCES[5]], 2, [])
    assert pull(client, name, everything=True, timeout=SECONDS) == (SENTENCES, 2, [])
    confirm(client, name, SENTENCES[1].text)  # takes it back
    assert pull(client, name, timeout=SECONDS).sentences == [SENTENCES[5]]


def test_a_second_push_adds(client: DoccanoClient, name: str) -> None:
    push(client, name, SENTENCES[:2], timeout=SECONDS)
    push(client, name, SENTENCES[1:], timeout=SECONDS)
    pulled = pull(client, name, everything=True, timeout=SECONDS)
    assert pulled.sentences == [SENTENCES[0], SENTENCES[1], *SENTENCES[1:]]
    assert pulled.warnings == ["article b, number 2: 2 times in the project"]


def test_labels_have_colour_and_key(client: DoccanoClient, name: str) -> None:
    project = make_project(client, name, collaborative_annotation=True)
    endpoint = f"v1/projects/{project['id']}/span-types"
    client.post(endpoint, json={"text": "PERSON", "suffix_key": "p", "background_color": "#000000"})
    push(client, name, SENTENCES[:1], timeout=SECONDS)
    labels = {label["text"]: (label["background_color"], label["suffix_key"]) for label in client.get(endpoint)}
    assert labels == {
        "PERSON": ("#000000", "p"),
        "PARK": ("#2f9e44", None),
        "ORG": ("#1971c2", "o"),
        "METRIC": ("#e8590c", "m"),
        "DATE": ("#9c36b5", "d"),
    }


def test_every_page_of_projects_is_searched(client: DoccanoClient, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    projects = [make_project(client, f"{name} {number}") for number in range(3)]
    monkeypatch.setattr(doccano_client, "PAGE", 1)
    assert [find_project(client, project["name"]) for project in projects] == projects
    assert find_project(client, name) is None


@pytest.mark.parametrize(
    ("kind", "settings", "message"),
    [
        ("TextClassification", {"project_type": "DocumentClassification"}, "of type DocumentClassification, not Seq"),
        ("SequenceLabeling", {"use_relation": True}, "of type SequenceLabeling with relations, not Seq"),
        ("SequenceLabeling", {}, "switch on 'Share annotations"),
    ],
    ids=["classification", "relations", "not collaborative"],
)
def test_a_project_of_another_kind_is_refused(
    client: DoccanoClient, name: str, kind: str, settings: dict[str, Any], message: str
) -> None:
    make_project(client, name, kind, **settings)
    with pytest.raises(ParknerError, match=message):
        push(client, name, SENTENCES, timeout=SECONDS)


def test_two_projects_of_one_name_are_refused(client: DoccanoClient, name: str) -> None:
    make_project(client, name)
    make_project(client, name)
    with pytest.raises(ParknerError, match="2 projects are called"):
        pull(client, name, timeout=SECONDS)


def test_a_missing_and_an_empty_project(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match=f"no project is called {name}"):
        pull(client, name, timeout=SECONDS)
    make_project(client, name, collaborative_annotation=True)
    with pytest.raises(ParknerError, match="the project is empty"):
        pull(client, name, everything=True, timeout=SECONDS)


def test_corrections_comments_and_faults_are_told(client: DoccanoClient, name: str) -> None:
    push(client, name, SENTENCES[5:], timeout=SECONDS)
    endpoint, [example] = list_examples(client, name)
    labels = {label["text"]: label["id"] for label in client.get(endpoint.replace("examples", "span-types"))}
    span = {"start_offset": 2, "end_offset": 99, "label": labels["ORG"], "prob": 0}
    client.post(f"{endpoint}/{example['id']}/spans", json=span)
    client.post(endpoint.replace("examples", "comments") + f"?example={example['id']}", json={"text": "存疑"})
    pulled = pull(client, name, everything=True, timeout=SECONDS)
    assert pulled.sentences == [SENTENCES[5].with_spans([Span(2, 99, "ORG")])]
    assert pulled.warnings == [
        "article a, number 3: span [2, 99, ORG] ends after its text of 7 characters",
        "article a, number 3: comment left in doccano: 存疑",
    ]


def test_labels_of_several_users_are_joined(client: DoccanoClient, annotator: DoccanoClient, name: str) -> None:
    push(client, name, SENTENCES, timeout=SECONDS)
    project = find_project(client, name)
    assert project
    add_member(client, project, "project_admin")
    client.update(
        f"v1/projects/{project['id']}", {"collaborative_annotation": False, "resourcetype": "SequenceLabelingProject"}
    )
    endpoint, examples = list_examples(client, name)
    labels = {label["text"]: label["id"] for label in client.get(endpoint.replace("examples", "span-types"))}
    for start, end in ((1, 6), (11, 13)):
        span = {"start_offset": start, "end_offset": end, "label": labels["ORG"], "prob": 0}
        annotator.post(f"{endpoint}/{examples[0]['id']}/spans", json=span)
    confirm(annotator, name, SENTENCES[0].text)
    confirm(client, name, SENTENCES[0].text, SENTENCES[5].text)
    joined = SENTENCES[0].with_spans([Span(1, 6, "ORG"), Span(6, 8, "DATE"), Span(11, 13, "ORG")])
    remark = "article b, number 1: annotator and chief differ; left out: [1, 6, PARK], [10, 13, METRIC]"
    assert pull(client, name, timeout=SECONDS) == ([joined, SENTENCES[5]], 2, [remark])
    assert pull(client, name, everything=True, timeout=SECONDS) == ([joined, *SENTENCES[1:]], 2, [remark])


def test_an_annotator_may_not_push_or_pull(client: DoccanoClient, annotator: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match="v1/projects: doccano answers 403 Forbidden"):
        push(annotator, name, SENTENCES, timeout=SECONDS)
    push(client, name, SENTENCES, timeout=SECONDS)
    project = find_project(client, name)
    assert project
    add_member(client, project, "annotator")
    with pytest.raises(ParknerError, match="download: doccano answers 403 Forbidden"):
        pull(annotator, name, timeout=SECONDS)


def test_a_worker_that_does_not_work(client: DoccanoClient, server: Server, name: str) -> None:
    os.killpg(server.worker.pid, signal.SIGSTOP)
    try:
        with pytest.raises(ParknerError, match="not done after 1 s: is the doccano worker"):
            push(client, name, SENTENCES, timeout=1)
    finally:
        os.killpg(server.worker.pid, signal.SIGCONT)


def test_a_name_that_doccano_refuses(client: DoccanoClient) -> None:
    with pytest.raises(ParknerError, match=r"400 Bad Request.*no more than 100 characters"):
        push(client, "长" * 101, SENTENCES, timeout=SECONDS)


def test_commands(credentials: Server, tmp_path: Path, name: str) -> None:
    sent, back = tmp_path / "sent.jsonl", tmp_path / "back.jsonl"
    write_sentences(sent, SENTENCES)
    done = CliRunner().invoke(app, ["push", str(sent), "--project", name])
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1].startswith(f"6 sentences with 8 spans -> {credentials.url}/projects/")
    done = CliRunner().invoke(app, ["pull", "--project", name, "--all", "-o", str(back)])
    assert done.stderr == f"6 sentences, 0 of them confirmed: 4 PARK, 1 ORG, 2 METRIC, 1 DATE -> {back}\n"
    assert list(read_sentences(back)) == SENTENCES


@pytest.mark.parametrize("missing", ["DOCCANO_USERNAME", "DOCCANO_PASSWORD"])
def test_credentials_come_from_the_environment(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCCANO_USERNAME", "chief")
    monkeypatch.setenv("DOCCANO_PASSWORD", "x")
    monkeypatch.delenv(missing)
    done = CliRunner().invoke(app, ["pull", "--project", "p", "-o", "-"])
    assert done.exit_code == 2
    assert f"set the environment variable {missing}" in done.stderr


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "the file is empty"),
        ("{", ":1: broken JSON"),
        ({"text": "  ", "label": []}, ":1: the text is empty"),
        ({"text": "甲乙", "label": [[0, 3, "ORG"]]}, ":1: span .* ends after its text"),
        ({"text": "甲乙", "label": [[0, 2, "ORG"], [1, 2, "PARK"]]}, ":1: span .* overlaps"),
        ({"text": "甲乙", "label": [[0, 2, "PERSON"]]}, ":1: .* unknown label"),
        ({"text": "甲乙", "id": 7}, ':1: doccano uses the key "id"'),
        ({"text": "甲乙", "Comments": "x"}, ':1: doccano uses the key "Comments"'),
        ({"text": "甲乙", "filename": "x"}, ':1: doccano uses the key "filename"'),
    ],
)
def test_nothing_is_sent_of_a_bad_file(line: str | dict[str, Any], message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line if isinstance(line, str) else json.dumps(line), "utf-8")
    done = CliRunner().invoke(app, ["push", str(path), "--project", "p"])
    assert isinstance(done.exception, ParknerError)
    assert done.exception.args[0].startswith(str(path))
    with pytest.raises(ParknerError, match=message):
        raise done.exception
