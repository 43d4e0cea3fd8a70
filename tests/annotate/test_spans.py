from hypothesis import given
from hypothesis import strategies as st
from spacy import blank
from spacy.util import filter_spans

from annotate.spans import Span, find_overlaps, keep_first, keep_longest

TEXT_LENGTH = 12
spans = st.lists(
    st.builds(
        lambda start, length, label: Span(start, min(start + length, TEXT_LENGTH), label),
        st.integers(0, TEXT_LENGTH - 1),
        st.integers(1, TEXT_LENGTH),
        st.sampled_from(["PARK", "ORG"]),
    ),
    unique_by=lambda span: span[:2],
)


@given(spans)
def test_keep_longest_agrees_with_spacy(given_spans):
    doc = blank("zh")("园" * TEXT_LENGTH)
    oracle = filter_spans([doc[start:end] for start, end, _ in sorted(given_spans)])
    assert [span[:2] for span in keep_longest(sorted(given_spans))] == [(span.start, span.end) for span in oracle]


@given(spans)
def test_what_is_kept_overlaps_nothing(given_spans):
    for kept in (keep_first(given_spans), keep_longest(given_spans)):
        assert list(find_overlaps(kept)) == []
        assert kept == sorted(kept)


@given(spans)
def test_find_overlaps_sees_every_overlap(given_spans):
    pairs = [(a, b) for a in given_spans for b in given_spans if a < b and b.start < a.end]
    assert bool(list(find_overlaps(given_spans))) == bool(pairs)


@given(st.lists(st.builds(Span, st.integers(0, 9), st.integers(0, 12), st.sampled_from(["PARK", "ORG"]))))
def test_keep_first_counts_characters(given_spans):
    kept: list[Span] = []
    for span in given_spans:  # by the letter, empty spans too
        if not any({*range(span.start, span.end)} & {*range(other.start, other.end)} for other in kept):
            kept.append(span)
    assert keep_first(given_spans) == sorted(kept)


def test_a_span_takes_no_memory_for_its_characters():
    endless = Span(0, 10**15, "PARK")
    assert keep_first([endless, Span(5, 6, "ORG")]) == [endless]
