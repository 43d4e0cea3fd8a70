"""Set up a doccano project: shared labels for all members, our labels, guidelines and way of counting."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.doccano.api.client import address, list_named, list_rows, look_up_project, take
from annotate.errors import ParknerError
from annotate.settings import CONFIGS, load_labels

GUIDELINES = CONFIGS / "guidelines.md"


def open_project(client: DoccanoClient, name: str) -> dict[str, Any]:
    """The project of this name; it is made if it does not exist. If two were made at the same moment, the older stays.

    Raises ParknerError for a project that does not share its labels: only you would see them.
    """
    name = name.strip()  # as doccano does
    project = look_up_project(client, name)
    if project is None:
        made = create_project(client, name)
        project = list_named(client, name)[0]
        if project["id"] != made["id"]:
            client.delete(f"v1/projects/{made['id']}")
    if not project["collaborative_annotation"]:
        where = address(client, project)
        raise ParknerError(
            f"{where}: only you would see the labels: switch on 'Share annotations across all users' in its settings"
        )
    return project


def create_project(client: DoccanoClient, name: str) -> dict[str, Any]:
    """Make a project in which everybody sees and corrects the same spans."""
    settings = {
        "name": name,
        "description": ", ".join(f"{label.name}: {label.meaning}" for label in load_labels()),
        "guideline": GUIDELINES.read_text("utf-8"),
        "project_type": "SequenceLabeling",
        "resourcetype": "SequenceLabelingProject",
        "collaborative_annotation": True,
        "grapheme_mode": False,  # the page counts in UTF-16 units, as `annotate.doccano.offsets` does
    }
    project: dict[str, Any] = client.post("v1/projects", json=settings)
    return project


def add_labels(client: DoccanoClient, project: Mapping[str, Any]) -> None:
    """Add our labels that the project lacks, without the shortcut key if another label uses it.

    Raises ParknerError if the project has some of ours, lacks others and has foreign ones: somebody has renamed one,
    and doccano would not let him rename it back once we had added it again.
    """
    endpoint = f"v1/projects/{project['id']}/span-types"
    names, keys = _list_labels(client, endpoint)
    lacking = [label for label in load_labels() if label.name not in names]
    foreign = names - {label.name for label in load_labels()}
    if lacking and foreign and len(lacking) < len(load_labels()):
        lost = ", ".join(label.name for label in lacking)
        raise ParknerError(
            f"{address(client, project)}/labels: has {', '.join(sorted(foreign))} and lacks {lost}: "
            f"rename it back, or add {lost} there"
        )
    for label in lacking:
        key = {} if label.key in keys else {"suffix_key": label.key}
        colours = {"background_color": label.colour, "text_color": "#ffffff"}
        try:
            client.post(endpoint, json={"text": label.name, **colours, **key})
        except ParknerError:  # another push may have added it meanwhile
            if label.name not in _list_labels(client, endpoint)[0]:
                raise


def _list_labels(client: DoccanoClient, endpoint: str) -> tuple[set[str], set[str | None]]:
    """The names and the shortcut keys of a project's labels."""
    rows = list_rows(client, endpoint)
    where = urljoin(client.baseurl, endpoint)
    return {take(row, "text", str, address=where) for row in rows}, {row.get("suffix_key") for row in rows}


def has_assignments(client: DoccanoClient, project: Mapping[str, Any]) -> bool:
    """Whether this doccano assigns sentences to people, as 1.8.5 does; the project must hold a sentence."""
    endpoint = f"v1/projects/{project['id']}/examples"
    examples = take(client.get(endpoint, {"limit": 1}), "results", list, address=urljoin(client.baseurl, endpoint))
    return any("assignments" in example for example in examples)
