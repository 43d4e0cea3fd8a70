from hypothesis import given
from hypothesis import strategies as st

from annotate.sentence import Sentence
from annotate.sentence_store import SentenceStore, store_sentences
from annotate.spans import Span

LI = Sentence(
    "石桥药业落户。", (Span(0, 4, "ORG"),), "qinglu", 1, {"origin": [[0, 4, "ORG", "list"]], "note": "\udcb9"}
)
WANG = Sentence("青芦湾医药港见。")
values = st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=4)
sentence = st.builds(
    Sentence,
    st.text(),
    st.lists(st.builds(Span, st.integers(), st.integers(), st.text())).map(tuple),
    st.text(),
    st.integers(),
    st.dictionaries(st.text(), values),
)


@given(st.lists(sentence, max_size=4))
def test_what_is_laid_aside_comes_back_the_same(sentences):
    assert list(store_sentences(sentences)) == sentences


def test_places_are_read_in_any_order_and_while_more_is_added():
    store = SentenceStore()
    first, second = store.add(LI), store.add(WANG)
    assert [store.read(second), store.read(first)] == [WANG, LI]
    third = store.add(LI)
    assert third > second
    assert list(store) == [LI, WANG, LI]


def test_one_may_read_elsewhere_while_going_through_all():
    store = store_sentences([LI, WANG, LI])
    assert [(sentence, store.read(0)) for sentence in store] == [(LI, LI), (WANG, LI), (LI, LI)]


def test_what_comes_back_are_spans_of_ours():
    (sentence,) = store_sentences([LI])
    assert sentence.spans[0].shift(2) == Span(2, 6, "ORG")
