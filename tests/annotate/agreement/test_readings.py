from itertools import permutations

import pytest

from annotate.agreement.readings import Reading, join_readings
from annotate.sentence import Sentence
from annotate.spans import Span

TEXT = "石桥药业落户青芦湾医药港。"
COMPANY, PARK, SHORT = Span(0, 4, "ORG"), Span(6, 12, "PARK"), Span(9, 12, "PARK")


def read(user: str, *spans: Span, confirmed: bool = False, **extra: object) -> Reading:
    return Reading(user, confirmed, Sentence(TEXT, spans, "qinglu", 2, extra))


@pytest.mark.parametrize(
    ("readings", "spans", "remarks"),
    [
        ([read("wang", COMPANY, confirmed=True), read("li", PARK)], (COMPANY,), []),
        ([read("wang", confirmed=True), read("li", PARK)], (), []),
        ([read("wang"), read("li", PARK)], (PARK,), []),
        ([read("wang"), read("li")], (), []),
        ([read("wang", PARK, COMPANY), read("li", COMPANY, PARK)], (COMPANY, PARK), []),
        (
            [read("wang", PARK), read("li", COMPANY)],
            (COMPANY, PARK),
            ["li and wang differ; all spans are kept"],
        ),
        (
            [read("wang", COMPANY, PARK), read("li", SHORT), read("zhao", COMPANY)],
            (COMPANY, SHORT),
            ["li and wang and zhao differ; left out: [青芦湾医药港](PARK)"],
        ),
        (
            [read("wang", PARK, confirmed=True), read("li", confirmed=True)],
            (PARK,),
            ["li and wang differ; all spans are kept"],
        ),
    ],
)
def test_whose_spans_count(readings: list[Reading], spans: tuple[Span, ...], remarks: list[str]) -> None:
    joined = [join_readings(order) for order in permutations(readings)]
    assert {sentence.spans if remarks else tuple(sorted(sentence.spans)) for sentence, _ in joined} == {spans}
    assert all(said == remarks for _, said in joined)


def test_the_keys_are_those_of_all_who_count() -> None:
    joined, _ = join_readings(
        [
            read(
                "wang",
                confirmed=True,
                annotator="wang",
                confirmed_at="2026-11-22T10:00:00Z",
                comments=["简称？", "存疑"],
            ),
            read("zhao", annotator="zhao", comments=["看不清"]),
            read("li", confirmed=True, annotator="li", confirmed_at="2026-11-22T09:00:00Z", comments=["存疑"]),
        ]
    )
    assert joined.extra == {
        "annotator": "li, wang",
        "confirmed_at": "2026-11-22T10:00:00Z",
        "comments": ["存疑", "简称？"],
    }


def test_keys_that_nobody_has_are_not_set() -> None:
    joined, _ = join_readings([read("wang", PARK, published="2024"), read("li", PARK, published="2024")])
    assert joined.extra == {"published": "2024"}


def test_a_lone_reading_stays_as_it_is() -> None:
    sentence = Sentence(TEXT, (PARK, SHORT))
    assert join_readings([Reading("li", False, sentence)]) == (sentence, [])
