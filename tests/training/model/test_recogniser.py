import pytest
import spacy
from spacy.training import Example
from spacy.util import fix_random_seed

from annotate.sentence import Sentence
from annotate.spans import Span
from training.data.convert import convert, to_doc
from training.model.hints import mark_tokens
from training.model.recogniser import BATCH
from training.model.train import train

TEXT = "青芦湾医药港去年引进12家企业。"
SPANS = (Span(0, 6, "PARK"), Span(6, 8, "DATE"), Span(10, 13, "METRIC"))


@pytest.fixture(scope="module")
def nlp():
    """A pipeline that has memorised one sentence."""
    fix_random_seed(0)
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


def test_every_doc_gets_its_own_entities_however_long_the_next_one_is(nlp):
    texts = [TEXT, "见" * (2 * BATCH), TEXT + TEXT, "见" * BATCH, TEXT]
    each = [found(nlp(text)) for text in texts]
    assert [found(doc) for doc in nlp.pipe(texts)] == each
    assert each[0] == SPANS != each[2]


def test_empty_docs_are_passed_on(nlp):
    assert [found(doc) for doc in nlp.pipe(["", TEXT, ""])] == [(), SPANS, ()]
    assert found(nlp("")) == ()
    confidence = nlp.get_pipe("crf_ner").to_confidence([nlp.make_doc(text) for text in ("", TEXT, "")])
    assert [len(shares) for shares in confidence] == [0, len(nlp.make_doc(TEXT)), 0]


def test_it_says_how_sure_it_is(nlp):
    """It is very sure of what it has learned, less sure of an unknown name, and certain of a line break."""
    docs = [nlp.make_doc(text) for text in (TEXT, TEXT[:3] + "\n墨舟" + TEXT[3:])]
    known, strange = nlp.get_pipe("crf_ner").to_confidence(docs)
    assert 0.8 < known.min() < 1
    assert strange[3] == pytest.approx(1)
    assert 0 < strange.min() < known.min()


def test_what_the_reference_leaves_open_changes_nothing(nlp):
    """If a reference says nothing about a sentence, its loss is 0 for any model."""
    recogniser = nlp.get_pipe("crf_ner")
    reference = to_doc(Sentence(TEXT), nlp.vocab)
    reference.set_ents([], missing=[reference[:]])
    example = Example(nlp.make_doc(TEXT), reference)
    loss, gradient = recogniser.get_loss([example], recogniser.model.predict([example.predicted]))
    assert loss == pytest.approx(0, abs=1e-9)
    assert abs(gradient[0]).max() == pytest.approx(0, abs=1e-6)


def test_the_gradient_is_that_of_the_loss(nlp):
    """Checked by differences: a small step in one score changes the loss as the gradient predicts."""
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
    """With a large hint weight, exactly the rules' spans are found, whatever the model has learned."""
    recogniser = nlp.get_pipe("crf_ner")
    doc = mark_tokens(nlp.make_doc(TEXT), [Span(0, 3, "PARK"), Span(3, 6, "ORG")], [])
    recogniser.hint_weight = 1000
    try:
        recogniser.set_annotations([doc], recogniser.predict([doc]))
    finally:
        recogniser.hint_weight = 0
    assert found(doc) == (Span(0, 3, "PARK"),)  # it knows no ORG


def make_blank(**settings):
    nlp = spacy.blank("zh")
    nlp.add_pipe("crf_ner", config=settings)
    return nlp


def to_example(nlp, text=TEXT, spans=SPANS):
    return Example.from_dict(nlp.make_doc(text), {"entities": list(spans)})


@pytest.fixture
def learned():
    """A user's own pipeline, with spaCy's tokenizer, that has memorised one sentence."""
    nlp = make_blank()
    nlp.initialize(lambda: [to_example(nlp)])
    for _ in range(30):
        nlp.update([to_example(nlp)])
    return nlp


def test_the_best_pipeline_of_a_users_own_training_is_kept(gold, tmp_path):
    convert(gold, tmp_path)
    nlp = make_blank()
    nlp.config["training"] |= {"max_steps": 60, "eval_frequency": 20}
    nlp.config["training"]["optimizer"]["learn_rate"] = 0.01
    nlp.config.to_disk(tmp_path / "own.cfg")
    best = train(tmp_path / "own.cfg", tmp_path / "model", data=tmp_path)
    assert spacy.load(best).meta["performance"]["ents_f"] > 0.9


