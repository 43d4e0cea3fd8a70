import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.sentence import Sentence
from annotate.uid import add_uids, is_uid, number_repeats, to_first, to_uid

SENTENCE = Sentence("石桥药业落户青芦湾医药港。", article="qinglu", number=4)
uids = st.none() | st.sampled_from([to_uid(Sentence("见。"), repeat=n) for n in range(4)] + ["", "li", 7])
sentences = st.lists(
    st.builds(
        lambda text, uid: Sentence(text, extra={"uid": uid} if uid else {}), st.sampled_from(["见。", "看。"]), uids
    )
)


@given(sentences)
def test_every_sentence_gets_a_uid_of_its_own_and_keeps_it(sentences):
    once = list(add_uids(sentences))
    assert len({sentence.extra["uid"] for sentence in once}) == len(sentences)
    assert all(is_uid(sentence.extra["uid"], sentence) for sentence in once)
    assert list(add_uids(once)) == once


def test_a_uid_says_nothing_of_number_spans_and_keys():
    elsewhere = Sentence(SENTENCE.text, article="qinglu", number=9, extra={"published": "2024"})
    assert to_uid(elsewhere) == to_uid(SENTENCE)


def test_article_and_text_are_not_run_together():
    assert to_uid(Sentence("乙丙", article="甲")) != to_uid(Sentence("丙", article="甲乙"))


@pytest.mark.parametrize("tail", ["-0", "-01", "-", "-1234567890", "-１", "-1\n", "-1-1", "0"])
def test_what_no_recipe_writes_is_no_uid(tail):
    assert not is_uid(to_uid(SENTENCE) + tail, SENTENCE)


def test_what_is_alike_has_one_first():
    assert {to_first(to_uid(SENTENCE, repeat=repeat)) for repeat in range(3)} == {to_uid(SENTENCE)}


def test_repeats_are_numbered_in_the_order_of_the_article_not_of_the_file():
    alike = [Sentence("见。", article="a", number=number) for number in (12, 2, 7)]
    uids = number_repeats(alike)
    assert [uids[to_uid(one), one.number] for one in alike] == [to_uid(alike[0], repeat=repeat) for repeat in (2, 0, 1)]
