import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.sentence import Sentence
from annotate.uid import REPEATS, add_uids, is_uid, recognise_old_uid, renew_uids, to_first, to_old_uid, to_uid

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


def test_repeats_of_old_are_recognised_as_far_as_they_were_counted():
    last, beyond = (to_old_uid(SENTENCE, repeat=repeat) for repeat in (REPEATS - 1, REPEATS))
    assert recognise_old_uid(SENTENCE.with_keys(uid=last.uid)) == last
    assert recognise_old_uid(SENTENCE.with_keys(uid=beyond.uid)) is None


@pytest.mark.parametrize("uid", [7, "li", ["a"]])
def test_what_another_tool_calls_a_uid_is_none_of_old(uid):
    assert recognise_old_uid(SENTENCE.with_keys(uid=uid)) is None


def test_uids_are_renewed_in_the_order_of_the_article_not_of_the_file():
    olds = [to_old_uid(Sentence("见。", article="a", number=number)) for number in (12, 2, 7)]
    renewed = renew_uids(Sentence("见。", article="a", number=old.number, extra={"uid": old.uid}) for old in olds)
    assert renewed == {
        old.uid: to_uid(Sentence("见。", article="a"), repeat=repeat)
        for old, repeat in zip(olds, (2, 0, 1), strict=True)
    }
