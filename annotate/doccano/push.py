"""Sentences to doccano, each once: what the project lacks is sent, and what it holds then is compared with it."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.corpus import Sentence
from annotate.doccano.client import address, take
from annotate.doccano.export import export, wait_for_task
from annotate.doccano.inventory import (
    Copy,
    Inventory,
    Print,
    count_spans,
    find_differences,
    find_doubles,
    find_half_there,
    print_all,
    take_inventory,
    without,
)
from annotate.doccano.rows import is_shifted, locate, to_task, to_upload
from annotate.doccano.setup import add_labels, open_project
from annotate.doccano.transport import TooLarge
from annotate.errors import ParknerError
from annotate.uid import add_uids

CHUNK = 1000  # sentences an upload: as many as doccano commits at once
SHOWN = 5  # places named in an error
Found = TypeVar("Found")


class Pushed(NamedTuple):
    """Where the sentences are, how many with how many spans, how many were sent now, and a line for each oddity."""

    where: str
    sentences: int
    spans: int
    sent: int
    warnings: list[str]


def push(
    client: DoccanoClient,
    name: str,
    sentences: Iterable[Sentence],
    *,
    timeout: float,
    tell: Callable[[str], object] = lambda _: None,
) -> Pushed:
    """Send to the project of this name, which is made if there is none, those of the sentences that it lacks.

    `sentences` is gone through several times. A sentence is known by its `uid`; one that is there stays as people made
    it. What came double, or without its spans by an upload that broke off, is put right unless somebody has worked on
    it. `timeout` is what doccano's worker may take for a task, in seconds; `tell` gets what is going on. Raises
    ParknerError when what the server then holds is not what was sent.
    """
    project = open_project(client, name)
    where = address(client, project)
    warnings = add_labels(client, project)
    confirmed = partial(_find_confirmed, client, project, timeout)
    tell("looking at what is there")
    wanted = print_all(_to_tasks(sentences))
    held = _take_inventory(client, project, timeout)
    half_there = _settle(partial(find_half_there, held, wanted), confirmed)
    held = remove(client, project, half_there, held=held)
    fresh = {uid for uid in wanted if uid not in held}
    lacking = (sentence for sentence in _to_tasks(sentences) if sentence.extra["uid"] in fresh)
    for count in send(client, project, lacking, timeout=timeout):
        tell(f"{count} of {len(fresh)} sentences sent")
    if fresh:
        tell("looking at what has arrived")
        held = _take_inventory(client, project, timeout)
    held = remove(client, project, _settle(partial(find_doubles, held, wanted), confirmed), held=held)
    different = set(_settle(partial(find_differences, held, wanted, fresh=fresh), confirmed))
    if different:
        places = [locate(sentence) for sentence in _to_tasks(sentences) if sentence.extra["uid"] in different]
        raise ParknerError(f"{where}: {_describe(wanted, held)}; see {_join(places)}")
    for sentence in _to_tasks(sentences):
        copies = held[sentence.extra["uid"]]
        if len(copies) > 1:
            examples = ", ".join(str(copy.example) for copy in copies)
            warnings.append(f"{locate(sentence)}: people have worked on {len(copies)} copies of it: {examples}")
        if project["grapheme_mode"] and is_shifted(sentence.text):
            warnings.append(f"{locate(sentence)}: doccano's page shows its labels shifted")
    return Pushed(where, len(wanted), count_spans(wanted.values()), len(fresh), warnings)


def _to_tasks(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    return add_uids(map(to_task, sentences))


def _take_inventory(client: DoccanoClient, project: Mapping[str, Any], timeout: float) -> Inventory:
    return take_inventory(row for _, row in export(client, project, timeout=timeout))


def _find_confirmed(client: DoccanoClient, project: Mapping[str, Any], timeout: float) -> set[int]:
    """The examples that somebody has confirmed."""
    return {row["id"] for _, row in export(client, project, confirmed_only=True, timeout=timeout)}


def _settle(find: Callable[..., Iterator[Found]], confirmed: Callable[[], set[int]]) -> list[Found]:
    """What is found; what has been confirmed, which takes long to ask, is asked only when something is."""
    return list(find(confirmed=())) and list(find(confirmed=confirmed()))


def send(
    client: DoccanoClient, project: Mapping[str, Any], sentences: Iterator[Sentence], *, timeout: float
) -> Iterator[int]:
    """Upload the sentences, a thousand at a time, and yield how many have arrived so far.

    Where the server or a proxy finds that too large, it is halved. `timeout` is in seconds, for each upload.
    """
    count = 0
    while chunk := list(islice(sentences, CHUNK)):
        _send_chunk(client, project, chunk, timeout)
        yield (count := count + len(chunk))


def _send_chunk(client: DoccanoClient, project: Mapping[str, Any], chunk: list[Sentence], timeout: float) -> None:
    name = secrets.token_hex(4)
    file = (f"{name}.jsonl", to_upload(chunk, upload=name, by_grapheme=project["grapheme_mode"]))
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
        line = refusal.get("line") or 0
        place = locate(chunk[line - 1]) if 0 < line <= len(chunk) else f"line {line}"
        raise ParknerError(f"{where}: doccano refuses {place}: {refusal['message']}")


def remove(client: DoccanoClient, project: Mapping[str, Any], copies: list[Copy], *, held: Inventory) -> Inventory:
    """Delete these copies from the project; returns what is left of what it held."""
    if copies:  # without numbers, doccano would delete everything
        url = urljoin(client.baseurl, f"v1/projects/{project['id']}/examples")
        client.session.delete(url, json={"ids": [copy.example for copy in copies]})
    return without(held, copies)


def _describe(wanted: Mapping[str, Print], held: Inventory) -> str:
    """How much of both there is."""
    stored = [copies[0].print for uid in wanted if (copies := held.get(uid))]
    return (
        f"sent {len(wanted)} sentences, {count_spans(wanted.values())} spans; "
        f"stored {len(stored)} sentences, {count_spans(stored)} spans"
    )


def _join(places: list[str]) -> str:
    more = [f"and {len(places) - SHOWN} more"] if len(places) > SHOWN else []
    return "; ".join(places[:SHOWN] + more)
