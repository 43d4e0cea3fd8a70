"""Projects and the people in them, on a real doccano."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import connect, list_all, look_up_project
from annotate.doccano.api.users import create_user, list_users
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.doccano.team.members import list_members, set_roles
from annotate.doccano.team.progress import Total, join_parts, read_parts, read_total
from annotate.errors import ParknerError
from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.tables import read_cells

Run = Callable[..., Any]
SECONDS = 60


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A project name of the test's own."""
    return f"众 {request.node.name}"


@pytest.fixture(scope="session")
def people(server: Server) -> Mapping[str, DoccanoClient]:
    """Two users who administer nothing, logged in."""
    chief = connect(server.url, "chief", "a secret for tests")
    return {person: connect(server.url, person, create_user(chief, person)) for person in ("lin", "meng")}


def make_project(client: DoccanoClient, name: str, *, shared: bool = True, examples: int = 0) -> dict[str, Any]:
    kind = {"project_type": "SequenceLabeling", "resourcetype": "SequenceLabelingProject"}
    settings = {"description": "by hand", "collaborative_annotation": shared, **kind}
    project: dict[str, Any] = client.post("v1/projects", json={"name": name, **settings})
    for number in range(examples):
        client.post(f"v1/projects/{project['id']}/examples", json={"text": f"第{number}句见云渡科技城。"})
    return project


def list_examples(client: DoccanoClient, project: Mapping[str, Any]) -> list[str]:
    """The endpoints of a project's examples, in order."""
    endpoint = f"v1/projects/{project['id']}/examples"
    return [f"{endpoint}/{example['id']}" for example in list_all(client, endpoint)]


def test_members_are_added_once_and_change_their_roles(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], credentials: Server, parkner: Run, name: str
) -> None:
    project = make_project(client, name)
    assert parkner("project", "add", name, "lin", "meng").err == "lin: added as annotator\nmeng: added as annotator\n"
    changed = parkner("project", "add", name, "lin", "meng", "--role", "annotation_approver")
    assert changed.err == "".join(f"{who}: was annotator, is annotation_approver now\n" for who in ("lin", "meng"))
    assert parkner("project", "add", name, "lin", "--role", "annotation_approver").err.endswith("_approver already\n")
    roles = {member.name: member.role for member in list_members(client, project)}
    assert roles == {"chief": "project_admin", "lin": "annotation_approver", "meng": "annotation_approver"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lin", "nobody-we-know"], "no user is called nobody-we-know: `parkner project add … --create` makes one"),
        (
            ["lin", "--role", "boss"],
            "no role is called boss (there are: annotation_approver, annotator, project_admin)",
        ),
        (["chief", "--role", "annotator"], "The project needs at least one administrator."),
    ],
    ids=["user", "role", "administrator"],
)
def test_what_cannot_be_added(
    arguments: list[str],
    message: str,
    client: DoccanoClient,
    people: Mapping[str, DoccanoClient],
    credentials: Server,
    parkner: Run,
    name: str,
) -> None:
    project = make_project(client, name)
    result = parkner("project", "add", name, *arguments)
    assert result.code == 1
    (error,) = result.err.splitlines()
    assert error.startswith(f"Error: {credentials.url}/")
    assert message in error
    assert [(member.name, member.role) for member in list_members(client, project)] == [("chief", "project_admin")]


def test_a_missing_project_and_one_that_others_administer(
    client: DoccanoClient,
    people: Mapping[str, DoccanoClient],
    credentials: Server,
    parkner: Run,
    name: str,
) -> None:
    assert f"no project is called {name} x (there are:" in parkner("project", "add", f"{name} x", "lin").err
    assert f"no project is called {name} x (there are:" in parkner("project", "show", f"{name} x").err
    project = make_project(client, name)
    set_roles(client, project, ["lin"], role="annotator")
    with pytest.raises(ParknerError, match="members: doccano answers 403 Forbidden"):
        read_parts(people["lin"], project, timeout=SECONDS)
    assert read_total(people["lin"], project) == Total(0, 0, 2)


def test_a_user_made_on_the_way_gets_a_password_that_works(
    client: DoccanoClient, credentials: Server, parkner: Run, name: str
) -> None:
    make_project(client, name)
    result = parkner("project", "add", name, "zhu", "--create")
    made = re.fullmatch(r"user zhu created, password (\S{16}) \(shown only this once\)\n", result.out)
    assert made
    assert result.err == "zhu: added as annotator\n"
    assert list_users(connect(credentials.url, "zhu", made[1]))["zhu"]
    assert parkner("project", "add", name, "zhu", "--create").out == ""


