"""`parkner project`: projects and the people in them, on a real doccano."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import connect
from annotate.doccano.api.users import list_users
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.doccano.team.members import list_members
from annotate.sentence import Sentence
from tests.people import confirm, label, make_project
from tests.tables import read_cells

Run = Callable[..., Any]
SECONDS = 60
pytestmark = pytest.mark.usefixtures("people", "credentials")


def test_members_are_added_once_and_change_their_roles(client: DoccanoClient, parkner: Run, name: str) -> None:
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
        (["chief", "--role", "annotator"], "The project needs at least one administrator."),
    ],
    ids=["user", "administrator"],
)
def test_what_cannot_be_added(
    arguments: list[str], message: str, client: DoccanoClient, server: Server, parkner: Run, name: str
) -> None:
    project = make_project(client, name)
    result = parkner("project", "add", name, *arguments)
    assert result.code == 1
    (error,) = result.err.splitlines()
    assert error.startswith(f"Error: {server.url}/")
    assert message in error
    assert [(member.name, member.role) for member in list_members(client, project)] == [("chief", "project_admin")]


@pytest.mark.parametrize("command", [["add", "{}", "lin"], ["show", "{}"]], ids=["add", "show"])
def test_a_missing_project(command: list[str], parkner: Run, name: str) -> None:
    result = parkner("project", *(word.format(name) for word in command))
    assert result.code == 1
    assert f"no project is called {name} (there are:" in result.err


def test_a_user_made_on_the_way_gets_a_password_that_works(
    client: DoccanoClient, server: Server, parkner: Run, name: str
) -> None:
    make_project(client, name)
    result = parkner("project", "add", name, "zhu", "--create")
    made = re.fullmatch(r"user zhu created, password (\S{16}) \(shown only this once\)\n", result.out)
    assert made
    assert result.err == "zhu: added as annotator\n"
    assert list_users(connect(server.url, "zhu", made[1]))["zhu"]
    assert parkner("project", "add", name, "zhu", "--create").out == ""


def test_who_did_what(client: DoccanoClient, people: Mapping[str, DoccanoClient], parkner: Run, name: str) -> None:
    texts = [f"第{number}句见云渡科技城。" for number in range(4)]
    push(client, name, [Sentence(text) for text in texts], timeout=SECONDS)
    parkner("project", "add", name, "lin", "meng")
    label(people["lin"], name, texts[1], (4, 9, "PARK"))
    for person, number in (("lin", 1), ("meng", 0), ("lin", 2)):
        confirm(people[person], name, texts[number])
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