def test_it_is_scored_as_ner_is(learned):
    weights = {"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None}
    assert learned.config["training"]["score_weights"] == weights
    assert learned.config["components"]["crf_ner"]["scorer"] == {"@scorers": "spacy.ner_scorer.v1"}
    assert learned.evaluate([to_example(learned)])["ents_f"] == 1
    silent = make_blank(scorer=None)
    silent.initialize()
    assert "ents_f" not in silent.evaluate([to_example(silent)])


def test_a_new_label_changes_nothing_until_it_is_learned(learned):
    recogniser = learned.get_pipe("crf_ner")
    before = recogniser.predict([learned.make_doc(TEXT)])[0]
    assert recogniser.add_label("ORG") == 1
    assert recogniser.add_label("ORG") == 0
    assert recogniser.predict([learned.make_doc(TEXT)])[0].tolist() == before.tolist()
    again = make_blank().from_bytes(learned.to_bytes())
    assert found(again(TEXT)) == SPANS
    other = "石桥药业今天开园。"
    examples = [to_example(learned), to_example(learned, other, [Span(0, 4, "ORG")])]
    for _ in range(30):
        learned.update(examples)  # by the optimizer that knows the model as it was
    assert [found(learned(text)) for text in (TEXT, other)] == [SPANS, (Span(0, 4, "ORG"),)]


def test_labels_come_with_the_examples_too(learned):
    learned.update([to_example(learned, "石桥药业", [Span(0, 4, "ORG")])])
    assert learned.get_pipe("crf_ner").labels == ("DATE", "METRIC", "PARK", "ORG")
    assert found(learned(TEXT)) == SPANS


def test_initialize_keeps_added_labels_and_takes_given_ones():
    nlp = make_blank()
    nlp.get_pipe("crf_ner").add_label("ORG")
    nlp.initialize()  # without examples
    assert nlp.get_pipe("crf_ner").labels == ("ORG",)
    nlp.initialize(lambda: [to_example(nlp)])
    assert nlp.get_pipe("crf_ner").labels == ("ORG", "DATE", "METRIC", "PARK")
    nlp.get_pipe("crf_ner").initialize(lambda: [to_example(nlp)], nlp=nlp, labels=["PARK", "CITY"])
    assert nlp.get_pipe("crf_ner").labels == ("ORG", "DATE", "METRIC", "PARK", "CITY")
    with pytest.raises(TypeError, match="E930"):
        nlp.initialize(lambda: [])


def test_without_labels_it_finds_nothing():
    nlp = make_blank()
    nlp.initialize()
    assert [token.ent_iob_ for token in nlp(TEXT)] == ["O"] * len(TEXT)
    assert found(nlp("")) == ()


def test_what_is_there_stays(learned):
    """Entities of an earlier component, with their ids, and blocked tokens."""
    doc = learned.make_doc(TEXT)
    ruled = doc.char_span(3, 6, "ORG", kb_id="Q1")
    doc.set_ents([ruled], blocked=[doc[6:8]])
    doc = learned.get_pipe("crf_ner")(doc)
    assert [entity.kb_id_ for entity in doc.ents if entity.label_ == "ORG"] == ["Q1"]
    assert Span(3, 6, "ORG") in found(doc)
    assert SPANS[1] not in found(doc)
    assert SPANS[2] in found(doc)
    assert all(token.ent_iob for token in doc)


def test_a_blank_is_no_edge_of_an_entity(learned):
    for text in (TEXT.replace("家", "家 "), TEXT.replace("港", "　"), " ".join(TEXT)):
        assert all(entity.text == entity.text.strip() for entity in learned(text).ents)


def test_rehearsal_draws_it_back_to_what_it_knew(learned):
    recogniser, example = learned.get_pipe("crf_ner"), to_example(learned)
    assert recogniser.rehearse([example]) == {"crf_ner": 0.0}  # nothing was kept to go back to
    optimizer = learned.resume_training()
    for _ in range(3):
        learned.update([to_example(learned, spans=())], sgd=optimizer)
    losses = [learned.rehearse([example], sgd=optimizer)["crf_ner"] for _ in range(20)]
    assert losses[-1] < losses[0]
    assert found(learned(TEXT)) == SPANS
    recogniser.add_label("ORG")
    learned.rehearse([example, to_example(learned, "", ())], sgd=optimizer)


def test_an_update_without_an_optimizer_only_gathers(learned):
    recogniser = learned.get_pipe("crf_ner")
    before = recogniser.to_bytes()
    losses = recogniser.update([to_example(learned, spans=SPANS[1:])], drop=0.0, losses={"crf_ner": 1.0})
    assert losses["crf_ner"] > 1
    assert recogniser.to_bytes() == before
    assert recogniser.model.get_ref("transitions").has_grad("T")
    recogniser.finish_update(learned.create_optimizer())
    assert recogniser.to_bytes() != before


def test_several_processes(learned):
    texts = [TEXT, "", TEXT[:8]] * 2
    docs = learned.pipe(texts, n_process=2, batch_size=2)
    assert [found(doc) for doc in docs] == [found(learned(text)) for text in texts]


def test_a_shared_layer_frozen_or_made_its_own():
    nlp = spacy.blank("zh")
    nlp.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("crf_ner", config={"model": {"@architectures": "parkner.CRF.v1", "tok2vec": listener}})
    optimizer = nlp.initialize(lambda: [to_example(nlp)])
    with nlp.select_pipes(disable="tok2vec"):
        assert nlp.pipe_names == ["crf_ner"]
    for _ in range(30):
        nlp.update([to_example(nlp)], sgd=optimizer)
    assert found(nlp(TEXT)) == SPANS
    frozen = nlp.get_pipe("tok2vec").to_bytes()
    nlp.update([to_example(nlp)], sgd=optimizer, exclude=["tok2vec"], annotates=["tok2vec"])
    assert nlp.get_pipe("tok2vec").to_bytes() == frozen
    nlp.replace_listeners("tok2vec", "crf_ner", ["model.tok2vec"])
    nlp.remove_pipe("tok2vec")
    assert found(nlp(TEXT)) == SPANS
