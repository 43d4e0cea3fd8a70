import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ParknerError
from annotate.sentence import Sentence, group_articles
from training.pieces import LONGEST, group_pieces

sentence = st.builds(Sentence, st.text("石桥药业", max_size=9), article=st.sampled_from(["", "a", "b"]))


@given(st.lists(sentence), st.integers(1, 12))
def test_pieces_are_the_sentences_each_of_one_article_and_no_longer_than_need_be(sentences, size):
    pieces = list(group_pieces(sentences, size))
    assert [sentence for piece in pieces for sentence in piece] == sentences
    for piece in pieces:
        assert len({sentence.article for sentence in piece}) == 1
        assert len(piece) == 1 or sum(len(sentence.text) for sentence in piece) <= size


@given(st.lists(sentence))
def test_what_is_short_stays_whole(sentences):
    assert list(group_pieces(sentences)) == list(group_articles(sentences))


def test_a_line_that_spacy_cannot_read_is_named():
    fits, too_long = (Sentence("园" * length, article="a", number=7) for length in (LONGEST, LONGEST + 1))
    assert list(group_pieces([fits])) == [[fits]]
    with pytest.raises(ParknerError) as error:
        list(group_pieces([too_long]))
    assert str(error.value) == (
        f"article a, number 7: {LONGEST + 1} characters in a line, more than {LONGEST}: split it"
    )
