import shutil

import spacy
from hypothesis import given
from hypothesis import strategies as st

from annotate.spans import Span
from training.model.tokenizer import create_character_tokenizer, make_doc, to_tokens


@given(st.text())
def test_nothing_is_lost(text):
    assert "".join(to_tokens(text)) == text
    assert make_doc(spacy.blank("xx").vocab, to_tokens(text)).text == text


def test_embedding_sees_compatibility_forms():
    doc = make_doc(spacy.blank("xx").vocab, to_tokens("ＧＤＰ增２３％"))
    assert [token.text for token in doc] == ["ＧＤＰ", "增", "２３", "％"]
    assert [token.norm_ for token in doc] == ["gdp", "增", "00", "%"]
    assert [token.lemma_ for token in doc] == ["gdp增", "增00", "00%", "%"]


def test_the_tokenizer_is_found_without_code_and_stored(tmp_path):
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})
    nlp.to_disk(tmp_path)
    assert [token.text for token in spacy.load(tmp_path)("光谷2024")] == ["光", "谷", "2024"]
    assert create_character_tokenizer()(nlp)("").text == ""


def test_hints_words_and_places_are_token_attributes():
    hints, words = [Span(0, 5, "PARK")], [Span(0, 2, "city"), Span(2, 5, "park_head")]
    doc = make_doc(spacy.blank("xx").vocab, to_tokens("苏州高新区见"), hints, words)
    assert [token.tag_ for token in doc] == ["B-PARK", "I-PARK", "I-PARK", "I-PARK", "I-PARK", ""]
    assert [token.dep_ for token in doc] == ["B-city", "I-city", "B-park_head", "I-park_head", "I-park_head", ""]
    assert [token.norm_ for token in doc] == ["city", "city", "高", "新", "区", "见"]


def test_a_pipeline_keeps_its_rules(tmp_path):
    rules = tmp_path / "rules" / "rules.toml"
    rules.parent.mkdir()
    rules.write_text("names = [{name = 'park', label = 'PARK', files = ['lists/park.txt']}]", "utf-8")
    (rules.parent / "lists").mkdir()
    (rules.parent / "lists" / "park.txt").write_text("青芦湾医药港", "utf-8")
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})
    nlp.tokenizer.initialize(rules=str(rules))
    nlp.to_disk(tmp_path / "model")
    shutil.rmtree(rules.parent)
    for again in (spacy.load(tmp_path / "model"), spacy.blank("zh", config=nlp.config).from_bytes(nlp.to_bytes())):
        assert [token.tag_ for token in again("在青芦湾医药港")] == ["", "B-PARK", *["I-PARK"] * 5]
