"""Offsets in UTF-16 units against the encoding itself; test_browser.py has doccano's own page."""

from hypothesis import given
from hypothesis import strategies as st

from annotate.doccano.offsets import from_page, to_page
from annotate.spans import Span


@given(st.text("甲a\u0301\u200d\n\uffff𠮷🚀🇨\U0010ffff"), st.data())
def test_the_page_counts_in_utf16(text: str, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    spans = [Span(min(pair), max(pair), "ORG") for pair in data.draw(st.lists(st.tuples(offsets, offsets)))]
    shown = to_page(text, spans)
    units = text.encode("utf-16-le")
    words = [units[2 * start : 2 * end].decode("utf-16-le") for start, end, _ in shown]
    assert words == [text[start:end] for start, end, _ in spans]
    assert from_page(text, shown) == spans


def test_what_is_beyond_the_text_stays_beyond() -> None:
    for text in ("甲乙", "甲🚀"):
        [span] = from_page(text, [Span(1, 99, "ORG")])
        assert (span.start, span.end > len(text)) == (1, True)
