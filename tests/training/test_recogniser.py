import pytest
import spacy
from spacy.training import Example

from annotate.corpus import Sentence
from annotate.spans import Span
from training.convert import to_doc
from training.hints import mark_tokens

TEXT = "青芦湾医药港去年引进12家企业。"
SPANS = (Span(0, 6, "PARK"), Span(6, 8, "DATE"), Span(10, 13, "METRIC"))


@pytest.fixture(scope="module")
def nlp():
    """A pipeline that has learned one sentence by heart."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})
    nlp.add_pipe("crf_ner")
    examples = [Example(nlp.make_doc(TEXT), to_doc(Sentence(TEXT, SPANS), nlp.vocab))]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples, sgd=optimizer)
    return nlp


def found(doc):
    return tuple(Span(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents)


def test_it_learns_and_comes_back_the_same(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    for pipeline in (nlp, spacy.load(tmp_path), spacy.blank("zh", config=nlp.config).from_bytes(nlp.to_bytes())):
        assert found(pipeline(TEXT)) == SPANS
        assert pipeline.get_pipe("crf_ner").labels == ("DATE", "METRIC", "PARK")


def test_no_entity_goes_over_a_line_break(nlp):
    doc = nlp(TEXT[:3] + "\n" + TEXT[3:] + "\n\n" + TEXT)
    assert not any("\n" in entity.text for entity in doc.ents)
    assert found(doc)[-3:] == tuple(span.shift(len(TEXT) + 3) for span in SPANS)


def test_empty_docs_are_passed_on(nlp):
    assert [found(doc) for doc in nlp.pipe(["", TEXT, ""])] == [(), SPANS, ()]
    assert found(nlp("")) == ()
    confidence = nlp.get_pipe("crf_ner").find_confidence([nlp.make_doc(text) for text in ("", TEXT, "")])
    assert [len(shares) for shares in confidence] == [0, len(nlp.make_doc(TEXT)), 0]


def test_it_says_how_sure_it_is(nlp):
    """Of what it has learned very, of a name that it does not know less, of a line break it is certain."""
    docs = [nlp.make_doc(text) for text in (TEXT, TEXT[:3] + "\n墨舟" + TEXT[3:])]
    known, strange = nlp.get_pipe("crf_ner").find_confidence(docs)
    assert 0.8 < known.min() < 1
    assert strange[3] == pytest.approx(1)
    assert 0 < strange.min() < known.min()


def test_what_the_reference_leaves_open_changes_nothing(nlp):
    """The loss of a sentence of which nothing is known is nought, whatever the model says."""
    recogniser = nlp.get_pipe("crf_ner")
    reference = to_doc(Sentence(TEXT), nlp.vocab)
    reference.set_ents([], missing=[reference[:]])
    example = Example(nlp.make_doc(TEXT), reference)
    loss, gradient = recogniser.get_loss([example], recogniser.model.predict([example.predicted]))
    assert loss == pytest.approx(0, abs=1e-9)
    assert abs(gradient[0]).max() == pytest.approx(0, abs=1e-6)


def test_an_entity_that_cuts_a_token_is_left_open():
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})
    recogniser = nlp.add_pipe("crf_ner")
    example = Example(nlp.make_doc("ABC园"), to_doc(Sentence("ABC园", (Span(1, 4, "PARK"),)), nlp.vocab))
    nlp.initialize(lambda: [example])
    loss, _ = recogniser.get_loss([example], recogniser.model.predict([example.predicted]))
    assert loss == pytest.approx(0, abs=1e-9)


def test_the_gradient_is_that_of_the_loss(nlp):
    """By differences: a small step in one score changes the loss as the gradient says."""
    recogniser = nlp.get_pipe("crf_ner")
    example = Example(nlp.make_doc(TEXT), to_doc(Sentence(TEXT, SPANS[1:]), nlp.vocab))
    scores = recogniser.model.predict([example.predicted])
    _, (gradient,) = recogniser.get_loss([example], scores)
    for place, tag in ((0, 0), (2, 5), (7, 3)):
        losses = []
        for step in (0.01, -0.01):
            moved = scores[0].copy()
            moved[place, tag] += step
            losses.append(recogniser.get_loss([example], [moved])[0])
        assert (losses[0] - losses[1]) / 0.02 == pytest.approx(gradient[place, tag], abs=1e-3)
    recogniser.model.get_ref("transitions").set_grad("T", 0 * recogniser.model.get_ref("transitions").get_param("T"))


def test_trust_in_the_rules_tips_the_scales(nlp):
    """With enough of it, what the rules say is found, whatever the model has learned, and nothing else."""
    recogniser = nlp.get_pipe("crf_ner")
    doc = mark_tokens(nlp.make_doc(TEXT), [Span(0, 3, "PARK"), Span(3, 6, "ORG")], [])
    recogniser.trust = 1000
    try:
        recogniser.set_annotations([doc], recogniser.predict([doc]))
    finally:
        recogniser.trust = 0
    assert found(doc) == (Span(0, 3, "PARK"),)  # it knows no ORG
