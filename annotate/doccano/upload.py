"""Uploads of sentences to a project, and deletion of examples."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.doccano.api.answers import TooLarge
from annotate.doccano.api.client import address, take
from annotate.doccano.api.tasks import wait_for_task
from annotate.doccano.inventory import Copy
from annotate.doccano.row_format import to_upload
from annotate.errors import ParknerError
from annotate.sentence import Sentence, locate

CHUNK = 1000  # sentences in an upload: doccano commits as many at once
PLAIN = ""  # the name of an upload without spans: none can be missing


def send(
    client: DoccanoClient, project: Mapping[str, Any], sentences: Iterator[Sentence], *, timeout: float
) -> Iterator[int]:
    """Upload the sentences, a thousand at a time, and yield how many have arrived so far.

    An upload that is too large for the server or a proxy is halved. `timeout` is in seconds, for each upload.
    """
    count = 0
    while chunk := list(islice(sentences, CHUNK)):
        _send_chunk(client, project, chunk, timeout)
        yield (count := count + len(chunk))


def _send_chunk(client: DoccanoClient, project: Mapping[str, Any], chunk: Sequence[Sentence], timeout: float) -> None:
    name = secrets.token_hex(4) if any(sentence.spans for sentence in chunk) else PLAIN
    file = (f"{name or 'plain'}.jsonl", to_upload(chunk, upload=name, by_grapheme=project["grapheme_mode"]))
    try:
        started = client.post_doc_upload_binary(project["id"], files=[file])
    except TooLarge as error:
        if len(chunk) == 1:
            raise ParknerError(f"{locate(chunk[0])}: {error}") from error
        half = len(chunk) // 2
        _send_chunk(client, project, chunk[:half], timeout)
        _send_chunk(client, project, chunk[half:], timeout)
        return
    where = address(client, project)
    result = wait_for_task(client, take(started, "task_id", str, address=where), timeout=timeout)
    for refusal in take(result, "error", list, address=where):
        line = take(refusal, "line", int, address=where)
        place = locate(chunk[line - 1]) if 0 < line <= len(chunk) else f"line {line}"
        raise ParknerError(f"{where}: doccano refuses {place}: {refusal.get('message')}")


def remove(client: DoccanoClient, project: Mapping[str, Any], copies: Sequence[Copy]) -> None:
    """Delete these copies from the project."""
    url = urljoin(client.baseurl, f"v1/projects/{project['id']}/examples")
    numbers = [copy.example for copy in copies]
    while numbers:  # doccano takes an empty list as an order to delete everything
        client.session.delete(url, json={"ids": numbers[:CHUNK]})
        numbers = numbers[CHUNK:]
