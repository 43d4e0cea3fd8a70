"""Where readings differ."""

import pytest

from annotate.agreement.differences import find_differences, pair, to_line, to_lines
from annotate.errors import ParknerError
from annotate.sentence import Sentence
from annotate.spans import Span

TEXT = "去年青芦湾医药港引进十二家企业，管委会说还会有。"
PARK, SHORT, QUANTITY = Span(2, 8, "PARK"), Span(5, 8, "PARK"), Span(10, 13, "METRIC")


def differ(first, second):
    return [(d.first, d.second) for d in find_differences(Sentence(TEXT, first), Sentence(TEXT, second))]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((PARK, QUANTITY), (QUANTITY, PARK), []),
        ((PARK,), (SHORT,), [((PARK,), (SHORT,))]),
        ((PARK,), (), [((PARK,), ())]),
        ((), (PARK, QUANTITY), [((), (PARK,)), ((), (QUANTITY,))]),
        ((PARK,), (Span(2, 8, "ORG"),), [((PARK,), (Span(2, 8, "ORG"),))]),
        ((PARK,), (Span(2, 5, "PARK"), SHORT), [((PARK,), (Span(2, 5, "PARK"), SHORT))]),
    ],
)
def test_differences(first, second, expected):
    assert differ(first, second) == expected


def test_a_difference_as_a_line():
    (difference,) = find_differences(Sentence(TEXT, (PARK,), "qinglu", 3), Sentence(TEXT))
    assert (
        to_line(difference) == "article qinglu, number 3: [青芦湾医药港](PARK) | -: 去年青芦湾医药港引进十二家企业，…"
    )


def test_two_readings_have_the_same_lines_either_way():
    one, other = Sentence(TEXT, (PARK, QUANTITY), "a", 1), Sentence(TEXT, (SHORT, Span(20, 21, "DATE")), "a", 1)
    assert list(to_lines((one, other))) == [to_line(difference) for difference in find_differences(one, other)]


def test_spans_that_overlap_across_readings_are_one_place():
    spans = [(Span(0, 4, "PARK"),), (Span(3, 8, "ORG"),), (Span(7, 9, "DATE"),), (Span(0, 4, "PARK"),)]
    group = (*(Sentence(TEXT, some, "a", 1) for some in spans), None)
    (line,) = to_lines(group)
    readings = "[去年青芦](PARK) | [芦湾医药港](ORG) | [港引](DATE) | [去年青芦](PARK) | ?"
    assert line == f"article a, number 1: {readings}: 去年青芦湾医药港引进十二家企业，管…"


def test_pairs_are_the_same_sentence_of_the_same_article():
    first = [Sentence("甲", (), "a", 1), Sentence("乙", (), "a", 2), Sentence("丙", (), "a", 3)]
    second = [Sentence("丙", (), "a", 3), Sentence("甲", (), "b", 1), Sentence("乙", (Span(0, 1, "ORG"),), "a", 2)]
    pairing = pair(first, second)
    assert [sentence.text for sentence in pairing.first] == ["乙", "丙"]
    assert [len(sentence.spans) for sentence in pairing.second] == [1, 0]
    assert pairing.unpaired == (1, 1)


def test_nothing_in_common():
    with pytest.raises(ParknerError, match="no sentence in common"):
        pair([Sentence("甲")], [Sentence("乙")])
