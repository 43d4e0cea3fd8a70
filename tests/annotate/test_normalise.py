"""The text that rules read, and the way back from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.normalise import STAND_IN, load_folding, normalise, simplify

PIECES = [
    "\u200b",
    "\ufe0f",
    "园 区 医 药",
    " ",
    "创（chuàng）",
    "ㄩ",
    "醫(yī)",
    "藥",
    "網(wǎng)",
    "區(qū)",
    "們(men)",
    "港(A)",
    "（",
    "％",
    "Ⅲ",
    "…",
    "a",
    "(",
    ")",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("杭州醫(yī)藥港", "杭州医药港"),
        ("中新網(wǎng)", "中新网"),
        ("他們(men)", "他们"),
        ("网(wǎng)", "网"),
        ("公司(app)", "公司(app)"),
        ("A股(IPO)", "A股(IPO)"),
        ("約２０％", "约20%"),
        ("㎡和Ⅲ期…", "㎡和Ⅲ期…"),
        ("1\u200b2\u00ad亿\ufeff元", "12亿元"),
        ("青芦\u200d湾️", "青芦湾"),
        ("南 科 管 理 局 发 布 公 告 。", "南科管理局发布公告。"),
        ("青 芦 湾  二 期", "青芦湾二期"),
        ("省 市 县", "省 市 县"),
        ("青芦湾 医药港 动工 了", "青芦湾 医药港 动工 了"),
        ("创(chuàng)新园【yuán】", "创新园"),
        ("張江（zhāng jiāng）園（yuan）", "张江园"),
        ("园(ㄩㄢˊ)区", "园区"),
        ("創〔chuàng〕新園", "创新园"),
        ("咖啡(café)和园区(park)", "咖啡(café)和园区(park)"),
        ("园区(ai)和酸碱(pH)值", "园区(ai)和酸碱(pH)值"),
        ("岚芯〔长沙〕公司", "岚芯(长沙)公司"),
        ("𠮷野家和𬭎园", "吉野家和㐀园"),
        ("", ""),
    ],
)
def test_normalised_text(text: str, expected: str) -> None:
    assert normalise(text).text == expected


def test_a_character_stands_for_one_character() -> None:
    assert {len(folded) for folded in load_folding().values()} == {1}


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join))
def test_positions_lead_back(text: str) -> None:
    plain = normalise(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert all(start < end for start, end in zip(plain.starts, plain.ends, strict=True))
    assert all(end <= start for end, start in zip(plain.ends, plain.starts[1:], strict=False))
    for place, start in enumerate(plain.starts):
        span = plain.to_span(place, place + 1, "PARK") if not plain.text[place].isspace() else None
        assert span is None or (span.start == start and plain.from_span(span)[:2] == (place, place + 1))
        assert plain.text[place] in (text[start], text[start].translate(load_folding()), STAND_IN)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("在青\u200b芦湾\u200b见", "青\u200b芦湾"),
        ("在 青 芦 湾 见", "青 芦 湾"),
        ("在青芦湾（wān）见", "青芦湾（wān）"),
        ("在青蘆(lu)灣見", "青蘆(lu)灣"),
    ],
)
def test_a_span_holds_what_is_left_out_within_it(text: str, surface: str) -> None:
    plain = normalise(text)
    start = plain.text.index("青芦湾")
    span = plain.to_span(start, start + 3, "PARK")
    assert text[span.start : span.end] == surface


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("乾安縣的乾果", "乾安县的干果"),
        ("乾照光電擴產", "乾照光电扩产"),
        ("乾安县", "乾安县"),
        ("干安", "干安"),
        ("昇降機和上海新昇", "升降机和上海新昇"),
        ("創(chuàng)新園", "创新园"),
    ],
)
def test_simplified_text_keeps_names(text: str, simple: str) -> None:
    assert simplify(text) == simple


@given(st.text())
def test_normalised_text_stays_as_it_is(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text in (once, normalise(normalise(once).text).text)
