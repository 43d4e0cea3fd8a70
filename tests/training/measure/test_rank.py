"""The order of sentences to annotate next, by the tiny model, which has memorised the eight sentences of its gold."""

import json
import math

import pytest
import spacy

from annotate.rules.file import load_rules
from annotate.sentence import Sentence
from annotate.spans import Span
from training.measure.rank import add_uncertainty, rank, to_uncertainty
from training.model.predict import load_model

KNOWN = "石桥药业落户青芦湾医药港。"
STRANGE = "墨舟与听泉斋合办的云台创谷昨夜揭牌。"
RULES = """
[[rule]]
name = "date"
label = "DATE"
pattern = "2023年"
match = []
skip = []
"""


@pytest.fixture
def ranked(model):
    """Rank sentences by the tiny model, or another, and rules."""

    def run(*sentences, nlp=None, rules=None):
        return rank(add_uncertainty(sentences, nlp or load_model(model), rules or load_rules()))

    return run


@pytest.fixture
def ruler(tmp_path):
    """A pipeline that cannot say how sure it is; it only knows two names."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": name} for name in ("墨舟", "听泉斋")])
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    return {"nlp": nlp, "rules": load_rules(tmp_path / "rules.toml")}


def values(sentences):
    return [sentence.extra["uncertainty"] for sentence in sentences]


def test_what_the_model_does_not_know_comes_first_and_nothing_else_changes(ranked):
    known = Sentence(KNOWN, (Span(0, 4, "ORG"),), "a", 1, {"origin": [[0, 4, "ORG", "suffix"]], "published": "今天"})
    strange = Sentence(STRANGE, (), "a", 2)
    found = ranked(known, strange)
    assert [sentence.text for sentence in found] == [STRANGE, KNOWN]
    assert found[0] == strange.with_spans((), uncertainty=found[0].extra["uncertainty"])
    assert found[1] == known.with_keys(uncertainty=found[1].extra["uncertainty"])
    assert found[0].extra["uncertainty"] > 5 * found[1].extra["uncertainty"] >= 0


def test_near_repeats_and_equal_short_texts_come_last(ranked):
    strange = [Sentence(STRANGE.replace("昨夜", when), article=when) for when in ("昨夜", "今晨", "前天", "昨天")]
    short = [Sentence("墨舟说。", article=str(number)) for number in range(3)]
    found = ranked(*strange, *short, Sentence(KNOWN))
    first, last = found[:3], found[3:]
    assert {sentence.text for sentence in first} == {first[0].text, "墨舟说。", KNOWN}
    assert values(first) == sorted(values(first), reverse=True)
    assert values(last) == sorted(values(last), reverse=True)
    assert len([one for one in last if one.text == "墨舟说。"]) == 2


def test_the_order_is_the_same_every_time_and_of_equals_that_of_the_file(ranked):
    sentences = [
        Sentence(STRANGE),
        *(Sentence(text, article=text) for text in ("园区", "园区。", "园区,")),
        Sentence(KNOWN),
    ]
    assert ranked(*sentences) == ranked(*sentences)
    equal = [Sentence(name, extra={"uncertainty": 0.5}) for name in "丙甲乙"]
    assert rank(equal) == equal
    assert rank([]) == []


def test_sentences_of_an_article_are_read_together(model):
    nlp = load_model(model)
    article = [Sentence(KNOWN, article="a"), Sentence(STRANGE, article="a")]
    (confidence,) = nlp.get_pipe("ner").to_confidence([nlp.make_doc(f"{KNOWN}\n{STRANGE}")])
    expected = [to_uncertainty(confidence[: len(KNOWN)]), to_uncertainty(confidence[len(KNOWN) + 1 :])]
    assert values(add_uncertainty(article, nlp, load_rules())) == pytest.approx(expected, abs=1e-4)


def test_where_a_pipeline_cannot_say_how_sure_it_is_it_is_held_against_the_rules(ranked, ruler):
    texts = ["他说。", "墨舟来了。", "2023年,墨舟和听泉斋来了。"]
    found = ranked(*map(Sentence, texts), **ruler)
    assert [sentence.text for sentence in found] == texts[::-1]
    assert values(found) == [3, 1, 0]
    assert not any(sentence.spans for sentence in found)


def test_no_certainty_is_below_nought_or_beyond_numbers():
    assert json.dumps([to_uncertainty([1.0, 1 + 1e-12])]) == "[0.0]"
    assert math.isfinite(to_uncertainty([0.0, 0.5]))
