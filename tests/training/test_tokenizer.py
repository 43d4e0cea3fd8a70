import spacy
from hypothesis import given
from hypothesis import strategies as st

from training.tokenizer import create_character_tokenizer, find_tokens, make_doc


@given(st.text())
def test_nothing_is_lost(text):
    assert "".join(find_tokens(text)) == text
    assert make_doc(spacy.blank("xx").vocab, find_tokens(text)).text == text


def test_embedding_sees_compatibility_forms():
    doc = make_doc(spacy.blank("xx").vocab, find_tokens("ＧＤＰ增２３％"))
    assert [token.text for token in doc] == ["ＧＤＰ", "增", "２３", "％"]
    assert [token.norm_ for token in doc] == ["gdp", "增", "00", "%"]
    assert [token.lemma_ for token in doc] == ["gdp增", "增00", "00%", "%"]


def test_the_tokenizer_is_found_without_code_and_stored(tmp_path):
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})
    nlp.to_disk(tmp_path)
    assert [token.text for token in spacy.load(tmp_path)("光谷2024")] == ["光", "谷", "2024"]
    assert create_character_tokenizer()(nlp)("").text == ""
