"""Kappa and alpha against examples of the literature, another library, and their own properties."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annotate.agreement.groups import group_readings
from annotate.agreement.reliability import MISSING, to_alpha, to_codes, to_kappa
from annotate.sentence import Sentence
from annotate.spans import Span

codes = st.tuples(st.integers(2, 4), st.integers(1, 12)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.integers(MISSING, 3))
)


def parse(*rows):
    """Codes from a line a reading, `.` where it is missing."""
    return np.array([[MISSING if sign == "." else int(sign) for sign in row] for row in rows], dtype=np.int8)


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        # Krippendorff 2011, section A: two observers, ten units, two values
        (["0100000010", "1110010000"], 0.095),
        # section B: two observers, twelve units, values a to e
        (["001132224330", "101112224333"], 0.692),
        # section C: four observers, twelve units, missing values
        (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
    ],
)
def test_alpha_of_the_literature(rows, alpha):
    assert round(to_alpha(parse(*rows)), 3) == alpha


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[20, 5], [10, 15]], (0.7 - 0.5) / (1 - 0.5)),
        ([[44, 7, 9], [5, 20, 5], [1, 3, 6]], (0.70 - 0.41) / (1 - 0.41)),
        ([[0, 5], [0, 5]], 0),
    ],
)
def test_kappa_by_hand(table, kappa):
    """The table says how often the first reading has the value of the row, and the second that of the column."""
    codes = np.repeat(np.indices(np.shape(table)).reshape(2, -1), np.ravel(table), axis=1).astype(np.int8)
    lone = np.array([[MISSING, 1, MISSING], [1, MISSING, MISSING]], dtype=np.int8)
    assert to_kappa(codes) == pytest.approx(kappa)
    assert to_kappa(np.hstack([codes, lone])) == pytest.approx(kappa)


@given(codes)
def test_alpha_is_that_of_another_library(codes):
    counts = np.stack([(codes == value).sum(axis=0) for value in range(4)], axis=1)
    pairable = counts[counts.sum(axis=1) > 1].sum(axis=0)
    if (pairable > 0).sum() < 2:
        assert to_alpha(codes) is None
    else:
        theirs = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
        assert to_alpha(codes) == pytest.approx(theirs)


@given(codes, st.randoms())
def test_the_order_of_readings_does_not_matter(codes, random):
    order = random.sample(range(len(codes)), len(codes))
    assert to_alpha(codes[order]) == pytest.approx(to_alpha(codes))
    assert to_kappa(codes[[1, 0]]) == pytest.approx(to_kappa(codes[:2]))


@given(arrays(np.int8, 8, elements=st.integers(0, 3)), st.integers(2, 4))
def test_perfect_agreement_is_one(reading, readings):
    codes = np.stack([reading] * readings)
    expected = pytest.approx(1.0) if len(set(reading)) > 1 else None
    assert to_alpha(codes) == expected
    assert to_kappa(codes[:2]) == expected


def test_characters_of_several_sentences():
    li = [Sentence("去光谷", (Span(1, 3, "PARK"),), "a", 1), Sentence("今天", (Span(0, 2, "DATE"),), "a", 2)]
    wang = [Sentence("今天", (), "a", 2), Sentence("去光谷", (Span(0, 3, "ORG"),), "a", 1)]
    zhao = [Sentence("今天", (Span(1, 2, "METRIC"),), "a", 2)]
    codes = to_codes(group_readings({"li": li, "wang": wang, "zhao": zhao}))
    assert codes.tolist() == [[0, 1, 1, 4, 4], [2, 2, 2, 0, 0], [-1, -1, -1, 0, 3]]
