import numpy as np
import pytest

from annotate.agreement.groups import group_readings
from annotate.agreement.reliability import to_codes
from annotate.agreement.tables import to_f1_table, to_kappa_table, to_reading_table, to_summary
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.tables import to_rows

TEXT = "石桥药业落户青芦湾医药港。"
COMPANY, PARK, SHORT = Span(0, 4, "ORG"), Span(6, 12, "PARK"), Span(9, 12, "PARK")


@pytest.fixture
def grouped():
    """Li and wang differ in a border, zhao has read something else of wang's, and li one sentence more."""
    li = [Sentence(TEXT, (COMPANY, PARK), "a", 1), Sentence("李某独见。", (), "a", 3)]
    wang = [Sentence(TEXT, (COMPANY, SHORT), "a", 1), Sentence("再见。", (), "a", 2)]
    return group_readings({"[li]": li, "wang": wang, "zhao": [Sentence("再见。", (), "a", 2)]})


def test_a_reading_is_counted_where_others_hold_it_too(grouped):
    assert to_rows(to_reading_table(grouped)) == [
        ["[li]", "1", "1", "1", "0", "0", "2", "1"],
        ["wang", "2", "1", "1", "0", "0", "2", "0"],
        ["zhao", "1", "0", "0", "0", "0", "0", "0"],
    ]


def test_kappa_is_of_what_both_of_a_pair_hold(grouped):
    # of 13 characters 10 are alike; by chance (4 · 4 + 6 · 3 + 3 · 6) / 169 would be
    chance = (4 * 4 + 6 * 3 + 3 * 6) / 169
    assert to_rows(to_kappa_table(grouped, to_codes(grouped))) == [
        ["[li] – wang", "1", f"{(10 / 13 - chance) / (1 - chance):.3f}"],
        ["[li] – zhao", "0", "-"],
        ["wang – zhao", "1", "-"],
    ]


def test_a_border_that_differs_is_no_exact_match_and_an_overlap(grouped):
    assert to_rows(to_f1_table(grouped))[:2] == [
        ["[li] – wang", "exact", "0.0", "100.0", "-", "-", "50.0"],
        ["", "overlap", "100.0", "100.0", "-", "-", "100.0"],
    ]


def test_where_a_pair_has_no_span_there_is_no_score(grouped):
    assert to_rows(to_f1_table(grouped))[2:] == [
        ["[li] – zhao", "exact", *"-----"],
        ["", "overlap", *"-----"],
        ["wang – zhao", "exact", *"-----"],
        ["", "overlap", *"-----"],
    ]


def test_alpha_of_one_value_is_not_defined():
    assert to_summary(np.zeros((3, 5), np.int8)) == "Krippendorff's alpha of 3 readings over 5 characters: -"