def test_who_did_what(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], credentials: Server, parkner: Run, name: str
) -> None:
    project = make_project(client, name, examples=4)
    set_roles(client, project, ["lin", "meng"], role="annotator")
    labels = client.post(f"v1/projects/{project['id']}/span-types", json={"text": "PARK"})
    one, two, three, _ = list_examples(client, project)
    for person, example in (("lin", two), ("meng", one), ("lin", three)):
        people[person].post(f"{example}/states")
    people["lin"].post(f"{two}/spans", json={"start_offset": 4, "end_offset": 9, "label": labels["id"], "prob": 0})
    lin, meng, chief = join_parts(read_parts(client, project, timeout=SECONDS))
    assert lin[:4] == ("lin", {"annotator"}, 4, 2)
    assert meng[:4] == ("meng", {"annotator"}, 4, 1)
    assert chief[:4] == ("chief", {"project_admin"}, 4, 0)
    assert lin.times[0] < meng.times[0] < lin.times[1]
    assert [part.spans for part in (lin, meng, chief)] == [Counter(PARK=1), Counter(), Counter()]
    assert [part.corrections for part in (lin, meng, chief)] == [1, 0, 0]

    cells = read_cells(parkner("project", "show", name).out)
    assert cells[:2] == [[name, "4", "3", "1", "3"], ["lin", "annotator", "2", "50%", *cells[1][4:]]]
    assert cells[2:] == [
        ["meng", "annotator", "1", "25%", "-"],
        ["chief", "project_admin", "0", "0%", "-"],
        ["lin", "1", "0", "0", "0", "1", "1"],
        ["meng", "0", "0", "0", "0", "0", "0"],
        ["chief", "0", "0", "0", "0", "0", "0"],
        ["all", "1", "0", "0", "0", "1", "1"],
    ]
    assert [name, "4", "3", "1", "3"] in read_cells(parkner("project", "list").out)


def test_what_doccano_does_not_tell(client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str) -> None:
    project = make_project(client, name, shared=False, examples=2)
    set_roles(client, project, ["lin", "meng"], role="annotator")
    labels = client.post(f"v1/projects/{project['id']}/span-types", json={"text": "PARK"})
    example, _ = list_examples(client, project)
    people["lin"].post(f"{example}/spans", json={"start_offset": 4, "end_offset": 9, "label": labels["id"], "prob": 0})
    for person in people.values():
        person.post(f"{example}/states")
    assert read_total(client, project) == Total(2, None, 3)
    parts = join_parts(read_parts(client, project, timeout=SECONDS))
    assert [(part.person, part.done, part.times) for part in parts][:2] == [("lin", 1, ()), ("meng", 1, ())]
    (member,) = (member.id for member in list_members(client, project) if member.name == "lin")
    client.session.delete(f"{client.baseurl}v1/projects/{project['id']}/members", json={"ids": [member]})
    lin, *_ = join_parts(read_parts(client, project, timeout=SECONDS))
    assert (lin.person, lin.roles, lin.done) == ("lin", frozenset(), 1)


def test_what_people_make_of_prelabels_is_counted_as_theirs(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str
) -> None:
    texts = ("云渡科技城有12家。", "青岚生物港有9家。", "去年见。")
    origins = ([[0, 5, "PARK", "park"], [6, 9, "METRIC", "quantity"]], [[0, 5, "PARK", "park"]], [])
    sentences = [
        Sentence(text, tuple(Span(*span) for *span, _ in origin), "a", number, {"origin": origin})
        for number, (text, origin) in enumerate(zip(texts, origins, strict=True))
    ]
    push(client, name, sentences, timeout=SECONDS)
    project = look_up_project(client, name)
    assert project
    set_roles(client, project, ["lin", "meng"], role="annotator")
    types = {kind["text"]: kind["id"] for kind in client.get(f"v1/projects/{project['id']}/span-types")}
    one, two, three = list_examples(client, project)
    park, metric = people["lin"].get(f"{one}/spans")
    people["lin"].update(f"{one}/spans/{park['id']}", {"label": types["ORG"]})  # stays the span of who pushed it
    people["lin"].delete(f"{one}/spans/{metric['id']}")
    people["meng"].post(f"{three}/spans", json={"start_offset": 0, "end_offset": 2, "label": types["DATE"], "prob": 0})
    for person, example in (("lin", one), ("lin", two), ("meng", three)):
        people[person].post(f"{example}/states")
    work = {part.person: (part.spans, part.corrections) for part in read_parts(client, project, timeout=SECONDS)}
    assert work == {"lin": (Counter(ORG=1, PARK=1), 2), "meng": (Counter(DATE=1), 1), "chief": (Counter(), 0)}


@pytest.mark.parametrize("to", ["=1", "mei=0", "mei=-1", "mei=x", "mei=inf", "mei"])
def test_weights_that_are_none(to: str, parkner: Callable[..., Any], tmp_path: Path) -> None:
    write_sentences(tmp_path / "new.jsonl", [Sentence("云渡科技城", (), "a", 1)])
    result = parkner("project", "assign", tmp_path / "new.jsonl", "--project", "p", "--to", "mei", "--to", to)
    assert result.code == 2
    assert "give each user once, with a weight above 0" in result.err
