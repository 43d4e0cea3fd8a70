import pytest

from annotate.doccano.row_format import to_reading, to_sentence
from annotate.spans import Span

ROW = {"id": 7, "text": "见\u200b光谷，\ufeff去", "label": [], "article": "a", "number": 1}


@pytest.mark.parametrize(
    ("label", "spans", "cut"),
    [
        ([[1, 6, "PARK"]], {Span(2, 4, "PARK")}, 1),
        ([[1, 6, "PARK"], [2, 5, "PARK"], [2, 4, "PARK"]], {Span(2, 4, "PARK")}, 2),
        ([[4, 6, "PARK"]], set(), 1),
        ([[2, 4, "PARK"], [2, 4, "PARK"]], {Span(2, 4, "PARK")}, 0),
        ([[1, 99, "PARK"]], {Span(1, 99, "PARK")}, 0),
    ],
)
def test_what_is_part_of_no_mention_is_cut_off_and_each_span_comes_once(label, spans, cut):
    reading, trimmed = to_reading(ROW | {"label": label}, "li", confirmed=False)
    assert reading.sentence.spans == tuple(spans)
    assert trimmed == cut


@pytest.mark.parametrize(
    "keys",
    [
        {"annotator": ["li"], "confirmed_at": 7, "comments": 5},
        {"annotator": "li", "confirmed_at": "2026-11-22T08:00:00Z", "comments": ["存疑"]},
    ],
)
def test_who_confirmed_it_is_not_what_a_file_said_that_somebody_uploaded(keys):
    assert to_sentence(ROW | keys).extra == {}


def test_what_we_did_not_pack_stays_a_string_where_one_belongs():
    assert to_sentence(ROW | {"published": "2024", "score": "2024"}).extra == {"published": "2024", "score": 2024}


def test_what_doccano_says_of_labels_counts_whatever_else_the_row_holds():
    assert to_sentence(ROW | {"spans": '[[0, 2, "PARK"]]'}).extra == {"spans": [[0, 2, "PARK"]]}
