import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.quality import repeats
from annotate.quality.repeats import find_near_repeats, find_shared_runs, to_runs
from annotate.sentence import Sentence
from annotate.spans import Span

PLAIN = "谁也没想到这块滩涂会长出厂房"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (PLAIN[:12], ()),
        ("青芦湾国际生物医药港管理委员会", (Span(0, 15, "ORG"),)),
        ("《关于加快发展现代生物医药产业的若干意见》", ()),
        ("谁也没想到青芦湾会长出这么多厂", (Span(5, 8, "PARK"),)),
    ],
)
def test_names_and_short_texts_have_no_runs(text, spans):
    assert to_runs(Sentence(text, spans)) == []


def test_a_quantity_is_no_name():
    assert len(to_runs(Sentence("这里已经有了473亿元的年产值", (Span(6, 11, "METRIC"),)))) == 3


def test_script_and_width_do_not_matter():
    assert to_runs(Sentence("誰也沒想到這塊灘塗會長出１號廠房")) == to_runs(Sentence("谁也没想到这块滩涂会长出1号厂房"))


def test_shared_runs():
    held_out = [Sentence("没有。"), Sentence(f"他说，{PLAIN}。")]
    trained = [Sentence("没有。"), Sentence(f"{PLAIN}！"), Sentence(PLAIN)]
    assert list(find_shared_runs(held_out, trained)) == [(1, 1, PLAIN[:13])]
    assert list(find_shared_runs(held_out, [Sentence(PLAIN[:12])])) == []


@given(st.lists(st.text("园区", min_size=12, max_size=16), max_size=12))
def test_near_repeats_are_those_that_comparing_all_pairs_finds(texts):
    grams = [{text[at : at + 3] for at in range(len(text) - 2)} for text in texts]
    expected = {
        second
        for first, second in combinations(range(len(texts)), 2)
        if min(len(texts[first]), len(texts[second])) >= 13
        and len(grams[first] & grams[second]) >= 0.5 * len(grams[first] | grams[second])
    }
    assert {number for number, _ in find_near_repeats(texts)} == expected


def count_lines(texts: list[str]) -> int:
    """How many lines of the module run while the near repeats of the texts are found."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if frame.f_code.co_filename != repeats.__file__:
            return None
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        list(find_near_repeats(texts))
    finally:
        sys.settrace(None)
    return count


def test_work_grows_as_the_texts_do_where_all_share_a_template_and_none_repeats_another(monkeypatch):
    monkeypatch.setattr(repeats, "HOLDERS", 20)
    texts = [f"今天上午园区又传来了好消息{''.join(chr(0x4E00 + 9 * n + k) for k in range(9))}" for n in range(200)]
    assert list(find_near_repeats(texts)) == []
    assert count_lines(texts) < 3 * count_lines(texts[:100])


def test_what_repeats_a_template_is_found_however_often_that_came(monkeypatch):
    monkeypatch.setattr(repeats, "HOLDERS", 20)
    texts = [f"今天上午园区又传来了好消息,第{n}家企业在这里落户" for n in range(100)]
    other = ["他们昨天晚上没有回答记者的问题", "他们昨天晚上没有回答记者们的问题"]
    assert list(find_near_repeats([*texts, *other])) == [*((n, 0) for n in range(1, 100)), (101, 100)]
