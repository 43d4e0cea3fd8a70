from hypothesis import given
from hypothesis import strategies as st

from annotate.sentence import Sentence, group_articles, join_sentences, locate
from annotate.spans import Span

SOUND = Sentence("青芦湾医药港去年引进十二家企业。", (Span(0, 6, "PARK"),), "qinglu", 3, {"published": "2024-05-06"})


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
