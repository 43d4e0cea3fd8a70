from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.users import list_users
from annotate.doccano.confirmations import list_confirmations
from annotate.doccano.team.members import set_roles
from annotate.errors import ParknerError
from tests.fault_proxy import Fault, to_json
from tests.people import make_project


@pytest.mark.parametrize("shared", [True, False], ids=["shared", "not shared"])
def test_everybodys_are_listed_where_labels_are_shared(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str, shared: bool
) -> None:
    project = make_project(client, name, collaborative_annotation=shared)
    set_roles(client, project, ["lin"])
    endpoint = f"v1/projects/{project['id']}/examples"
    examples = [client.post(endpoint, json={"text": text})["id"] for text in ("云渡科技城。", "青岚生物港。", "无。")]
    began = datetime.now(UTC)
    for person, example in zip((people["lin"], client), examples, strict=False):
        person.post(f"{endpoint}/{example}/states")
    found = [list_confirmations(client, project, example) for example in examples]
    users = list_users(client)
    assert [[one.user for one in some] for some in found] == [[users["lin"]] if shared else [], [users["chief"]], []]
    assert all(began <= one.at <= datetime.now(UTC) for some in found for one in some)


@pytest.fixture
def say(connect_through: Callable[[Fault], DoccanoClient]) -> Callable[..., DoccanoClient]:
    """A client whose server says this of who has confirmed an example."""

    def run(**state: Any) -> DoccanoClient:
        answer = to_json({"count": 1, "results": [{"id": 1, "confirmed_by": 3} | state]})
        return connect_through(lambda request, _: answer if "/states" in request else None)

    return run


def test_a_time_of_another_zone_becomes_utc(say: Callable[..., DoccanoClient]) -> None:
    (found,) = list_confirmations(say(confirmed_at="2026-11-22T19:30:00.5+08:00"), {"id": 7}, 11)
    assert (found.at.isoformat(), found.user) == ("2026-11-22T11:30:00.500000+00:00", 3)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"confirmed_at": "yesterday"}, "confirmed_at: 'yesterday' is not a time with an offset"),
        ({"confirmed_at": "2026-11-22T19:30:00"}, "confirmed_at: '2026-11-22T19:30:00' is not a time with an offset"),
        ({}, "confirmed_at is None"),
        ({"confirmed_at": "2026-11-22T19:30:00Z", "confirmed_by": "lin"}, "confirmed_by is 'lin'"),
    ],
)
def test_what_is_no_confirmation_is_told(
    say: Callable[..., DoccanoClient], state: dict[str, Any], message: str
) -> None:
    with pytest.raises(ParknerError, match=rf"/v1/projects/7/examples/11/states: unexpected answer, {message}"):
        list_confirmations(say(**state), {"id": 7}, 11)
