import pytest

from annotate.quality.stats import Counts, add_up, count_kinds, find_shortages, to_form, to_unit
from annotate.sentence import Sentence
from annotate.spans import Span


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [
        ("1500余家", "家"),
        ("超1万人次", "万人次"),
        ("上百亿元", "亿元"),
        ("千亿元以上", "亿元"),
        ("过万家", "万家"),
        ("十二万三千人", "人"),
        ("1.5万吨/年", "万吨/年"),
        ("107 家", "家"),
        ("百分之三十", ""),
        ("百万千瓦", "万千瓦"),
        ("0.3个百分点", "个百分点"),
        ("2.4GWh", "GWh"),
        ("近九成", "成"),
    ],
)
def test_units(quantity, unit):
    assert to_unit(quantity) == unit


@pytest.mark.parametrize(
    ("date", "form"),
    [("二〇二二年", "〇年"), ("1—10月", "N—N月"), ("2006 年9 月", "N年N月"), ("十五五", "〇"), ("翌年", "翌年")],
)
def test_forms(date, form):
    assert to_form(date) == form


def test_counts_add_up():
    one, other = Counts(), Counts()
    one.add(Sentence("光谷见", (Span(0, 2, "PARK"),), "a"))
    other.add(Sentence("光谷有3家", (Span(0, 2, "PARK"), Span(3, 5, "METRIC")), "b"))
    other.add(Sentence("没有", (), "b"))
    total = add_up([one, other])
    assert (total.articles, total.sentences, total.without_spans) == ({"a", "b"}, 3, 1)
    assert total.surfaces == {"PARK": {"光谷": 2}, "METRIC": {"3家": 1}}
    assert count_kinds(total) == {"units": {"家": 1}, "date forms": {}}
    assert one.surfaces == {"PARK": {"光谷": 1}}


def test_shortages():
    counts = Counts(sentences=2000)
    for label, spans in {"PARK": 50, "ORG": 49, "METRIC": 50, "DATE": 50}.items():
        counts.surfaces[label]["某"] = spans
    assert list(find_shortages(counts)) == ["49 ORG spans to train on; at least 50 are advised"]
