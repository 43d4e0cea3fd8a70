"""The split of a file among people, and what reaches them in a real doccano."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project, list_all
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.doccano.team.assignment import hand_over, has_assignments, split
from annotate.doccano.team.batches import list_with_batches
from annotate.doccano.team.members import list_members
from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import to_uid
from tests.fault_proxy import Answer, Fault, to_json

Assign = Callable[..., Any]
AGAIN = "and stay there: give another --project to annotate them again"
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


def list_texts(client: DoccanoClient, name: str) -> dict[str, list[str]]:
    """The texts in the batches of this name that a user can open, by project."""
    return {
        project["name"]: [example["text"] for example in list_all(client, f"v1/projects/{project['id']}/examples")]
        for project in list_with_batches(client, name)
    }


@pytest.fixture
def assign(
    credentials: Server, people: Mapping[str, DoccanoClient], parkner: Callable[..., Any], tmp_path: Path, name: str
) -> Assign:
    """Run `parkner project assign` with these sentences, to these people, for the project of the test's name."""

    def run(sentences: list[Sentence], *to: str, overlap: float = 0) -> Any:
        write_sentences(tmp_path / "new.jsonl", sentences)
        options = [word for person in to for word in ("--to", person)]
        return parkner("project", "assign", tmp_path / "new.jsonl", "--project", name, *options, "--overlap", overlap)

    return run


def test_everybody_finds_their_share(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], assign: Assign, name: str
) -> None:
    sentences = [sentence.with_spans([Span(0, 5, "PARK")]) for sentence in SENTENCES[:40]]
    assert assign(sentences[:30], "lin=2", "meng", overlap=0.25).code == 0
    shares = split(sentences[:30], {"lin": 2, "meng": 1}, overlap=0.25)
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

    result = assign(sentences, "lin=2", "meng", overlap=0.25)
    grown = split(sentences, {"lin": 2, "meng": 1}, overlap=0.25)
    assert [line.split(" -> ")[0] for line in result.err.splitlines()] == [
        f"{name} · {person}: {len(grown[person])} sentences, {len(grown[person]) - len(shares[person])} of them new"
        for person in people
    ]
    batches = [f"{name} · {person}" for person in people]
    pulled = pull(client, *batches, everything=True, timeout=60)
    assert sorted(sentence.number for sentence in pulled.sentences) == list(range(40))


def test_nobody_who_comes_later_takes_anything_away(client: DoccanoClient, assign: Assign, name: str) -> None:
    assign(SENTENCES[:20], "lin")
    before = list_texts(client, name)
    assert list(before) == [f"{name} · lin"]
    assert re.fullmatch(
        rf"{name} · lin: 20 sentences, 0 of them new -> \S+/sequence-labeling\?page=1\n"
        rf"{name} · meng: no sentences\n",
        assign(SENTENCES[:20], "lin", "meng").err,
    )
    assert list_texts(client, name) == before
    assert assign(SENTENCES[:20], "meng").err.splitlines() == [
        f"Warning: 20 sentences are already in {name} · lin {AGAIN}",
        f"{name} · meng: no sentences",
    ]
    assert "no user is called nobody" in assign(SENTENCES[:20], "meng", "nobody", overlap=1).err
    assert list_texts(client, name) == before


def test_what_lies_in_the_project_of_the_name_is_not_handed_out_again(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], assign: Assign, name: str
) -> None:
    push(client, name, SENTENCES[:6], timeout=60)
    first, *others = assign(SENTENCES[:10], "lin", "meng", overlap=1).err.splitlines()
    assert first == f"Warning: 6 sentences are already in {name} {AGAIN}"
    assert [line.split(" -> ")[0] for line in others] == [
        f"{name} · {person}: 4 sentences, 4 of them new" for person in people
    ]
    rest = [sentence.text for sentence in SENTENCES[6:10]]
    batches = {f"{name} · {person}": rest for person in people}
    assert list_texts(client, name) == {name: [sentence.text for sentence in SENTENCES[:6]]} | batches


EXAMPLE = {"id": 11, "meta": {"uid": "8f2f0c0ac2f7f4d1"}, "text": "见云渡科技城。", "score": 100.0, "assignments": []}
ANSWERS = {
    "GET /examples?limit=1": to_json({"count": 1, "next": None, "previous": None, "results": [EXAMPLE]}),
    "POST /assignments/bulk_assign": Answer(201, "application/json", b""),
}
"""What doccano 1.8.5 answers otherwise, by its source; it exists as a container image only."""


@pytest.mark.usefixtures("people")
def test_where_there_are_assignments_they_are_made(
    client: DoccanoClient, connect_through: Callable[[Fault], DoccanoClient], name: str
) -> None:
    push(client, name, SENTENCES[:1], timeout=60)
    project, sent = get_project(client, name), []

    def answer(request: str, body: bytes) -> Answer | None:
        sent.append(body)
        return ANSWERS.get(request.replace(f"/v1/projects/{project['id']}", ""))

    hand_over(connect_through(answer), project, "lin")
    (member,) = (member.id for member in list_members(client, project) if member.name == "lin")
    workloads = [{"member_id": member, "weight": 100}]
    assert json.loads(sent[-1]) == {"strategy_name": "weighted_sequential", "workloads": workloads}
