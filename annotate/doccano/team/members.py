"""List the members of a project, and set their roles."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.doccano.api.client import list_numbers, list_rows, take
from annotate.doccano.api.users import look_up_users
from annotate.errors import ParknerError

ANNOTATOR = "annotator"


class Member(NamedTuple):
    """A member of a project: the membership's id, the user's name and id, and the name of the role."""

    id: int
    name: str
    user: int
    role: str


def list_members(client: DoccanoClient, project: Mapping[str, Any]) -> list[Member]:
    """List the members of a project. Only its administrators may do that."""
    endpoint = f"v1/projects/{project['id']}/members"
    where = urljoin(client.baseurl, endpoint)
    return [
        Member(
            take(row, "id", int, address=where),
            take(row, "username", str, address=where),
            take(row, "user", int, address=where),
            take(row, "rolename", str, address=where),
        )
        for row in list_rows(client, endpoint)
    ]


def set_roles(
    client: DoccanoClient, project: Mapping[str, Any], names: Iterable[str], *, role: str | None = None
) -> list[str]:
    """Make these users members of a project with this role; return a line for each that says what was done.

    Without `role`, members keep theirs, and others become annotators. Raises ParknerError for an unknown user or role
    before anything is changed.
    """
    users, number = look_up_users(client, names), get_role(client, role or ANNOTATOR)
    members = {member.name: member for member in list_members(client, project)}
    return [
        f"{name}: is {members[name].role} already"
        if role is None and name in members
        else f"{name}: {_set_role(client, project, members.get(name), user=user, role=(role or ANNOTATOR, number))}"
        for name, user in users.items()
    ]


def get_role(client: DoccanoClient, name: str) -> int:
    """Look up the number of a role. Raises ParknerError with the existing roles if there is no such role."""
    roles = list_numbers(client, "v1/roles", key="name")
    if name not in roles:
        raise ParknerError(f"{client.baseurl}: no role is called {name} (there are: {', '.join(sorted(roles))})")
    return roles[name]


def _set_role(
    client: DoccanoClient, project: Mapping[str, Any], member: Member | None, *, user: int, role: tuple[str, int]
) -> str:
    endpoint, (name, number) = f"v1/projects/{project['id']}/members", role
    if member is None:
        client.post(endpoint, json={"user": user, "role": number})
        return f"added as {name}"
    if member.role == name:
        return f"is {name} already"
    client.update(f"{endpoint}/{member.id}", {"role": number})
    return f"was {member.role}, is {name} now"
