"""What is accepted of several readings, and what is left to decide."""

import pytest
from doccano_client import DoccanoClient
from hypothesis import given
from hypothesis import strategies as st

from annotate.agreement.adjudication import add_accepted, adjudicate, take_majority
from annotate.agreement.groups import ReadingGroups, group_readings
from annotate.doccano.team.comments import post_comments
from annotate.errors import ParknerError
from annotate.pages.markup import from_markup
from annotate.sentence import Sentence
from annotate.spans import Span, find_overlaps, keep_first
from tests.readings import LI, WANG, read

TEXT = "园" * 12


def collate_all(*readings: list[Sentence]) -> ReadingGroups:
    return group_readings(dict(zip(("li", "wang", "zhao"), readings, strict=False)))


def test_what_all_have_alike_is_accepted() -> None:
    li = read(*LI, annotator="li", confirmed_at="2026-11-20T08:00:00Z", published="2024-05-06", comments=["存疑"])
    wang = read(*WANG, annotator="wang", confirmed_at="2026-11-21T08:00:00Z", published="2024-05-06")
    grouped = collate_all(li, wang)
    accepted, undecided, _ = adjudicate(grouped)
    assert [(sentence.text, sentence.spans) for sentence in accepted] == [(li[n].text, li[n].spans) for n in (0, 3)]
    assert accepted[0].extra == {
        "annotator": "li, wang",
        "confirmed_at": "2026-11-21T08:00:00Z",
        "published": "2024-05-06",
        "comments": ["存疑"],
        "uid": grouped.groups[0][1].extra["uid"],
    }
    assert [sentence.text for sentence in undecided] == [li[1].text, li[2].text]


def test_what_is_undecided_has_a_comment_for_each_who_read_it() -> None:
    _, undecided, comments = adjudicate(collate_all(read(*LI), read(*WANG)))
    assert comments == {
        undecided[0].extra["uid"]: [f"li: {LI[1]}", f"wang: {WANG[1]}"],
        undecided[1].extra["uid"]: [f"li: {LI[2]}", f"wang: {WANG[2]}"],
    }


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (["[甲](ORG)乙", "甲乙"], "[甲](ORG)乙"),
        (["甲乙", "[甲](ORG)乙"], "甲乙"),
        (["甲乙", "[甲](ORG)乙", "[甲](ORG)乙"], "[甲](ORG)乙"),
        (["[甲](ORG)乙", "[甲乙](ORG)", "甲[乙](ORG)"], "[甲](ORG)乙"),
        (["[甲](ORG)乙[丙](DATE)", "甲乙[丙](DATE)", "甲乙[丙](DATE)"], "甲乙[丙](DATE)"),
    ],
)
def test_the_suggestion_is_what_most_have(readings: list[str], expected: str) -> None:
    assert take_majority(read(*readings)) == from_markup(expected)[1]


span = st.builds(
    lambda start, length, label: Span(start, min(start + length, 12), label),
    st.integers(0, 11),
    st.integers(1, 5),
    st.sampled_from(["PARK", "ORG"]),
)
sentence = st.lists(span, max_size=5).map(lambda spans: Sentence(TEXT, tuple(keep_first(spans))))


@given(st.lists(sentence, min_size=2, max_size=5))
def test_suggestions_are_somebodys_and_do_not_overlap(readings: list[Sentence]) -> None:
    spans = take_majority(readings)
    assert not list(find_overlaps(spans))
    assert all(any(span in reading.spans for reading in readings) for span in spans)
    assert set(spans) >= {span for span in readings[0].spans if all(span in other.spans for other in readings)}


def test_a_repeated_sentence_is_accepted_with_its_repeats_or_not_at_all() -> None:
    once, other = Sentence("园区见", (Span(0, 2, "PARK"),)), Sentence("园区见")
    found = adjudicate(collate_all([once, once, Sentence("再见")], [once, other, Sentence("再见")]))
    assert [sentence.text for sentence in found.accepted] == ["再见"]
    assert [len(sentence.spans) for sentence in found.undecided] == [1, 1]
    assert len(found.comments) == 2


def test_a_file_keeps_what_else_it_holds() -> None:
    one, other, third = (
        Sentence(TEXT[number:], (), "a", number, {"confirmed_at": "2026-11-22T08:00"}) for number in (1, 2, 3)
    )
    later, earlier = (one.with_spans([], confirmed_at=f"2026-11-{day}T08:00") for day in (23, 21))
    texts = [
        [(sentence.number, sentence.extra["confirmed_at"][8:10]) for sentence in add_accepted([one, other], accepted)]
        for accepted in ([later, third], [earlier, third])
    ]
    assert texts == [[(1, "23"), (2, "22"), (3, "22")], [(1, "22"), (2, "22"), (3, "22")]]


def test_comments_need_a_project(client: DoccanoClient, name: str) -> None:
    with pytest.raises(ParknerError, match="no project is called"):
        list(post_comments(client, name, {}, timeout=60))
