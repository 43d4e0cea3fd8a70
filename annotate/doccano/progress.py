"""How far a project is, and what each person has done in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.doccano.client import list_all, take
from annotate.doccano.confirmations import list_confirmations
from annotate.doccano.members import list_members, list_users

Project = Mapping[str, Any]
"""A project as doccano describes it."""


class Total(NamedTuple):
    """The sentences of a project, those confirmed (None where all members confirm for themselves), and its people."""

    sentences: int
    confirmed: int | None
    people: int


class Part(NamedTuple):
    """What one person has done in a project: role, sentences there, confirmed ones and when, spans by label.

    Without a role there are no sentences for them. `times` is empty where one may not see them; `spans` is None where
    doccano cannot count them.
    """

    person: str
    roles: frozenset[str]
    sentences: int
    done: int
    times: tuple[datetime, ...]
    spans: Counter[str] | None


def read_total(client: DoccanoClient, project: Project) -> Total:
    """How far a project is."""
    confirmed = _count(client, project, confirmed=True) if project["collaborative_annotation"] else None
    return Total(_count(client, project), confirmed, len(count_done(client, project)))


def _count(client: DoccanoClient, project: Project, **filters: Any) -> int:
    endpoint = f"v1/projects/{project['id']}/examples"
    return take(client.get(endpoint, {"limit": 1, **filters}), "count", int, address=urljoin(client.baseurl, endpoint))


def read_parts(client: DoccanoClient, project: Project) -> list[Part]:
    """What each person has done in a project. When each sentence was confirmed takes a request of its own."""
    members = {member.name: member.role for member in list_members(client, project)}
    sentences, done = _count(client, project), count_done(client, project)
    times: defaultdict[str, list[datetime]] = defaultdict(list)
    for person, time in read_confirmations(client, project):
        times[person].append(time)
    # doccano fails at a span of somebody who is no member any more
    spans = count_spans(client, project) if done.keys() <= members.keys() else None
    return [
        Part(
            person,
            frozenset({members[person]} if person in members else ()),
            sentences if person in members else 0,
            number,
            tuple(times[person]),
            None if spans is None else spans[person],
        )
        for person, number in done.items()
    ]


def count_done(client: DoccanoClient, project: Project) -> dict[str, int]:
    """How many sentences of a project each person has confirmed: every member, and who was one."""
    endpoint = f"v1/projects/{project['id']}/metrics/member-progress"
    where = urljoin(client.baseurl, endpoint)
    rows = take(client.get(endpoint), "progress", list, address=where)
    return {take(row, "user", str, address=where): take(row, "done", int, address=where) for row in rows}


def count_spans(client: DoccanoClient, project: Project) -> defaultdict[str, Counter[str]]:
    """How many spans of each label each member has set; those that were pushed are his who pushed them."""
    endpoint = f"v1/projects/{project['id']}/metrics/span-distribution"
    answer, where = client.get(endpoint), urljoin(client.baseurl, endpoint)
    counts = {person: Counter(take(answer, person, dict, address=where)) for person in answer}
    return defaultdict(Counter, counts)


def read_confirmations(client: DoccanoClient, project: Project) -> Iterator[tuple[str, datetime]]:
    """Yield who confirmed a sentence of a project and when, for each; nothing where all confirm for themselves."""
    if not project["collaborative_annotation"]:
        return
    names = {number: name for name, number in list_users(client).items()}
    endpoint = f"v1/projects/{project['id']}/examples"
    for example in list_all(client, endpoint, confirmed=True):
        number = take(example, "id", int, address=urljoin(client.baseurl, endpoint))
        for confirmation in list_confirmations(client, project, number):
            yield names.get(confirmation.user, f"user {confirmation.user}"), confirmation.at


def join_parts(parts: Iterable[Part]) -> list[Part]:
    """What each person has done in several projects together, those who did most first.

    >>> li = Part("li", frozenset({"annotator"}), 10, 2, (), Counter(PARK=1))
    >>> [(part.sentences, part.done, part.spans) for part in join_parts([li, li])]
    [(20, 4, Counter({'PARK': 2}))]
    """
    groups: defaultdict[str, list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.person].append(part)
    joined = [_add_up(person, group) for person, group in groups.items()]
    return sorted(joined, key=lambda part: (-part.done, part.person))


def _add_up(person: str, parts: list[Part]) -> Part:
    counts = [part.spans for part in parts if part.spans is not None]
    return Part(
        person,
        frozenset().union(*(part.roles for part in parts)),
        sum(part.sentences for part in parts),
        sum(part.done for part in parts),
        tuple(time for part in parts for time in part.times),
        sum(counts, Counter()) if len(counts) == len(parts) else None,
    )
