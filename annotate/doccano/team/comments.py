"""Post comments on the sentences of a project, which people read beside them."""

from collections.abc import Iterable, Iterator, Mapping

from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project, list_all
from annotate.doccano.inventory import fetch_inventory


def post_comments(
    client: DoccanoClient, name: str, comments: Mapping[str, Iterable[str]], *, timeout: float
) -> Iterator[int]:
    """Post the missing comments, given by the `uid` of their sentence, to the project of this name; yield the count.

    `timeout` is the limit for a task of doccano's worker, in seconds.
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
