import pytest

from annotate.quality.consistency import find_unlabelled
from annotate.sentence import Sentence
from annotate.spans import Span

NAMED = Sentence("光谷有3家。", (Span(0, 2, "PARK"), Span(3, 5, "METRIC")))


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("去光谷看看", (), [Span(1, 3, "PARK")]),
        ("去光谷看看光谷", (Span(1, 3, "PARK"),), [Span(5, 7, "PARK")]),
        ("东湖光谷见", (Span(0, 4, "PARK"),), []),
        ("还有13家", (), []),
        ("还有3.3家", (), []),
        ("还有3家", (), [Span(2, 4, "METRIC")]),
    ],
)
def test_unlabelled(text, spans, expected):
    assert [span for _, span in find_unlabelled([NAMED, NAMED, NAMED, Sentence(text, spans)])] == expected


def test_what_is_labelled_less_often_is_not_looked_for():
    assert list(find_unlabelled([NAMED, NAMED, Sentence("去光谷看看")])) == []
    assert len(list(find_unlabelled([NAMED, NAMED, Sentence("去光谷看看")], least=2))) == 1
