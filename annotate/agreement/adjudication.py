"""Adjudicate readings: sentences on which all agree are accepted, the others go to a review project."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotate.agreement.differences import take_spans, to_differing_places, to_shared_spans
from annotate.agreement.groups import Group, ReadingGroups, to_held
from annotate.agreement.matching import to_agreement
from annotate.agreement.readings import Reading, join_readings
from annotate.pages.markup import to_markup
from annotate.sentence import Sentence
from annotate.spans import Span
from annotate.uid import add_uids, to_uid


class Review(NamedTuple):
    """The accepted sentences; those to decide, lowest agreement first; the comments on each of these, by `uid`."""

    accepted: list[Sentence]
    undecided: list[Sentence]
    comments: dict[str, list[str]]


def adjudicate(grouped: ReadingGroups) -> Review:
    """Accept the sentences on which all readings agree; give each other one the majority's spans (`take_majority`).

    Sentences with the same article and text differ only in their order, so all of them are accepted or none.
    """
    names = grouped.names
    doubtful = {to_uid(held[0]) for held in map(to_held, grouped.groups) if to_differing_places(held)}
    accepted = [accept(names, group) for group in grouped.groups if to_uid(to_held(group)[0]) not in doubtful]
    groups = [group for group in grouped.groups if to_uid(to_held(group)[0]) in doubtful]
    groups.sort(key=to_agreement)
    undecided = list(add_uids(held[0].with_spans(take_majority(held)) for held in map(to_held, groups)))
    comments = [to_comments(names, group) for group in groups]
    uids = [sentence.extra["uid"] for sentence in undecided]
    return Review(accepted, undecided, dict(zip(uids, comments, strict=True)))


def accept(names: Sequence[str], group: Group) -> Sentence:
    """Join equal readings into one sentence, with the names of all annotators and the last confirmation time.

    >>> accept(["li", "zhao", "wang"], (Sentence("甲"), None, Sentence("甲"))).extra
    {'annotator': 'li, wang'}
    """
    readings = [
        Reading(name, True, sentence.with_keys(annotator=sentence.extra.get("annotator", name)))
        for name, sentence in zip(names, group, strict=True)
        if sentence
    ]
    joined, _ = join_readings(readings)
    return joined


def take_majority(readings: Sequence[Sentence]) -> list[Span]:
    """Return the spans of most readings in each place; in a tie, those of the first reading.

    >>> long, short = (Sentence("东湖光谷见", (Span(start, 4, "PARK"),)) for start in (0, 2))
    >>> take_majority([long, short, Sentence("东湖光谷见"), Sentence("东湖光谷见")]), take_majority([long, short])
    ([], [Span(start=0, end=4, label='PARK')])
    """
    spans = list(to_shared_spans(readings))
    for place in to_differing_places(readings):
        versions = Counter(take_spans(reading, *place) for reading in readings)
        spans += versions.most_common(1)[0][0]
    return sorted(spans)


def to_comments(names: Sequence[str], group: Group) -> list[str]:
    """List each reading of a sentence as marked text, after its name.

    >>> to_comments(["li", "wang"], (Sentence("光谷见", (Span(0, 2, "PARK"),)), Sentence("光谷见")))
    ['li: [光谷](PARK)见', 'wang: 光谷见']
    """
    return [
        f"{name}: {to_markup(sentence.text, sentence.spans)}"
        for name, sentence in zip(names, group, strict=True)
        if sentence
    ]


def add_accepted(before: Iterable[Sentence], accepted: Iterable[Sentence]) -> list[Sentence]:
    """Add the accepted sentences to those of a file. If both have a sentence, the one confirmed last stays.

    >>> decided = Sentence("光谷见", (Span(0, 2, "PARK"),), "a", 1, {"confirmed_at": "2026-11-22T08:00:00Z"})
    >>> [len(sentence.spans) for sentence in add_accepted([decided], [Sentence("光谷见", (), "a", 1)])]
    [1]
    """
    found = {sentence.extra["uid"]: sentence for sentence in add_uids(before)}
    for sentence in add_uids(accepted):
        old = found.setdefault(sentence.extra["uid"], sentence)
        if sentence.extra.get("confirmed_at", "") >= old.extra.get("confirmed_at", ""):
            found[sentence.extra["uid"]] = sentence
    return list(found.values())
