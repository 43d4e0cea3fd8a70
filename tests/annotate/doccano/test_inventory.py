import json

import pytest

from annotate.doccano.inventory import (
    LEAST,
    NO_SPANS,
    Copy,
    Digest,
    count_changed,
    digest_all,
    find_doubles,
    find_half_there,
    find_not_as_sent,
    to_digest,
)
from annotate.sentence import Sentence
from annotate.spans import Span

LABEL = '[[0, 4, "ORG"]]'
BARE, SENT, OTHER = Digest(b"", NO_SPANS), Digest(b"", LABEL), Digest(b"", '[[0, 2, "ORG"]]')


def copy(example: int, digest: Digest = SENT, *, upload: str = "x", commented: bool = False) -> Copy:
    return Copy(example, upload, digest, commented)


def test_the_order_of_spans_says_nothing_and_the_text_all() -> None:
    spans = (Span(0, 4, "ORG"), Span(6, 12, "PARK"))
    one, other = Sentence("石桥药业落户青芦湾医药港", spans), Sentence("石桥药业落户青芦湾医药港", spans[::-1])
    assert to_digest(one) == to_digest(other)
    assert to_digest(one)._replace(content=b"") == to_digest(Sentence("别的", spans))._replace(content=b"")
    assert to_digest(one) != to_digest(Sentence("别的", spans))
    assert json.loads(to_digest(one).label) == [[0, 4, "ORG"], [6, 12, "PARK"]]


def test_digests_go_by_uid() -> None:
    sentence = Sentence("石桥药业", extra={"uid": "u"})
    assert digest_all([sentence]) == {"u": to_digest(sentence)}


@pytest.mark.parametrize(
    ("copies", "confirmed", "doubles"),
    [
        ([copy(1)], (), []),
        ([copy(1), copy(2)], (), [2]),
        ([copy(1, BARE), copy(2)], (), [1]),
        ([copy(1, BARE), copy(2, BARE)], (), [2]),
        ([copy(1), copy(2), copy(3)], (3,), [1, 2]),
        ([copy(1), copy(2, OTHER)], (), [1]),
        ([copy(1), copy(2, OTHER), copy(3, commented=True)], (1,), []),
        ([copy(1), copy(2, BARE)], (2,), [1]),
    ],
)
def test_what_people_have_worked_on_is_no_double(
    copies: list[Copy], confirmed: tuple[int, ...], doubles: list[int]
) -> None:
    found = find_doubles({"u": copies}, {"u": SENT, "lacking": SENT}, confirmed=confirmed)
    assert [one.example for one in found] == doubles


@pytest.mark.parametrize(
    ("first", "number", "confirmed", "half_there"),
    [
        (copy(0, BARE), LEAST, (), LEAST),
        (copy(0, BARE), LEAST - 1, (), 0),
        (copy(0, SENT), LEAST + 1, (), 0),
        (copy(0, BARE, commented=True), LEAST, (), 0),
        (copy(0, BARE), LEAST, (0,), 0),
        (copy(0, SENT, upload="other"), LEAST + 1, (), LEAST),
        (copy(0, BARE, upload="other"), LEAST, (), 0),
    ],
)
def test_an_upload_is_half_there_where_nothing_of_it_was_touched(
    first: Copy, number: int, confirmed: tuple[int, ...], half_there: int
) -> None:
    held = {str(place): [first if place == 0 else copy(place, BARE)] for place in range(number)}
    found = list(find_half_there(held, dict.fromkeys(held, SENT), confirmed=confirmed))
    assert len(found) == half_there


def test_what_came_by_no_upload_of_ours_is_never_half_there() -> None:
    held = {str(place): [copy(place, BARE, upload="")] for place in range(LEAST)}
    assert list(find_half_there(held, dict.fromkeys(held, SENT), confirmed=())) == []


def test_a_fresh_sentence_is_to_be_as_it_was_sent() -> None:
    held = {"fresh": [copy(1, OTHER)], "old": [copy(2, OTHER)], "confirmed": [copy(3, OTHER)], "right": [copy(4)]}
    wanted = dict.fromkeys([*held, "lacking"], SENT)
    found = find_not_as_sent(held, wanted, fresh={"fresh", "confirmed", "right"}, confirmed={3})
    assert dict(found) == {"fresh": f"has {OTHER.label} instead of {LABEL}", "lacking": "is missing"}


def test_a_sentence_is_changed_where_no_copy_has_the_spans() -> None:
    held = {"one": [copy(1, OTHER), copy(2)], "other": [copy(3, OTHER)], "bare": [copy(4, BARE)]}
    assert count_changed(held, dict.fromkeys(held, SENT)) == 2
