import pytest
import spacy
from spacy.training import Example

from annotate.sentence import Sentence
from annotate.spans import Span
from training.data.convert import to_doc
from training.model.crf import to_tags
from training.model.references import to_allowed

LABELS = ("ORG", "PARK")
ALL = set(to_tags(LABELS))
TEXT = "石桥药业落户张江。"


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})


def list_allowed(*examples):
    """The tags that are right at each token."""
    return [
        {tag for tag, right in zip(to_tags(LABELS), row, strict=True) if right} for row in to_allowed(examples, LABELS)
    ]


def label(nlp, text, *spans):
    return Example(nlp.make_doc(text), to_doc(Sentence(text, spans), nlp.vocab))


def test_one_tag_is_right_at_each_token(nlp):
    example = label(nlp, TEXT, Span(0, 4, "ORG"), Span(6, 8, "PARK"), Span(8, 9, "ORG"))
    expected = ["B-ORG", "I-ORG", "I-ORG", "L-ORG", "O", "O", "B-PARK", "L-PARK", "U-ORG"]
    assert list_allowed(example) == [{tag} for tag in expected]


def test_examples_come_one_after_the_other_and_empty_ones_are_none(nlp):
    examples = label(nlp, "张江", Span(0, 2, "PARK")), label(nlp, ""), label(nlp, "在")
    assert list_allowed(*examples) == [{"B-PARK"}, {"L-PARK"}, {"O"}]


def test_what_the_reference_does_not_know_is_left_open(nlp):
    reference = to_doc(Sentence(TEXT), nlp.vocab)
    reference.set_ents([reference.char_span(0, 4, "ORG")], missing=[reference[4:6]])
    rows = list_allowed(Example(nlp.make_doc(TEXT), reference))
    assert rows[3:7] == [{"L-ORG"}, ALL, ALL, {"O"}]


def test_an_entity_that_cuts_a_token_is_left_open(nlp):
    assert list_allowed(label(nlp, "去ABC园", Span(2, 5, "PARK"))) == [{"O"}, ALL, ALL]


def test_other_blanks_in_the_reference():
    """spaCy's examples may be made of words, between which it then puts blanks."""
    words, tags = ["光谷", "和", "张江", "。"], ["U-PARK", "O", "U-ORG", None]
    example = Example.from_dict(spacy.blank("zh").make_doc("光谷和张江。"), {"words": words, "entities": tags})
    assert example.predicted.text != example.reference.text
    rows = list_allowed(example)
    assert (rows[2], rows[5]) == ({"O"}, ALL)
    assert all(row in ({"O"}, ALL) or len(row) == 1 for row in rows)
