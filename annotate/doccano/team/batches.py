"""Find projects by name: the project itself, and its batches, one for each person, called `NAME · PERSON`."""

from typing import Any

from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project, list_projects, look_up_project

BEFORE_PERSON = " · "


def to_batch(name: str, person: str) -> str:
    """Return the name of one person's batch.

    >>> to_batch("园区新闻", "li")
    '园区新闻 · li'
    """
    return name + BEFORE_PERSON + person


def to_person(project: str, *, name: str) -> str | None:
    """Return the person whose batch of `name` a project is; None if it is not a batch. User names contain no blanks.

    >>> to_person("园区新闻 · li", name="园区新闻"), to_person("园区新闻 · 二 · li", name="园区新闻")
    ('li', None)
    """
    start, _, person = project.rpartition(BEFORE_PERSON)
    return person if person and start == name and start else None


def list_batches(client: DoccanoClient, name: str) -> dict[str, dict[str, Any]]:
    """List the batches of this name in which the user has a role, by person, sorted by project name."""
    projects = sorted(list_projects(client), key=lambda project: str(project["name"]))
    persons = ((to_person(project["name"], name=name), project) for project in projects)
    return {person: project for person, project in persons if person}


def list_with_batches(client: DoccanoClient, name: str) -> list[dict[str, Any]]:
    """List the project of exactly this name and its batches. Raises ParknerError if there is neither."""
    batches = list_batches(client, name)
    project = look_up_project(client, name) if batches else get_project(client, name)
    return [*([project] if project else []), *batches.values()]
