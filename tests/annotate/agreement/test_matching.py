"""Span F1 against scikit-learn's scores, matching against scipy's, agreement by its properties."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from annotate.agreement.differences import to_differing_places
from annotate.agreement.matching import count_matches, find_overlapping, to_agreement
from annotate.quality.score import score, to_f1
from annotate.sentence import Sentence
from annotate.spans import Span, keep_first, overlap

TEXT = "园" * 12
span = st.builds(
    lambda start, length, label: Span(start, min(start + length, 12), label),
    st.integers(0, 11),
    st.integers(1, 5),
    st.sampled_from(["PARK", "ORG"]),
)
spans = st.lists(span, max_size=6).map(keep_first)
sentence = spans.map(lambda some: Sentence(TEXT, tuple(some)))


@given(st.lists(st.tuples(sentence, sentence), min_size=1, max_size=4))
def test_exact_f1_is_that_of_the_score(pairs):
    matches = count_matches(pairs)
    scores = score([one for one, _ in pairs], [other for _, other in pairs])
    f1 = {label: to_f1(matches.exact[label], matches.spans[label]) for label in ("PARK", "ORG")}
    f1["micro"] = to_f1(matches.exact.total(), matches.spans.total())
    assert f1 == {name: scores[name].f1 for name in f1}


@given(spans, spans)
def test_as_many_spans_are_matched_as_can_be(first, second):
    partners = [[one.label == other.label and overlap(one, other) for other in second] for one in first]
    most = 0
    if first and second:
        most = int((maximum_bipartite_matching(csr_array(np.array(partners, dtype=int))) >= 0).sum())
    assert len(list(find_overlapping(first, second))) == len(list(find_overlapping(second, first))) == most
    assert set(first) & set(second) <= set(find_overlapping(first, second))


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([(0, 4), (0, 4)], 1.0),
        ([(0, 4), (2, 4)], 0.5),
        ([(0, 4), (4, 6)], 0.0),
        ([(0, 4), None], 0.0),
        ([None, None], 1.0),
        ([(0, 4), (0, 4), None], 1 / 3),
    ],
)
def test_agreement_of_a_sentence(readings, expected):
    group = [Sentence(TEXT, (Span(*place, "PARK"),) if place else ()) for place in readings]
    assert to_agreement((*group, None)) == pytest.approx(expected)


@given(st.lists(sentence, min_size=2, max_size=4))
def test_agreement_is_one_where_all_have_the_same_whoever_is_first(readings):
    agreement = to_agreement(tuple(readings))
    assert 0 <= agreement <= 1
    assert (agreement == 1) == (not to_differing_places(readings))
    assert all(to_agreement(tuple(other)) == pytest.approx(agreement) for other in permutations(readings))
