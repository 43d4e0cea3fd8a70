from collections.abc import Callable, Mapping
from typing import Any

import pytest
from doccano_client import DoccanoClient

from annotate.doccano.api.client import address, list_named
from annotate.doccano.setup import GUIDELINES, add_labels, create_project, has_assignments, open_project
from annotate.errors import ParknerError
from tests.fault_proxy import Answer, Fault, to_json
from tests.people import make_project

ConnectThrough = Callable[[Fault], DoccanoClient]


def list_labels(client: DoccanoClient, project: Mapping[str, Any]) -> dict[str, tuple[str, str | None]]:
    """The colour and the key of each label of a project."""
    kinds = client.get(f"v1/projects/{project['id']}/span-types")
    return {kind["text"]: (kind["background_color"], kind["suffix_key"]) for kind in kinds}


def on_post(path: str, act: Callable[[], object]) -> Fault:
    """Do something before each request that adds something there; what it returns is the answer, if it is one."""
    return lambda request, _: act() if request.startswith("POST") and request.endswith(path) else None


def test_a_project_is_made_once_and_shared_by_all(client: DoccanoClient, name: str) -> None:
    project = open_project(client, name)
    assert project["guideline"] == GUIDELINES.read_text("utf-8").strip()
    settings = ("project_type", "collaborative_annotation", "grapheme_mode")
    assert [project[key] for key in settings] == ["SequenceLabeling", True, False]
    assert open_project(client, name)["id"] == project["id"]
    assert len(list_named(client, name)) == 1


def test_blanks_around_a_name_are_no_part_of_it(client: DoccanoClient, name: str) -> None:
    made = open_project(client, f" {name}\t")
    assert (made["name"], open_project(client, name)["id"]) == (name, made["id"])


def test_a_name_that_doccano_refuses(client: DoccanoClient) -> None:
    with pytest.raises(ParknerError, match=r"400 Bad Request.*no more than 100 characters"):
        open_project(client, "长" * 101)


def test_a_project_that_shares_no_labels_is_refused(client: DoccanoClient, name: str) -> None:
    where = address(client, make_project(client, name))
    with pytest.raises(ParknerError, match=rf"^{where}: only you would see the labels: switch on 'Share annotations"):
        open_project(client, name)


def test_of_two_that_were_made_at_once_the_older_stays(
    client: DoccanoClient, connect_through: ConnectThrough, name: str
) -> None:
    made: list[dict[str, Any]] = []
    slower = connect_through(on_post("/v1/projects", lambda: made.append(create_project(client, name))))
    assert open_project(slower, name)["id"] == made[0]["id"]
    assert [project["id"] for project in list_named(client, name)] == [made[0]["id"]]


def test_labels_have_colour_and_key(client: DoccanoClient, name: str) -> None:
    project = make_project(client, name, collaborative_annotation=True)
    endpoint = f"v1/projects/{project['id']}/span-types"
    client.post(endpoint, json={"text": "PERSON", "suffix_key": "p", "background_color": "#000000"})
    for _ in range(2):
        add_labels(client, project)
    assert list_labels(client, project) == {
        "PERSON": ("#000000", "p"),
        "PARK": ("#2f9e44", None),
        "ORG": ("#1971c2", "o"),
        "METRIC": ("#e8590c", "m"),
        "DATE": ("#9c36b5", "d"),
    }


def test_a_label_that_was_deleted_comes_back(client: DoccanoClient, name: str) -> None:
    project = create_project(client, name)
    add_labels(client, project)
    before = list_labels(client, project)
    endpoint = f"v1/projects/{project['id']}/span-types"
    client.delete(f"{endpoint}/{client.get(endpoint)[0]['id']}")
    add_labels(client, project)
    assert list_labels(client, project) == before


def test_a_label_that_was_renamed_is_not_made_anew(client: DoccanoClient, name: str) -> None:
    project = create_project(client, name)
    add_labels(client, project)
    endpoint = f"v1/projects/{project['id']}/span-types"
    for kind in client.get(endpoint)[:2]:
        client.update(f"{endpoint}/{kind['id']}", {"text": f"改{kind['text']}"})
    before = list_labels(client, project)
    with pytest.raises(ParknerError) as caught:
        add_labels(client, project)
    where = f"{address(client, project)}/labels"
    assert str(caught.value) == (
        f"{where}: has 改ORG, 改PARK and lacks PARK, ORG: rename it back, or add PARK, ORG there"
    )
    assert list_labels(client, project) == before


def test_a_label_that_another_push_was_quicker_to_add(
    client: DoccanoClient, connect_through: ConnectThrough, name: str
) -> None:
    project, done = create_project(client, name), []
    slower = connect_through(on_post("/span-types", lambda: done or done.append(add_labels(client, project))))
    add_labels(slower, project)
    assert sorted(list_labels(client, project)) == ["DATE", "METRIC", "ORG", "PARK"]


def test_a_label_that_doccano_refuses_is_told(
    client: DoccanoClient, connect_through: ConnectThrough, name: str
) -> None:
    refusing = connect_through(on_post("/span-types", lambda: to_json({"text": ["no"]}, 400)))
    with pytest.raises(ParknerError, match=r"/span-types: doccano answers 400 Bad Request: .*no"):
        add_labels(refusing, create_project(client, name))


def test_assignments_are_known_by_an_example_that_has_them(
    client: DoccanoClient, connect_through: ConnectThrough, name: str
) -> None:
    project = create_project(client, name)
    client.post(f"v1/projects/{project['id']}/examples", json={"text": "见云渡科技城。"})
    assert not has_assignments(client, project)

    def add_assignments(request: str, _: bytes) -> Answer | None:
        return to_json({"results": [{"id": 7, "assignments": []}]}) if "/examples?" in request else None

    assert has_assignments(connect_through(add_assignments), project)
