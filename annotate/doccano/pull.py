"""Fetch what people labelled in one doccano project or several, each sentence once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from doccano_client import DoccanoClient

from annotate.agreement.readings import Reading
from annotate.doccano.api.client import Project, address, get_project
from annotate.doccano.api.users import list_users
from annotate.doccano.confirmations import list_confirmations
from annotate.doccano.export import export
from annotate.doccano.identity import export_identified
from annotate.doccano.reading_store import FILE, ReadingStore
from annotate.doccano.row_format import is_shifted, to_reading
from annotate.errors import ParknerError
from annotate.record_checks import find_problems, find_wrong_keys
from annotate.sentence import Sentence, locate
from annotate.sentence_store import SentenceStore
from annotate.settings import load_labels
from annotate.uid import add_uids, is_uid


class Pulled(NamedTuple):
    """The readings that came, and each sentence once, the articles in the order in which they came.

    `faults`, `differences` between people's readings and `warnings` are lines for a person to read; `trimmed` counts
    the spans that lost blanks or punctuation at their edges.
    """

    readings: ReadingStore
    sentences: SentenceStore
    trimmed: int
    faults: list[str]
    differences: list[str]
    warnings: list[str]


class Row(NamedTuple):
    """An exported row with its user, and whether and when that user confirmed it."""

    user: str
    confirmed: bool
    at: datetime | None
    row: Mapping[str, Any]


def pull(
    client: DoccanoClient,
    *names: str,
    everything: bool = False,
    since: datetime | None = None,
    base: Iterable[Sentence] = (),
    timeout: float,
    tell: Callable[[str], object] = lambda _: None,
) -> Pulled:
    """Fetch the confirmed sentences of the projects of these names, or everything.

    A sentence that several people or projects have comes once (`join_readings`). `since` leaves out what was confirmed
    earlier. The sentences of `base` stay unless doccano has the same ones. `timeout` is how long doccano's worker may
    take for a job, in seconds; `tell` gets the progress. Raises ParknerError for a project that is missing or empty.
    """
    readings, trimmed, doubtful = ReadingStore(), 0, list[str]()
    for sentence in add_uids(base):
        readings.add(Reading(FILE, False, sentence))
    for name in names:
        project = get_project(client, name)
        where, count = address(client, project), 0
        for row in fetch(client, project, everything=everything, since=since, timeout=timeout):
            try:
                reading, cut = to_reading(row.row, row.user, confirmed=row.confirmed, confirmed_at=row.at)
            except ValueError as error:
                raise ParknerError(f"{where}: example {row.row['id']}: {error}") from error
            readings.add(reading)
            count, trimmed = count + 1, trimmed + cut
            if project["grapheme_mode"] and reading.sentence.spans and is_shifted(reading.sentence.text):
                doubtful.append(
                    f"{locate(reading.sentence)}: may have its spans shifted, as the project counts grapheme clusters "
                    "as one character: compare them with doccano's page; it needs a project without that setting"
                )
            tell(f"{name}: {count} sentences")
        if not count and since is None:
            state = "is empty" if everything else "has nothing confirmed yet; --all takes unconfirmed ones"
            raise ParknerError(f"{where}: the project {state}")
    if not readings.order:
        raise ParknerError(f"{client.baseurl}: nothing has been confirmed since; nothing is written")
    return _join(readings, trimmed=trimmed, doubtful=doubtful)


def fetch(
    client: DoccanoClient, project: Project, *, everything: bool = False, since: datetime | None = None, timeout: float
) -> Iterator[Row]:
    """Yield the confirmed rows of a project, or all, with the user who confirmed each and the time.

    Only a project that shares its labels knows the time. In other projects each user has rows of his own.
    """
    shared = project["collaborative_annotation"]
    if since and not shared:
        raise ParknerError(
            f"{address(client, project)}: has no times, because its labels are not shared: pull without --since"
        )
    names = {number: name for name, number in list_users(client).items()}
    sure = {
        (user, row["id"])
        for user, row in (export(client, project, confirmed_only=True, timeout=timeout) if everything else ())
    }
    for user, row in export_identified(client, project, confirmed_only=not everything, timeout=timeout):
        confirmed, at = not everything or (user, row["id"]) in sure, None
        if shared:
            user = project["name"]
        if shared and confirmed:
            last = max(list_confirmations(client, project, row["id"]), default=None)
            confirmed = last is not None  # or the confirmation has just been taken back
            if last:
                at, user = last.at, names.get(last.user, f"user {last.user}")
        if (confirmed or everything) and (since is None or (at and at >= since)):
            yield Row(user, confirmed, at, row)


def _join(readings: ReadingStore, *, trimmed: int, doubtful: list[str]) -> Pulled:
    """Make one sentence of the readings of it, for all sentences, and note what a person should look at."""
    ours = {label.name for label in load_labels()}
    commented, foreign = 0, Counter[str]()
    sentences = SentenceStore()
    faults: list[str] = []
    differences: list[str] = []
    warnings: list[str] = []
    for sentence, remarks in readings.join():
        sentences.add(sentence)
        foreign.update(span.label for span in sentence.spans if span.label not in ours)
        known = sentence.with_spans(span for span in sentence.spans if span.label in ours)
        problems = [*find_problems(known), *find_wrong_keys(sentence.extra)]
        if not is_uid(sentence.extra["uid"], sentence):
            problems.append("its text or article is not what was sent: somebody has changed it in doccano")
        faults += [f"{locate(sentence)}: {problem}" for problem in problems]
        differences += [f"{locate(sentence)}: {remark}" for remark in remarks]
        commented += "comments" in sentence.extra
    for label, count in sorted(foreign.items()):
        hint = "if somebody renamed one in doccano, rename it back"
        faults.insert(0, f"{count} spans have the label {label}, which is not one of {', '.join(sorted(ours))}: {hint}")
    if commented:
        warnings.append(f'{commented} sentences have comments, in their key "comments"')
    return Pulled(readings, sentences, trimmed, doubtful + faults, differences, warnings)
