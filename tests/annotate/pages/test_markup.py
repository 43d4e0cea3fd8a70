import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ParknerError
from annotate.pages.markup import find_misread, from_markup, to_gold, to_marked_line, to_markup
from annotate.pages.page_files import Article
from annotate.sentence import Sentence
from annotate.spans import Span

TEXT = st.lists(st.sampled_from([*"园区[]()（】］\\甲\n ", "PARK"]), max_size=30).map("".join)


@st.composite
def marked(draw):
    text = draw(TEXT)
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    spans = [Span(s, e, "PARK") for s, e in zip(cuts[::2], cuts[1::2], strict=False) if s < e and "\n" not in text[s:e]]
    return text, spans


@given(marked())
def test_round_trip(pair):
    assert from_markup(to_markup(*pair)) == pair


@pytest.mark.parametrize("text", ["[注:林小禾]", "见[1](表)", "a]b[c", "](PARK)"])
def test_brackets_that_mark_nothing(text):
    assert from_markup(text) == (text, [])


def read_gold(text):
    return to_gold(Article("qinglu", text, address="pages/qinglu.txt"))


def test_gold_of_a_page():
    page, gold = read_gold(
        "当前位置:首页 > 青芦湾\n[青芦湾](PARK)产值[12亿元](METRIC);[去年](DATE)开园。\n\n"
        "青芦湾产值12亿元;去年开园。\n相关文章\n别处园开工"
    )
    assert page.splitlines()[1] == "青芦湾产值12亿元;去年开园。"
    assert [(sentence.text, sentence.spans) for sentence in gold] == [
        ("青芦湾产值12亿元;", (Span(0, 3, "PARK"), Span(5, 9, "METRIC"))),
        ("去年开园。", (Span(0, 2, "DATE"),)),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("见[青芦湾。石桥](PARK)。", r"[青芦湾。石桥](PARK) crosses the end of a sentence"),
        ("当前位置:首页 > [青芦湾](PARK)", "is in a line that cleaning drops (breadcrumb): remove the mark"),
        ("[开园了](CITY)。", "span [0, 3, CITY] has an unknown label"),
        ("[开园 ](PARK)了。", "span [0, 3, PARK] begins or ends with a blank"),
        ("[开园了。](PARK)", "begins or ends with punctuation"),
        ("[青芦湾(PARK)开园。", "'[青芦湾(PARK)' is not a mark"),
        ("青芦湾](PARK)开园。", "'青芦湾](PARK)' is not a mark"),
        ("[青芦湾](PARK开园。", "'[青芦湾](PARK' is not a mark"),
        ("[青芦湾](Park)开园。", "'[青芦湾](Park)' is not a mark"),
        ("[青芦湾] (PARK)开园。", "'[青芦湾] (PARK)' is not a mark"),
        ("[青芦湾]（PARK）开园。", "'[青芦湾]（PARK）' is not a mark"),
        ("【青芦湾】(PARK)开园。", "'【青芦湾】(PARK' is not a mark"),
        ("(青芦湾)[PARK]开园。", "'(青芦湾)[PARK]' is not a mark"),
        ("[](PARK)开园。", "'[](PARK)' is not a mark"),
        ("[青芦[湾](PARK)高新区](PARK)开园。", "'高新区](PARK)' is not a mark"),
        ("[青芦\n湾](PARK)开园。", "'湾](PARK)' is not a mark"),
    ],
)
def test_what_is_no_mark_has_an_address(line, message):
    with pytest.raises(ParknerError) as error:
        read_gold(f"青芦湾产值12亿元。\n\n{line}")
    number = 3 + line.count("\n")
    assert str(error.value).startswith(f"pages/qinglu.txt:{number}: ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    "text", ["见[1](表)和[注](see 2)。", r"\[青芦湾\](PARK)开园。", "青芦湾(PARK)开园。", "[注:林小禾]"]
)
def test_other_brackets_are_text(text):
    _, gold = read_gold(text)
    assert [sentence.spans for sentence in gold] == [()]


@given(marked())
def test_what_mark_writes_is_never_taken_for_a_mistake(pair):
    assert list(find_misread(to_markup(*pair))) == []


def test_spans_that_no_mark_can_hold():
    with pytest.raises(ValueError, match="overlaps"):
        to_markup("青芦湾园", [Span(0, 3, "PARK"), Span(2, 4, "ORG")])
    with pytest.raises(ParknerError, match=r"a\.jsonl:7: span \[0, 5, PARK\] crosses the end of a line"):
        to_marked_line(Sentence("青芦\n湾园", (Span(0, 5, "PARK"),)), address="a.jsonl:7")
