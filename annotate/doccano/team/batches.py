"""Projects by name: one, or a batch for each person, whose names begin alike."""

from typing import Any

from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project, list_projects, look_up_project

BEFORE_PERSON = " · "


def to_batch(name: str, person: str) -> str:
    """What the batch of one person is called.

    >>> to_batch("园区新闻", "li")
    '园区新闻 · li'
    """
    return name + BEFORE_PERSON + person


def to_person(project: str, *, name: str) -> str | None:
    """Whose batch of `name` a project is by its name; None where it is no batch. User names hold no blanks.

    >>> to_person("园区新闻 · li", name="园区新闻"), to_person("园区新闻 · 二 · li", name="园区新闻")
    ('li', None)
    """
    start, _, person = project.rpartition(BEFORE_PERSON)
    return person if person and start == name and start else None


def list_batches(client: DoccanoClient, name: str) -> dict[str, dict[str, Any]]:
    """The batches of this name by person, as far as the user has a role in them, sorted."""
    projects = sorted(list_projects(client), key=lambda project: str(project["name"]))
    persons = ((to_person(project["name"], name=name), project) for project in projects)
    return {person: project for person, project in persons if person}


def list_with_batches(client: DoccanoClient, name: str) -> list[dict[str, Any]]:
    """The project of exactly this name, and its batches; ParknerError where there is none of them."""
    batches = list_batches(client, name)
    project = look_up_project(client, name) if batches else get_project(client, name)
    return [*([project] if project else []), *batches.values()]
