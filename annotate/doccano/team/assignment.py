"""Who gets which sentences: a lasting split by weight, and a project for each person that holds their share."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

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
from annotate.uid import recognise_old_uid, to_first, to_old_uid, to_uid

UNDIVIDED = ""  # in place of a person, for the project of the name itself; no user is called that


class Holders(NamedTuple):
    """Who has each sentence, people or UNDIVIDED, and by which uid of old some were drawn for; by the uid of today."""

    held: Mapping[str, set[str]]
    drawn: Mapping[str, str]


def split(
    sentences: Iterable[Sentence],
    weights: Mapping[str, float],
    *,
    overlap: float = 0,
    held: Mapping[str, set[str]] | None = None,
    drawn: Mapping[str, str] | None = None,
) -> dict[str, list[Sentence]]:
    """The sentences of each person, in the order given: their share by weight, and those that everybody gets.

    `overlap` is the share of the sentences, 0 to 1, that everybody gets. Each sentence is drawn for by its uid alone:
    the shares are right in the long run, and no sentence changes hands when the file grows. What somebody has already
    (`held`: people by uid) stays theirs when people are added or leave. What was drawn for by a uid of old (`drawn`, by
    uid) is drawn for by it again. `fetch_holders` finds both.

    >>> sentences = [Sentence(f"第{number}句。", article="a", number=number) for number in range(100)]
    >>> {person: len(share) for person, share in split(sentences, {"li": 2, "wang": 1}, overlap=0.1).items()}
    {'li': 69, 'wang': 41}
    """
    shares: dict[str, list[Sentence]] = {person: [] for person in weights}
    for sentence in sentences:
        uid = to_uid(sentence)  # that of the first, if there are several alike: they stay together
        key, holders = (drawn or {}).get(uid, uid), (held or {}).get(uid, set())
        for person in _draw_people(key, weights, overlap=overlap, holders=holders):
            shares[person].append(sentence)
    return shares


def _draw_people(uid: str, weights: Mapping[str, float], *, overlap: float, holders: set[str]) -> Iterable[str]:
    """Everybody, or else who has the sentence already, or else who draws best for it, the weight being the odds."""
    if _draw(uid) < overlap and UNDIVIDED not in holders:
        return weights
    if holders:
        return holders & weights.keys()
    return [max(weights, key=lambda person: math.log(_draw(uid, person)) / weights[person])]


def _draw(*key: str) -> float:
    """A number above 0, at most 1, that is as good as random but always the same for this key."""
    return (int.from_bytes(blake2b("\0".join(key).encode(), digest_size=8).digest()) + 1) / 2**64


def assign(
    client: DoccanoClient,
    name: str,
    sentences: Iterable[Sentence],
    *,
    weights: Mapping[str, float],
    overlap: float = 0,
    holders: Holders,
    timeout: float,
    tell: Callable[[str], object] = lambda _: None,
) -> Iterator[tuple[str, Pushed | None]]:
    """Push the share of each person to a project of their own; yield its name, `NAME · PERSON`, and what went there.

    None goes to somebody for whom nothing is left; their project is not made. Only with projects apart do two people
    read a sentence independently: in one that shares its labels they would correct the same spans. To run it again
    completes it, or adds what a grown file has more. `holders` come from `fetch_holders`; `timeout` and `tell` are
    those of `push`. Raises ParknerError for an unknown user, and for a sentence that doccano would mangle, before
    anything is sent.
    """
    checked = [check_for_doccano(sentence) for sentence in sentences]
    look_up_users(client, weights)
    shares = split(checked, weights, overlap=overlap, held=holders.held, drawn=holders.drawn)
    for person, share in shares.items():
        batch = to_batch(name, person)
        pushed = push(client, batch, share, timeout=timeout, tell=tell) if share else None
        if pushed:
            hand_over(client, get_project(client, batch), person)
        yield batch, pushed


def fetch_holders(client: DoccanoClient, name: str, *, timeout: float) -> Holders:
    """Who has what in the batches of this name, UNDIVIDED in the project of the name itself.

    `timeout` is what doccano's worker may take for a task, in seconds.
    """
    held: defaultdict[str, set[str]] = defaultdict(set)
    drawn: dict[str, str] = {}
    undivided = look_up_project(client, name)
    for person, project in (list_batches(client, name) | ({UNDIVIDED: undivided} if undivided else {})).items():
        for _, row in export(client, project, timeout=timeout):
            sentence = read_row(row)
            old, uid = recognise_old_uid(sentence), to_uid(sentence)
            if old is None:
                uid = to_first(str(sentence.extra["uid"]))
            elif "uid" in sentence.extra:
                drawn[uid] = to_old_uid(sentence).uid
            held[uid].add(person)
    return Holders(held, drawn)


def leave_out(sentences: Iterable[Sentence], held: Mapping[str, set[str]]) -> Iterator[Sentence]:
    """Yield the sentences that no batch holds, or that the undivided project holds too (`held`, by `fetch_holders`).

    >>> list(leave_out([Sentence("甲"), Sentence("乙")], {to_uid(Sentence("甲")): {"li"}}))
    [Sentence(text='乙', spans=(), article='', number=0, extra={})]
    """
    for sentence in sentences:
        people = held.get(to_uid(sentence), set())
        if not people or UNDIVIDED in people:
            yield sentence


def describe_held(
    name: str, sentences: Iterable[Sentence], held: Mapping[str, set[str]], *, besides: Container[str]
) -> Iterator[str]:
    """Yield a line for each project of this name that keeps some of the sentences: those that nobody `besides` has.

    >>> held = {to_uid(Sentence("甲")): {"zhao"}, to_uid(Sentence("乙")): {"li"}}
    >>> list(describe_held("园区新闻", [Sentence("甲"), Sentence("乙")], held, besides=["li"]))
    ['1 sentences stay in 园区新闻 · zhao, where they are already: give another --project to have them annotated again']
    """
    holders = [held.get(to_uid(sentence), set()) for sentence in sentences]
    kept = Counter(person for people in holders if not any(map(besides.__contains__, people)) for person in people)
    for person, count in sorted(kept.items()):
        project = name if person == UNDIVIDED else to_batch(name, person)
        yield (
            f"{count} sentences stay in {project}, where they are already: "
            "give another --project to have them annotated again"
        )


def hand_over(client: DoccanoClient, project: Mapping[str, Any], person: str) -> None:
    """Make a person a member of a project, an annotator unless they have a role, who sees all its sentences.

    A doccano that knows assignments shows annotators only what is assigned to them: there all is that is not yet.
    """
    if person not in {member.name for member in list_members(client, project)}:
        set_roles(client, project, [person], role=ANNOTATOR)
    if has_assignments(client, project):
        (member,) = (member.id for member in list_members(client, project) if member.name == person)
        workload = {"strategy_name": "weighted_sequential", "workloads": [{"member_id": member, "weight": 100}]}
        # the answer is empty, which is no JSON
        client.post(f"v1/projects/{project['id']}/assignments/bulk_assign", json=workload, as_json=False)
