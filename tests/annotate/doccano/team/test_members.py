from collections.abc import Mapping

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.users import list_users
from annotate.doccano.team.members import get_role, list_members, set_roles
from annotate.errors import ParknerError
from tests.people import make_project

pytestmark = pytest.mark.usefixtures("people")


def test_who_has_no_role_becomes_an_annotator_and_members_keep_theirs(client: DoccanoClient, name: str) -> None:
    project = make_project(client, name)
    assert set_roles(client, project, ["chief", "lin"]) == [
        "chief: is project_admin already",
        "lin: added as annotator",
    ]
    users = list_users(client)
    assert [member[1:] for member in list_members(client, project)] == [
        ("chief", users["chief"], "project_admin"),
        ("lin", users["lin"], "annotator"),
    ]


def test_who_has_another_role_gets_the_one_that_is_given(client: DoccanoClient, name: str) -> None:
    project = make_project(client, name)
    set_roles(client, project, ["lin"])
    before = {member.name: member.id for member in list_members(client, project)}
    assert set_roles(client, project, iter(["meng", "lin"]), role="project_admin") == [
        "meng: added as project_admin",
        "lin: was annotator, is project_admin now",
    ]
    assert set_roles(client, project, ["lin"], role="project_admin") == ["lin: is project_admin already"]
    after = {member.name: (member.id, member.role) for member in list_members(client, project)}
    assert after["lin"] == (before["lin"], "project_admin")


@pytest.mark.parametrize(
    ("names", "role", "message"),
    [(["lin", "nobody"], "annotator", "no user is called nobody"), (["lin"], "boss", "no role is called boss")],
)
def test_nothing_is_changed_for_an_unknown_user_or_role(
    client: DoccanoClient, name: str, names: list[str], role: str, message: str
) -> None:
    project = make_project(client, name)
    with pytest.raises(ParknerError, match=message):
        set_roles(client, project, names, role=role)
    assert [member.name for member in list_members(client, project)] == ["chief"]


def test_an_unknown_role_is_told_with_those_that_there_are(client: DoccanoClient) -> None:
    roles = [get_role(client, role) for role in ("annotation_approver", "annotator", "project_admin")]
    assert len(set(roles)) == 3
    with pytest.raises(ParknerError) as caught:
        get_role(client, "boss")
    there = "annotation_approver, annotator, project_admin"
    assert str(caught.value) == f"{client.baseurl}: no role is called boss (there are: {there})"


def test_only_administrators_see_the_members(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str
) -> None:
    project = make_project(client, name)
    set_roles(client, project, ["lin"])
    with pytest.raises(ParknerError, match="/members: doccano answers 403 Forbidden"):
        list_members(people["lin"], project)
