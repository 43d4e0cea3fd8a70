"""Comments on the sentences of a project, which people read beside them."""

from collections.abc import Iterable, Iterator, Mapping

from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project, list_all
from annotate.doccano.inventory import fetch_inventory


def post_comments(
    client: DoccanoClient, name: str, comments: Mapping[str, Iterable[str]], *, timeout: float
) -> Iterator[int]:
    """Post to the project of this name the comments that it lacks, by the `uid` of their sentence; yield the count.

    `timeout` is what doccano's worker may take for a task, in seconds.
    """
    project = get_project(client, name)
    endpoint = f"v1/projects/{project['id']}/comments"
    held = fetch_inventory(client, project, timeout=timeout)
    known = {(comment["example"], comment["text"]) for comment in list_all(client, endpoint)}
    wanted = [
        (copy.example, text.strip()) for uid, texts in comments.items() for copy in held.get(uid, ()) for text in texts
    ]
    for count, (example, text) in enumerate((place for place in wanted if place not in known), start=1):
        client.post(f"{endpoint}?example={example}", json={"text": text})
        yield count
