"""The text that rules read, and the way back from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.normalise import load_folding, normalise

PINYIN = ["醫(yī)", "藥", "網(wǎng)", "區(qū)", "們(men)", "港(A)", "（", "％", "Ⅲ", "…", "a", "(", ")"]


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
        ("", ""),
    ],
)
def test_normalised_text(text: str, expected: str) -> None:
    assert normalise(text).text == expected


def test_a_character_stands_for_one_character() -> None:
    assert {len(folded) for folded in load_folding().values()} == {1}


@given(st.lists(st.one_of(st.sampled_from(PINYIN), st.text(max_size=3))).map("".join))
def test_positions_lead_back(text: str) -> None:
    plain = normalise(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert list(plain.starts[1:]) == list(plain.ends[:-1])
    assert not plain.text or (plain.starts[0], plain.ends[-1]) == (0, len(text))
    folding = load_folding()
    assert plain.text == "".join(folding.get(ord(text[start]), text[start]) for start in plain.starts)


@given(st.text())
def test_normalised_text_stays_as_it_is(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text in (once, normalise(normalise(once).text).text)
