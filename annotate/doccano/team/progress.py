"""Read the progress of a project, and what each person has done in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin

from doccano_client import DoccanoClient

from annotate.doccano.api.client import Project, address, take
from annotate.doccano.pull import Row, fetch
from annotate.doccano.row_format import read_row
from annotate.doccano.team.members import list_members
from annotate.rules.report import count_corrections, restore
from annotate.sentence import Sentence


class Total(NamedTuple):
    """The sentences of a project, the confirmed ones (None if each member confirms separately), and its people."""

    sentences: int
    confirmed: int | None
    people: int


class Part(NamedTuple):
    """What one person has done in a project: roles, sentences there, confirmed sentences (`done`) and their `times`.

    Without a role, `sentences` is 0. `times` is empty if you may not see them. `spans` are those of the confirmed
    sentences, by label, no matter who set them. `corrections` are the changes that made them from the pre-labels (from
    no spans, if a sentence has no `origin`).
    """

    person: str
    roles: frozenset[str]
    sentences: int
    done: int
    times: tuple[datetime, ...]
    spans: Counter[str]
    corrections: int


def read_total(client: DoccanoClient, project: Project) -> Total:
    """Read the progress of a project."""
    confirmed = _count(client, project, confirmed=True) if project["collaborative_annotation"] else None
    return Total(_count(client, project), confirmed, len(count_done(client, project)))


def _count(client: DoccanoClient, project: Project, **filters: Any) -> int:
    endpoint = f"v1/projects/{project['id']}/examples"
    return take(client.get(endpoint, {"limit": 1, **filters}), "count", int, address=urljoin(client.baseurl, endpoint))


def read_parts(client: DoccanoClient, project: Project, *, timeout: float) -> list[Part]:
    """Read what each person has done in a project. The time of each confirmation takes one request.

    `timeout` is the limit for the export by doccano's worker, in seconds.
    """
    members = {member.name: member.role for member in list_members(client, project)}
    sentences, where = _count(client, project), address(client, project)
    times, corrections = defaultdict[str, list[datetime]](list), Counter[str]()
    spans = defaultdict[str, Counter[str]](Counter)
    for row in fetch(client, project, timeout=timeout):
        before, after = restore_row(row, address=where)
        times[row.user] += [row.at] if row.at else []
        spans[row.user].update(span.label for span in after.spans)
        corrections[row.user] += count_corrections(before, after)
    return [
        Part(
            person,
            frozenset({members[person]} if person in members else ()),
            sentences if person in members else 0,
            number,
            tuple(times[person]),
            spans[person],
            corrections[person],
        )
        for person, number in count_done(client, project).items()
    ]


def restore_row(row: Row, *, address: str) -> tuple[Sentence, Sentence]:
    """Return the sentence of a row with its pre-labels (none without `origin`), and the sentence as people left it.

    Raises ParknerError with the address of the project for a row that is not a record or has a faulty `origin`.
    """
    after = read_row(row.row)
    if "origin" not in after.extra:
        return after.with_spans(()), after
    return restore(after, address=f"{address}: example {row.row['id']}"), after


def count_done(client: DoccanoClient, project: Project) -> dict[str, int]:
    """Count the sentences that each present or former member of a project has confirmed."""
    endpoint = f"v1/projects/{project['id']}/metrics/member-progress"
    where = urljoin(client.baseurl, endpoint)
    rows = take(client.get(endpoint), "progress", list, address=where)
    return {take(row, "user", str, address=where): take(row, "done", int, address=where) for row in rows}


def join_parts(parts: Iterable[Part]) -> list[Part]:
    """Add up what each person has done in several projects. Those who did most come first.

    >>> li = Part("li", frozenset({"annotator"}), 10, 2, (), Counter(PARK=1), 3)
    >>> [(part.sentences, part.done, part.spans, part.corrections) for part in join_parts([li, li])]
    [(20, 4, Counter({'PARK': 2}), 6)]
    """
    groups: defaultdict[str, list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.person].append(part)
    joined = [_add_up(person, group) for person, group in groups.items()]
    return sorted(joined, key=lambda part: (-part.done, part.person))


def _add_up(person: str, parts: list[Part]) -> Part:
    return Part(
        person,
        frozenset().union(*(part.roles for part in parts)),
        sum(part.sentences for part in parts),
        sum(part.done for part in parts),
        tuple(time for part in parts for time in part.times),
        sum((part.spans for part in parts), Counter()),
        sum(part.corrections for part in parts),
    )
