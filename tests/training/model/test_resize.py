import numpy as np
import pytest
import spacy
from spacy.training import Example

from annotate.spans import Span
from training.model.crf import decode, to_illegal, to_tags
from training.model.references import OUTSIDE
from training.model.resize import DOUBT, build_transitions, resize_output

TEXT = "青芦湾医药港去年引进12家企业。"
OLD, NEW = len(to_tags(["PARK"])), len(to_tags(["PARK", "ORG"]))


@pytest.fixture
def learned():
    """A pipeline that has learned one label a little, and none of its scores is nought."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("crf_ner")
    example = Example.from_dict(nlp.make_doc(TEXT), {"entities": [Span(0, 6, "PARK")]})
    nlp.initialize(lambda: [example])
    for _ in range(3):
        nlp.update([example])
    return nlp


def read(nlp):
    """The scores of all tags at each token, and the transitions between them."""
    model = nlp.get_pipe("crf_ner").model
    (scores,) = model.predict([nlp.make_doc(TEXT)])
    return scores, model.get_ref("transitions").get_param("T").copy()


def test_the_old_tags_score_as_before_and_the_new_ones_as_o_but_for_a_doubt(learned):
    (scores, transitions), model = read(learned), learned.get_pipe("crf_ner").model
    resize_output(model, NEW)
    wider, moved = read(learned)
    assert wider.shape == (len(TEXT), NEW)
    np.testing.assert_allclose(wider[:, :OLD], scores, rtol=1e-5)
    np.testing.assert_allclose(wider[:, OLD:], np.repeat(scores[:, [OUTSIDE]] - DOUBT, NEW - OLD, axis=1), rtol=1e-5)
    kept = [*range(OLD), NEW]  # the last row and column are of beginning and ending
    assert moved.shape == (NEW + 1, NEW + 1)
    assert moved[np.ix_(kept, kept)].tolist() == transitions.tolist()
    assert (moved[OLD:NEW] == moved[OUTSIDE]).all()
    assert (moved[:, OLD:NEW] == moved[:, [OUTSIDE]]).all()


def test_a_new_tag_is_never_the_best(learned):
    resize_output(learned.get_pipe("crf_ner").model, NEW)
    scores, transitions = read(learned)
    transitions[to_illegal(to_tags(["PARK", "ORG"]))] = -np.inf
    assert decode(scores, transitions, [len(TEXT)]).max() < OLD


def test_the_parameters_are_new_to_an_optimizer(learned):
    model = learned.get_pipe("crf_ner").model
    before = {name: model.get_ref(name).id for name in ("output", "transitions")}
    resize_output(model, NEW)
    assert all(model.get_ref(name).id != number for name, number in before.items())
    assert {layer.get_dim("nO") for layer in (model, model.get_ref("output"))} == {NEW}


def test_what_has_learned_nothing_yet_only_gets_its_size():
    nlp = spacy.blank("zh")
    output = nlp.add_pipe("crf_ner").model.get_ref("output")
    for size in (OLD, NEW):
        resize_output(nlp.get_pipe("crf_ner").model, size)
        assert (output.get_dim("nO"), output.has_param("W")) == (size, None)


def test_transitions_only_hold_scores():
    layer = build_transitions(np.eye(2))
    passed, backpropagate = layer.begin_update("scores")
    assert (passed, backpropagate("gradient")) == ("scores", "gradient")
    assert layer.get_param("T").tolist() == [[1, 0], [0, 1]]
    assert build_transitions().has_param("T") is None
