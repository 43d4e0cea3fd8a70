from collections.abc import Mapping

import pytest
from doccano_client import DoccanoClient
from hypothesis import given
from hypothesis import strategies as st

from annotate.doccano.team.batches import list_batches, list_with_batches, to_batch, to_person
from annotate.doccano.team.members import set_roles
from annotate.errors import ParknerError
from tests.people import make_project

names = st.text("园区 ·", min_size=1)
persons = st.text("lin·", min_size=1)


@given(names, names, persons)
def test_a_batch_says_whose_it_is_and_of_which_name(name: str, other: str, person: str) -> None:
    batch = to_batch(name, person)
    assert to_person(batch, name=name) == person
    assert to_person(batch, name=other) == (person if name == other else None)


@pytest.mark.parametrize("project", ["园区", "园区 · ", "园区·lin", " · lin", ""])
def test_what_is_no_batch_is_nobodys(project: str) -> None:
    assert [to_person(project, name=name) for name in ("园区", "")] == [None, None]


def test_batches_come_by_person_as_far_as_somebody_has_a_role(
    client: DoccanoClient, people: Mapping[str, DoccanoClient], name: str
) -> None:
    made = {end: make_project(client, name + end) for end in (" · meng", " · lin", "", " · 二 · lin", " 二 · lin")}
    set_roles(client, made[" · lin"], ["lin"])
    assert [(person, project["id"]) for person, project in list_batches(client, name).items()] == [
        ("lin", made[" · lin"]["id"]),
        ("meng", made[" · meng"]["id"]),
    ]
    assert list(list_batches(people["lin"], name)) == ["lin"]
    found = [project["id"] for project in list_with_batches(client, name)]
    assert found == [made[end]["id"] for end in ("", " · lin", " · meng")]


def test_a_project_or_batches_alone_are_enough_and_neither_is_not(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match=f"no project is called {name} "):
        list_with_batches(client, name)
    for project in (name, f"{name} 二 · lin"):
        make_project(client, project)
    assert [project["name"] for project in list_with_batches(client, name)] == [name]
    assert [project["name"] for project in list_with_batches(client, f"{name} 二")] == [f"{name} 二 · lin"]
