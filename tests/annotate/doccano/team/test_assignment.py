"""The split of a file among people, and what reaches them in a real doccano."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import connect, list_all
from annotate.doccano.api.users import create_user
from annotate.doccano.pull import pull
from annotate.doccano.server.run import Server
from annotate.doccano.team.assignment import hand_over, has_assignments, split
from annotate.doccano.team.batches import list_with_batches
from annotate.doccano.team.members import list_members
from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import to_uid

SENTENCES = [Sentence(f"青岚生物港第{number}句。", article="a", number=number) for number in range(3000)]


def find_owners(shares: Mapping[str, list[Sentence]]) -> dict[str, set[str]]:
    """Who has each sentence, by text."""
    owners: dict[str, set[str]] = {}
    for person, share in shares.items():
        for sentence in share:
            owners.setdefault(sentence.text, set()).add(person)
    return owners


def test_shares_follow_the_weights() -> None:
    shares = split(SENTENCES, {"li": 3, "wang": 2, "zhao": 0.5})
    assert sum(map(len, shares.values())) == len(find_owners(shares)) == 3000
    for person, share in (("li", 3 / 5.5), ("wang", 2 / 5.5), ("zhao", 0.5 / 5.5)):
        assert len(shares[person]) == pytest.approx(3000 * share, abs=3 * (3000 * share * (1 - share)) ** 0.5)


def test_everybody_gets_the_overlap() -> None:
    owners = find_owners(split(SENTENCES, {"li": 3, "wang": 2, "zhao": 1}, overlap=0.1))
    assert {len(people) for people in owners.values()} == {1, 3}
    everybodys = {text for text, people in owners.items() if len(people) == 3}
    assert len(everybodys) == pytest.approx(300, abs=50)
    more = find_owners(split(SENTENCES, {"li": 3, "wang": 2, "zhao": 1}, overlap=0.2))
    assert everybodys < {text for text, people in more.items() if len(people) == 3}
    assert {len(people) for people in find_owners(split(SENTENCES, {"li": 1, "wang": 2}, overlap=1)).values()} == {2}


def test_a_grown_file_moves_nothing() -> None:
    weights = {"li": 2, "wang": 1}
    some, everything = split(SENTENCES[1000:1100], weights, overlap=0.2), split(SENTENCES, weights, overlap=0.2)
    assert find_owners(some).items() <= find_owners(everything).items()
    assert find_owners(split(reversed(SENTENCES), weights, overlap=0.2)) == find_owners(everything)


def test_who_comes_later_takes_nothing_from_those_who_are_there() -> None:
    before = find_owners(split(SENTENCES[:2000], {"li": 1, "wang": 1}))
    held = {to_uid(sentence): before[sentence.text] for sentence in SENTENCES[:2000]}
    after = find_owners(split(SENTENCES, {"li": 1, "wang": 1, "zhao": 1}, held=held))
    assert before.items() <= after.items()
    new = [after[sentence.text] for sentence in SENTENCES[2000:]]
    assert 250 < new.count({"zhao"}) < 420
    left = find_owners(split(SENTENCES[:2000], {"zhao": 1}, held=held))
    assert left == {}


def test_sentences_that_are_alike_stay_together() -> None:
    alike = [Sentence("见第三版。")] * 5
    assert sorted(map(len, split(alike, {"li": 1, "wang": 1, "zhao": 1}).values())) == [0, 0, 5]


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A project name of the test's own."""
    return f"批 {request.node.name}"


@pytest.fixture(scope="module")
def people(server: Server) -> Mapping[str, DoccanoClient]:
    """Two users who administer nothing, logged in."""
    chief = connect(server.url, "chief", "a secret for tests")
    return {person: connect(server.url, person, create_user(chief, person)) for person in ("mei", "tao")}


def list_texts(client: DoccanoClient, name: str) -> dict[str, list[str]]:
    """The texts in the batches of this name that a user can open, by project."""
    return {
        project["name"]: [example["text"] for example in list_all(client, f"v1/projects/{project['id']}/examples")]
        for project in list_with_batches(client, name)
    }


def test_everybody_finds_their_share(
    client: DoccanoClient,
    people: Mapping[str, DoccanoClient],
    credentials: Server,
    parkner: Callable[..., Any],
    tmp_path: Path,
    name: str,
) -> None:
    sentences = [sentence.with_spans([Span(0, 5, "PARK")]) for sentence in SENTENCES[:40]]
    file, to = tmp_path / "new.jsonl", ("--to", "mei=2", "--to", "tao", "--overlap", "0.25")
    write_sentences(file, sentences[:30])
    assert parkner("project", "assign", file, "--project", name, *to).code == 0
    shares = split(sentences[:30], {"mei": 2, "tao": 1}, overlap=0.25)
    for person, own in people.items():
        batch = f"{name} · {person}"
        assert list_texts(own, name) == {batch: [sentence.text for sentence in shares[person]]}
        (project,) = list_with_batches(own, name)
        assert not has_assignments(own, project)
        example = next(list_all(own, f"v1/projects/{project['id']}/examples"))
        (span,) = own.get(f"v1/projects/{project['id']}/examples/{example['id']}/spans")
        assert (span["start_offset"], span["end_offset"]) == (0, 5)
        roles = {member.name: member.role for member in list_members(client, project)}
        assert roles == {"chief": "project_admin", person: "annotator"}

    write_sentences(file, sentences)
    result = parkner("project", "assign", file, "--project", name, *to)
    grown = split(sentences, {"mei": 2, "tao": 1}, overlap=0.25)
    assert [line.split(" -> ")[0] for line in result.err.splitlines()] == [
        f"{name} · {person}: {len(grown[person])} sentences, {len(grown[person]) - len(shares[person])} of them new"
        for person in people
    ]
    batches = [f"{name} · {person}" for person in people]
    pulled = pull(client, *batches, everything=True, timeout=60)
    assert sorted(sentence.number for sentence in pulled.sentences) == list(range(40))


