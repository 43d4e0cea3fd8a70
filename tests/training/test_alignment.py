from hypothesis import given
from hypothesis import strategies as st

from annotate.sentence import Sentence
from annotate.spans import Span
from training.alignment import cut_at_spans, find_unaligned

TEXT = "石桥药业落户青芦湾医药港。"
borders = st.lists(st.integers(0, len(TEXT)), unique=True).map(sorted)


@given(borders, st.integers(1, 5))
def test_what_is_cut_at_spans_is_the_text_and_cuts_none(places, size):
    spans = tuple(Span(start, end, "ORG") for start, end in zip(places[::2], places[1::2], strict=False))
    cut = lambda text: [text[start : start + size] for start in range(0, len(text), size)]  # noqa: E731
    tokens = cut_at_spans(Sentence(TEXT, spans), cut)
    assert "".join(tokens) == TEXT
    assert list(find_unaligned(tokens, spans)) == []
    assert max(map(len, tokens)) <= size


def test_a_span_that_ends_after_the_last_token_is_not_aligned():
    late = Span(0, 9, "ORG")
    assert list(find_unaligned(["石桥", "药业"], (Span(0, 4, "ORG"), late))) == [late]


def test_a_span_may_hold_several_tokens_and_several_spans_one_token():
    inside = (Span(0, 1, "ORG"), Span(2, 4, "ORG"))
    assert list(find_unaligned(["石桥", "药业"], (Span(0, 4, "ORG"), *inside))) == [Span(0, 1, "ORG")]
