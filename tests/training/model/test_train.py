import pytest
import spacy

from annotate.errors import ParknerError
from annotate.quality.score import score
from annotate.records import read_sentences
from training.model.predict import load_model, predict
from training.model.train import train


def test_the_model_learns_its_sentences(model, gold):
    sentences = list(read_sentences(gold / "train"))
    predicted = list(predict(sentences, load_model(model)))
    assert score(sentences, predicted)["micro"].f1 > 0.9
    assert [sentence.text for sentence in predicted] == [sentence.text for sentence in sentences]
    assert predicted[0].extra["origin"] == [[*span, "model"] for span in predicted[0].spans]


def test_plain_spacy_loads_it(model):
    assert spacy.load(model).pipe_names == ["ner"]


def test_what_is_missing_is_named(gold, config, tmp_path):
    with pytest.raises(ParknerError, match=r"none\.cfg: no such file"):
        train(tmp_path / "none.cfg", tmp_path / "model", data=gold.parent)
    with pytest.raises(ParknerError, match=r"train\.spacy: no such file; `parkner convert` makes it"):
        train(config, tmp_path / "model", data=tmp_path)


def test_a_config_that_spacy_refuses(model, config, gold, tmp_path):
    broken = tmp_path / "broken.cfg"
    broken.write_text(config.read_text("utf-8").replace("spacy.MultiHashEmbed.v2", "spacy.NoSuchEmbed.v2"), "utf-8")
    with pytest.raises(ParknerError, match=r"broken\.cfg: .*NoSuchEmbed"):
        train(broken, tmp_path / "model", data=gold.parent)
    assert not (tmp_path / "model").exists()
