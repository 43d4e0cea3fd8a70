"""Send sentences to doccano, each once: what the project lacks is sent, then its content is compared with the file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from doccano_client import DoccanoClient

from annotate.doccano.api.client import Project, address
from annotate.doccano.export import export
from annotate.doccano.inventory import (
    Copy,
    Digest,
    Inventory,
    count_changed,
    count_spans,
    digest_all,
    fetch_inventory,
    find_doubles,
    find_half_there,
    find_not_as_sent,
    forget,
)
from annotate.doccano.row_format import check_for_doccano, is_shifted, to_task
from annotate.doccano.setup import add_labels, has_assignments, open_project
from annotate.doccano.upload import remove, send
from annotate.errors import ParknerError
from annotate.sentence import Sentence, locate
from annotate.sentence_store import SentenceStore, store_sentences
from annotate.uid import add_uids

SHOWN = 20  # places named in an error
Wanted = Mapping[str, Digest]
"""The digest of each sentence of the file, by uid."""


class Pushed(NamedTuple):
    """The address of the project, the number of sentences and spans, and warnings for a person, one a line.

    `sent` of the sentences are new there; of the others, `changed` have other spans there than in the file.
    """

    where: str
    sentences: int
    spans: int
    sent: int
    changed: int
    warnings: list[str]


def push(
    client: DoccanoClient,
    name: str,
    sentences: Iterable[Sentence],
    *,
    timeout: float,
    tell: Callable[[str], object] = lambda _: None,
) -> Pushed:
    """Send the sentences to a project, as `push_tasks` does.

    All of them are read and checked before anything is sent. Raises ParknerError for one that doccano would change or
    drop.
    """
    tasks = store_tasks(map(check_for_doccano, sentences))
    return push_tasks(client, name, tasks, timeout=timeout, tell=tell)


def store_tasks(sentences: Iterable[Sentence]) -> SentenceStore:
    """The sentences as they go to doccano: each with its `uid`, and without what an earlier pull said of it."""
    return store_sentences(add_uids(map(to_task, sentences)))


def push_tasks(
    client: DoccanoClient,
    name: str,
    tasks: SentenceStore,
    *,
    timeout: float,
    tell: Callable[[str], object] = lambda _: None,
) -> Pushed:
    """Send the tasks that the project of this name lacks, and make the project if it does not exist.

    A task is known by its `uid`. A task that the project has stays as people left it. A task that is there twice, or
    that lost its spans because an upload broke off, is repaired unless somebody has worked on it.
    The project is exported before and after: two exports, and two more for a repair. `timeout` is how long doccano's
    worker may take for a job, in seconds; `tell` gets the progress. Raises ParknerError when the project does not hold
    what was sent.
    """
    project = open_project(client, name)
    add_labels(client, project)
    tell("looking at what is there")
    wanted = digest_all(tasks)
    held = fetch_inventory(client, project, timeout=timeout)
    held = drop(client, project, partial(find_half_there, wanted=wanted), held=held, timeout=timeout)
    fresh = wanted.keys() - held.keys()
    lacking = (task for task in tasks if task.extra["uid"] in fresh)
    check_counting(client, project, (task for task in tasks if task.extra["uid"] in fresh))
    for count in send(client, project, lacking, timeout=timeout):
        tell(f"{count} of {len(fresh)} sentences sent")
    if fresh:
        tell("looking at what has arrived")
        held = fetch_inventory(client, project, timeout=timeout)
    held = drop(client, project, partial(find_doubles, wanted=wanted), held=held, timeout=timeout)
    compare(client, project, tasks, wanted=wanted, held=held, fresh=fresh, timeout=timeout)
    return Pushed(
        address(client, project),
        len(wanted),
        count_spans(_find_stored(wanted, held)),
        len(fresh),
        count_changed(held, wanted),
        list(list_warnings(client, project, tasks, held=held)),
    )


def check_counting(client: DoccanoClient, project: Project, tasks: Iterable[Sentence]) -> None:
    """Raise ParknerError for a sentence whose spans the project would shift, so that `pull` could not fetch them."""
    for task in tasks:
        if project["grapheme_mode"] and is_shifted(task.text):
            raise ParknerError(
                f"{locate(task)}: its spans would go wrong in {address(client, project)}: push to another project, or, "
                "while that one is empty, switch off 'Count grapheme clusters as one character' in its settings"
            )


def drop(
    client: DoccanoClient,
    project: Project,
    find: Callable[..., Iterator[Copy]],
    *,
    held: Inventory,
    timeout: float,
) -> Inventory:
    """Remove the copies that `find` yields, and return what the project holds then.

    The export of what is confirmed takes long: it is asked for only when something is found. People may have worked
    meanwhile, so the project is looked at again before anything goes.
    """
    if not any(True for _ in find(held, confirmed=())):
        return held
    confirmed = list_confirmed(client, project, timeout=timeout)
    held = fetch_inventory(client, project, timeout=timeout)
    gone = list(find(held, confirmed=confirmed))
    remove(client, project, gone)
    return forget(held, gone)


def list_confirmed(client: DoccanoClient, project: Project, *, timeout: float) -> set[int]:
    """The examples that somebody has confirmed; `timeout` is in seconds."""
    return {row["id"] for _, row in export(client, project, confirmed_only=True, timeout=timeout)}


def compare(
    client: DoccanoClient,
    project: Project,
    tasks: Iterable[Sentence],
    *,
    wanted: Wanted,
    held: Inventory,
    fresh: Iterable[str],
    timeout: float,
) -> None:
    """Raise ParknerError, with a list, unless all tasks are there and the new ones are as we sent them."""
    find = partial(find_not_as_sent, held, wanted, fresh=set(fresh))
    different = dict(find(confirmed=()))
    if different:
        different = dict(find(confirmed=list_confirmed(client, project, timeout=timeout)))
    places = [
        f"{locate(task)} {different[uid]}" for task in tasks if different and (uid := task.extra["uid"]) in different
    ]
    if places:
        more = [f"and {len(places) - SHOWN} more"] if len(places) > SHOWN else []
        stored = list(_find_stored(wanted, held))
        raise ParknerError(
            f"{address(client, project)}: sent {len(wanted)} sentences, {count_spans(wanted.values())} spans; "
            f"stored {len(stored)} sentences, {count_spans(stored)} spans; {'; '.join(places[:SHOWN] + more)}"
        )


def _find_stored(wanted: Wanted, held: Inventory) -> Iterator[Digest]:
    return (copies[0].digest for uid in wanted if (copies := held.get(uid)))


def list_warnings(
    client: DoccanoClient, project: Project, tasks: Iterable[Sentence], *, held: Inventory
) -> Iterator[str]:
    """Yield warnings about the sentences that the project holds."""
    for task in tasks:
        copies = held[task.extra["uid"]]
        if len(copies) > 1:
            examples = ", ".join(str(copy.example) for copy in copies)
            yield f"{locate(task)}: people have worked on {len(copies)} copies of it: {examples}"
        if project["grapheme_mode"] and is_shifted(task.text):
            yield f"{locate(task)}: doccano's page shows its labels shifted"
    if has_assignments(client, project):
        yield (
            f"{address(client, project)}: this doccano shows annotators only what is assigned to them: "
            "assign it there, or use `parkner project assign`"
        )