def test_nobody_who_comes_later_takes_anything_away(
    client: DoccanoClient,
    people: Mapping[str, DoccanoClient],
    credentials: Server,
    parkner: Callable[..., Any],
    tmp_path: Path,
    name: str,
) -> None:
    write_sentences(tmp_path / "new.jsonl", SENTENCES[:20])
    command = ("project", "assign", tmp_path / "new.jsonl", "--project", name)
    parkner(*command, "--to", "mei")
    before = list_texts(client, name)
    assert re.fullmatch(
        rf"{name} · mei: 20 sentences, 0 of them new -> \S+/sequence-labeling\?page=1\n"
        rf"{name} · tao: no sentence is left\n",
        parkner(*command, "--to", "mei", "--to", "tao").err,
    )
    assert list_texts(client, name) == before
    assert list(before) == [f"{name} · mei"]
    kept = f"Warning: 20 sentences stay in {name} · mei, where they are already: give another --project to have them"
    assert parkner(*command, "--to", "tao").err.splitlines() == [
        f"{kept} annotated again",
        f"{name} · tao: no sentence is left",
    ]
    assert "no user is called nobody" in parkner(*command, "--to", "tao", "--to", "nobody", "--overlap", "1").err
    assert list_texts(client, name) == before


def test_what_lies_in_the_project_of_the_name_is_not_handed_out_again(
    client: DoccanoClient,
    people: Mapping[str, DoccanoClient],
    credentials: Server,
    parkner: Callable[..., Any],
    tmp_path: Path,
    name: str,
) -> None:
    write_sentences(tmp_path / "some.jsonl", SENTENCES[:6])
    write_sentences(tmp_path / "grown.jsonl", SENTENCES[:10])
    assert parkner("push", tmp_path / "some.jsonl", "--project", name).code == 0
    assigned = parkner(
        "project", "assign", tmp_path / "grown.jsonl", "--project", name, "--to", "mei", "--to", "tao", "--overlap", 1
    ).err.splitlines()
    again = "where they are already: give another --project to have them annotated again"
    assert assigned[0] == f"Warning: 6 sentences stay in {name}, {again}"
    assert [line.split(" -> ")[0] for line in assigned[1:]] == [
        f"{name} · {person}: 4 sentences, 4 of them new" for person in people
    ]
    rest = [sentence.text for sentence in SENTENCES[6:10]]
    batches = {f"{name} · {person}": rest for person in people}
    assert list_texts(client, name) == {name: [sentence.text for sentence in SENTENCES[:6]]} | batches


EXAMPLE = {"id": 11, "meta": {"uid": "8f2f0c0ac2f7f4d1"}, "text": "见云渡科技城。", "score": 100.0, "assignments": []}
MEMBER = {"id": 5, "user": 3, "role": 2, "username": "mei", "rolename": "annotator"}
ANSWERS = {
    "GET /v1/me": (403, {"detail": "Authentication credentials were not provided."}),
    "POST /v1/auth/login/": (200, {"key": "x"}),
    "GET /v1/projects/7/members": (200, [MEMBER]),
    "GET /v1/projects/7/examples?limit=1": (200, {"count": 1, "next": None, "previous": None, "results": [EXAMPLE]}),
    "POST /v1/projects/7/assignments/bulk_assign": (201, None),
}
"""What doccano 1.8.5 answers, by its source; it exists as a container image only."""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """The address of a server that gives these answers, and the requests that it got."""
    requests: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            request = f"{self.command} {self.path}"
            requests.append((request, self.rfile.read(int(self.headers.get("Content-Length") or 0))))
            status, content = ANSWERS[request]
            body = b"" if content is None else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Set-Cookie", "sessionid=x; Path=/")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", requests
        server.shutdown()


def test_where_there_are_assignments_they_are_made(asked: tuple[str, list[tuple[str, bytes]]]) -> None:
    url, requests = asked
    hand_over(connect(url, "chief", "x"), {"id": 7}, "mei")
    request, body = requests[-1]
    assert request == "POST /v1/projects/7/assignments/bulk_assign"
    workloads = [{"member_id": 5, "weight": 100}]
    assert json.loads(body) == {"strategy_name": "weighted_sequential", "workloads": workloads}
