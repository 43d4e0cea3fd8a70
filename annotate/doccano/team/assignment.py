"""Assign sentences to people: a stable split by weight, and a project for each person's share."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from doccano_client import DoccanoClient

from annotate.doccano.api.client import get_project, look_up_project
from annotate.doccano.api.users import look_up_users
from annotate.doccano.export import export
from annotate.doccano.push import Pushed, push
from annotate.doccano.row_format import check_for_doccano, read_row
from annotate.doccano.setup import has_assignments
from annotate.doccano.team.batches import list_batches, to_batch
from annotate.doccano.team.members import ANNOTATOR, list_members, set_roles
from annotate.sentence import Sentence
from annotate.uid import to_first, to_uid

UNDIVIDED = ""  # stands for the project of the name itself instead of a person; no user can have this name


Holders = Mapping[str, set[str]]
"""Who has each sentence, people or UNDIVIDED, by uid."""


def split(
    sentences: Iterable[Sentence],
    weights: Mapping[str, float],
    *,
    overlap: float = 0,
    held: Holders | None = None,
) -> dict[str, list[Sentence]]:
    """Split sentences among people by weight; each share is in the given order.

    `overlap` is the share of the sentences, 0 to 1, that everybody gets. The draw for a sentence depends only on its
    uid: the shares are right on average, and no sentence changes hands when the file grows. A sentence that somebody
    already has (`held`, from `fetch_holders`) stays with them when people are added or leave.

    >>> sentences = [Sentence(f"第{number}句。", article="a", number=number) for number in range(100)]
    >>> {person: len(share) for person, share in split(sentences, {"li": 2, "wang": 1}, overlap=0.1).items()}
    {'li': 69, 'wang': 41}
    """
    shares: dict[str, list[Sentence]] = {person: [] for person in weights}
    for sentence in sentences:
        uid = to_uid(sentence)  # repeats of a sentence have the uid of the first: they stay together
        for person in _draw_people(uid, weights, overlap=overlap, holders=(held or {}).get(uid, set())):
            shares[person].append(sentence)
    return shares


def _draw_people(uid: str, weights: Mapping[str, float], *, overlap: float, holders: set[str]) -> Iterable[str]:
    """Choose who gets a sentence: everybody if in the overlap, else its holders, else a person drawn by weight."""
    if _draw(uid) < overlap and UNDIVIDED not in holders:
        return weights
    if holders:
        return holders & weights.keys()
    return [max(weights, key=lambda person: math.log(_draw(uid, person)) / weights[person])]


def _draw(*key: str) -> float:
    """Return a pseudo-random number above 0, at most 1, that is always the same for this key."""
    return (int.from_bytes(blake2b("\0".join(key).encode(), digest_size=8).digest()) + 1) / 2**64


def assign(
    client: DoccanoClient,
    name: str,
    sentences: Iterable[Sentence],
    *,
    weights: Mapping[str, float],
    overlap: float = 0,
    held: Holders,
    timeout: float,
    tell: Callable[[str], object] = lambda _: None,
) -> Iterator[tuple[str, Pushed | None]]:
    """Push each person's share to their own project; yield its name, `NAME · PERSON`, and what was pushed.

    A person without sentences gets no project; the result is None. Two people can read a sentence independently only in
    separate projects: in one with shared labels they would correct the same spans. A second run completes the first, or
    adds what is new in the file. `held` comes from `fetch_holders`; `timeout` and `tell` are those of `push`. Before
    anything is sent, raises ParknerError for an unknown user, and for a sentence that doccano would change.
    """
    checked = [check_for_doccano(sentence) for sentence in sentences]
    look_up_users(client, weights)
    shares = split(checked, weights, overlap=overlap, held=held)
    for person, share in shares.items():
        batch = to_batch(name, person)
        pushed = push(client, batch, share, timeout=timeout, tell=tell) if share else None
        if pushed:
            hand_over(client, get_project(client, batch), person)
        yield batch, pushed


def fetch_holders(client: DoccanoClient, name: str, *, timeout: float) -> Holders:
    """Find who has which sentences in the batches of this name. UNDIVIDED has those in the project `name` itself.

    `timeout` is the limit for a task of doccano's worker, in seconds.
    """
    held: defaultdict[str, set[str]] = defaultdict(set)
    undivided = look_up_project(client, name)
    for person, project in (list_batches(client, name) | ({UNDIVIDED: undivided} if undivided else {})).items():
        for _, row in export(client, project, timeout=timeout):
            sentence = read_row(row)
            uid = sentence.extra.get("uid")
            held[to_first(str(uid)) if uid else to_uid(sentence)].add(person)
    return held


def leave_out(sentences: Iterable[Sentence], held: Holders) -> Iterator[Sentence]:
    """Yield the sentences that no batch has, or that the undivided project has too. `fetch_holders` finds `held`.

    >>> list(leave_out([Sentence("甲"), Sentence("乙")], {to_uid(Sentence("甲")): {"li"}}))
    [Sentence(text='乙', spans=(), article='', number=0, extra={})]
    """
    for sentence in sentences:
        people = held.get(to_uid(sentence), set())
        if not people or UNDIVIDED in people:
            yield sentence


def describe_held(name: str, sentences: Iterable[Sentence], held: Holders, *, besides: Container[str]) -> Iterator[str]:
    """Yield a line for each project that keeps some of the sentences; not those that somebody in `besides` has.

    >>> held = {to_uid(Sentence("甲")): {"zhao"}, to_uid(Sentence("乙")): {"li"}}
    >>> list(describe_held("园区新闻", [Sentence("甲"), Sentence("乙")], held, besides=["li"]))
    ['1 sentences are already in 园区新闻 · zhao and stay there: give another --project to annotate them again']
    """
    holders = [held.get(to_uid(sentence), set()) for sentence in sentences]
    kept = Counter(person for people in holders if not any(map(besides.__contains__, people)) for person in people)
    for person, count in sorted(kept.items()):
        project = name if person == UNDIVIDED else to_batch(name, person)
        yield (
            f"{count} sentences are already in {project} and stay there: give another --project to annotate them again"
        )


def hand_over(client: DoccanoClient, project: Mapping[str, Any], person: str) -> None:
    """Make a person a member of a project, as annotator unless they have a role, and let them see all its sentences.

    A doccano with assignments shows annotators only the sentences assigned to them: there, assign all unassigned ones.
    """
    if person not in {member.name for member in list_members(client, project)}:
        set_roles(client, project, [person], role=ANNOTATOR)
    if has_assignments(client, project):
        (member,) = (member.id for member in list_members(client, project) if member.name == person)
        workload = {"strategy_name": "weighted_sequential", "workloads": [{"member_id": member, "weight": 100}]}
        # the answer is empty, so it is not JSON
        client.post(f"v1/projects/{project['id']}/assignments/bulk_assign", json=workload, as_json=False)
