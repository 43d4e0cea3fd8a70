import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.sentence import Sentence, find_problems, from_row, group_articles, join_sentences, locate, to_row
from annotate.spans import Span

SOUND = Sentence("青芦湾医药港去年引进十二家企业。", (Span(0, 6, "PARK"),), "qinglu", 3, {"published": "2024-05-06"})


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    extra=st.dictionaries(st.sampled_from(["score", "note", "kinds"]), st.none() | st.text() | st.lists(st.integers())),
)
def test_row_round_trip(text, extra):
    sentence = Sentence(text, (Span(0, 1, "ORG"),), "a", 7, extra)
    assert from_row(json.loads(json.dumps(to_row(sentence)))) == sentence


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], "not a JSON object"),
        ({"text": 7, "label": []}, 'no "text" string of Unicode characters'),
        (
            {"text": "园区"},
            'no "label": `parkner prelabel` sets it, and "label": [] means that there is nothing to label',
        ),
        ({"text": "园区", "label": [[0, 2]]}, '"label" is not a list of [start, end, "LABEL"]'),
        ({"text": "园区", "label": [], "article": None}, '"article" is not a string or "number" not an integer'),
        ({"text": "园区", "label": [], "comments": [7]}, '"comments" is not a list of strings'),
    ],
)
def test_a_row_that_is_no_record_says_why(row, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        from_row(row)


def test_a_row_is_left_as_it_is():
    row = to_row(SOUND)
    from_row(row)
    assert row == to_row(SOUND)


def test_new_spans_come_in_text_order_and_new_keys_beside_the_old():
    sentence = SOUND.with_spans([Span(10, 13, "METRIC"), Span(0, 6, "PARK")], annotator="li")
    assert sentence.spans == (Span(0, 6, "PARK"), Span(10, 13, "METRIC"))
    assert sentence.extra == {"published": "2024-05-06", "annotator": "li"}
    assert SOUND.extra == {"published": "2024-05-06"}


def test_sentences_of_no_article_stand_alone_and_an_article_that_comes_again_is_another():
    articles = ["a", "a", "", "", "b", "a"]
    grouped = group_articles(Sentence("见。", article=article) for article in articles)
    assert [[sentence.article for sentence in article] for article in grouped] == [["a", "a"], [""], [""], ["b"], ["a"]]


@given(st.lists(st.text("园区见，", max_size=5), min_size=1))
def test_spans_of_joined_sentences_have_the_text_that_they_had(texts):
    sentences = [Sentence(text, (Span(0, len(text), "PARK"),)) for text in texts]
    joined = join_sentences(sentences)
    assert [joined.text[span.start : span.end] for span in joined.spans] == texts


def test_a_text_is_quoted_whole_where_it_is_no_longer_than_a_quotation():
    assert locate(Sentence("石桥药业落户青芦湾医药港")) == "“石桥药业落户青芦湾医药港”"


def test_every_problem_of_a_sentence_is_told():
    sentence = Sentence(" 石桥药业", (Span(0, 5, "FIRM"), Span(2, 3, "ORG")))
    assert list(find_problems(sentence)) == [
        "span [0, 5, FIRM] begins or ends with a blank",
        "span [0, 5, FIRM] has an unknown label",
        "span [2, 3, ORG] overlaps [0, 5, FIRM]",
    ]


def test_sound_sentence_has_no_problems():
    assert list(find_problems(SOUND)) == []
