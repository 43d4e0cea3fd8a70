"""Projects by name: one, or a batch for each person, whose names begin alike."""

from typing import Any

from doccano_client import DoccanoClient

from annotate.doccano.api.client import find_project, get_project, list_projects

BEFORE_PERSON = " · "


def to_batch(name: str, person: str) -> str:
    """What the batch of one person is called.

    >>> to_batch("园区新闻", "li")
    '园区新闻 · li'
    """
    return name + BEFORE_PERSON + person


def find_person(project: str, *, name: str) -> str | None:
    """Whose batch of `name` a project is by its name; None where it is no batch. User names hold no blanks.

    >>> find_person("园区新闻 · li", name="园区新闻"), find_person("园区新闻 · 二 · li", name="园区新闻")
    ('li', None)
    """
    start, _, person = project.rpartition(BEFORE_PERSON)
    return person if person and start == name and start else None


def find_batches(client: DoccanoClient, name: str) -> dict[str, dict[str, Any]]:
    """The batches of this name by person, as far as the user has a role in them, sorted."""
    projects = sorted(list_projects(client), key=lambda project: str(project["name"]))
    persons = ((find_person(project["name"], name=name), project) for project in projects)
    return {person: project for person, project in persons if person}


def find_all(client: DoccanoClient, name: str) -> list[dict[str, Any]]:
    """The project of exactly this name, and its batches; ParknerError where there is none of them."""
    batches = find_batches(client, name)
    project = find_project(client, name) if batches else get_project(client, name)
    return [*([project] if project else []), *batches.values()]
