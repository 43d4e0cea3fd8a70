"""The order in which doccano shows sentences to people: its `score`, the lowest first."""

from collections.abc import Iterable, Iterator

from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project
from annotate.doccano.inventory import fetch_inventory
from annotate.sentence import Sentence
from annotate.uid import add_uids


def set_scores(client: DoccanoClient, name: str, sentences: Iterable[Sentence], *, timeout: float) -> Iterator[int]:
    """Set the score of each sentence to its place in this order, from 0.001 on, and yield how many are done.

    doccano gives 100 to all others. To use the order, annotators sort the dataset by "Score".
    """
    project = get_project(client, name)
    held = fetch_inventory(client, project, timeout=timeout)
    for place, sentence in enumerate(add_uids(sentences), start=1):
        for copy in held.get(sentence.extra["uid"], ()):
            client.update(f"v1/projects/{project['id']}/examples/{copy.example}", {"score": place / 1000})
        yield place
