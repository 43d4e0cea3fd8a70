import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.markup import from_markup, to_gold, to_markup
from annotate.spans import Span

TEXT = st.text(alphabet="园区[]()\\PARKORG甲\n ", max_size=30)


@st.composite
def marked(draw):
    text = draw(TEXT)
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    spans = [Span(s, e, "PARK") for s, e in zip(cuts[::2], cuts[1::2], strict=False) if s < e and "\n" not in text[s:e]]
    return text, spans


@given(marked())
def test_round_trip(pair):
    assert from_markup(to_markup(*pair)) == pair


@pytest.mark.parametrize("text", ["[编辑:林小禾]", "见[1](表)", "a]b[c", "](PARK)"])
def test_brackets_that_mark_nothing(text):
    assert from_markup(text) == (text, [])


def test_gold_of_a_page():
    page, gold = to_gold(
        "qinglu",
        "当前位置:首页 > [青芦湾](PARK)\n[青芦湾](PARK)产值[12亿元](METRIC);[去年](DATE)开园。\n\n"
        "[青芦湾](PARK)产值[12亿元](METRIC);[去年](DATE)开园。\n相关文章\n[别处园](PARK)开工",
    )
    assert page.splitlines()[0] == "当前位置:首页 > 青芦湾"
    assert [(sentence.text, sentence.spans) for sentence in gold] == [
        ("青芦湾产值12亿元;", (Span(0, 3, "PARK"), Span(5, 9, "METRIC"))),
        ("去年开园。", (Span(0, 2, "DATE"),)),
    ]
