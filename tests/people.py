"""What people do in doccano, done by its API."""

from collections.abc import Iterable, Mapping
from typing import Any

from doccano_client import DoccanoClient

from annotate.doccano.api.client import list_all, look_up_project
from annotate.sentence import Sentence


def make_project(client: DoccanoClient, name: str, kind: str = "SequenceLabeling", **settings: Any) -> dict[str, Any]:
    payload = {"name": name, "description": "by hand", "project_type": kind, "resourcetype": f"{kind}Project"}
    project: dict[str, Any] = client.post("v1/projects", json=payload | settings)
    return project


def upload(client: DoccanoClient, project: Mapping[str, Any], rows: bytes) -> None:
    """Import a file of rows into a project, as it is."""
    started = client.post_doc_upload_binary(project["id"], files=[("rows.jsonl", rows)])
    while not client.get(f"v1/tasks/status/{started['task_id']}")["ready"]:
        pass


def list_examples(client: DoccanoClient, name: str) -> tuple[str, list[dict[str, Any]]]:
    """The endpoint of a project's examples, and all of them in the order in which they came."""
    project = look_up_project(client, name)
    assert project
    endpoint = f"v1/projects/{project['id']}/examples"
    return endpoint, sorted(list_all(client, endpoint), key=lambda example: int(example["id"]))


def confirm(client: DoccanoClient, name: str, *texts: str) -> None:
    """Press Enter on the sentences with these texts: confirms them, or takes it back."""
    endpoint, examples = list_examples(client, name)
    for example in examples:
        if example["text"] in texts:
            client.post(f"{endpoint}/{example['id']}/states")


def comment(client: DoccanoClient, name: str, text: str, remark: str) -> None:
    endpoint, examples = list_examples(client, name)
    for example in examples:
        if example["text"] == text:
            client.post(endpoint.replace("examples", "comments") + f"?example={example['id']}", json={"text": remark})


def label(client: DoccanoClient, name: str, text: str, *spans: tuple[int, int, str]) -> None:
    """Give the sentences with this text these spans in place of those they have."""
    endpoint, examples = list_examples(client, name)
    types = {kind["text"]: kind["id"] for kind in client.get(endpoint.replace("examples", "span-types"))}
    for example in examples:
        if example["text"] == text:
            client.delete(f"{endpoint}/{example['id']}/spans")
            for start, end, kind in spans:
                span = {"start_offset": start, "end_offset": end, "label": types[kind], "prob": 0}
                client.post(f"{endpoint}/{example['id']}/spans", json=span)


def strip(*sentences: Sentence) -> list[Sentence]:
    """The sentences without the keys that only a pulled file has."""
    keys = ("uid", "annotator", "confirmed_at", "comments")
    return [
        Sentence(s.text, s.spans, s.article, s.number, {k: v for k, v in s.extra.items() if k not in keys})
        for s in sentences
    ]


def count_confirmed(sentences: Iterable[Sentence]) -> int:
    """How many of the sentences somebody has confirmed."""
    return sum("annotator" in sentence.extra for sentence in sentences)


def add_member(client: DoccanoClient, name: str, user: str, role: str = "annotator") -> dict[str, Any]:
    """Make somebody a member of the project of this name, which is returned."""
    project = look_up_project(client, name)
    assert project
    client.post_members(project["id"], [user], [role])
    return project
