from pathlib import Path

import pytest
from confection import Config
from spacy.ml.models import MultiHashEmbed

from annotate.errors import ParknerError
from training.model.weights import add_pretraining, get_layer, load_weights


def make_layer(*attributes, width=8):
    layer = MultiHashEmbed(width, list(attributes), [9] * len(attributes), include_static_vectors=False)
    layer.initialize()
    return layer


@pytest.mark.parametrize(
    ("pipeline", "layer"),
    [
        (["ner", "shared"], {"component": "ner", "layer": "tok2vec"}),
        (["rules", "shared", "ner"], {"component": "shared", "layer": ""}),
        (["rules", "unknown"], None),
        ([], None),
    ],
)
def test_the_first_of_the_pipeline_that_reads_tokens(pipeline, layer):
    components = {"shared": {"factory": "tok2vec"}, "ner": {"model": {"tok2vec": {}}}, "rules": {"factory": "rules"}}
    assert get_layer({"nlp": {"pipeline": pipeline}, "components": components}) == layer


def test_a_config_keeps_its_own_pretraining_and_is_left_as_it_is():
    own = Config({"pretraining": {"component": "mine"}})
    assert add_pretraining(own, address=Path("ner.cfg")) == own
    bare = Config({"nlp": {"pipeline": ["ner"]}, "components": {"ner": {"factory": "tok2vec"}}, "pretraining": {}})
    assert add_pretraining(bare, address=Path("ner.cfg"))["pretraining"]["component"] == "ner"
    assert bare["pretraining"] == {}


def test_a_config_without_such_a_layer_is_named():
    with pytest.raises(ParknerError, match=r"^ner\.cfg: no component has a layer tok2vec to pretrain$"):
        add_pretraining(Config({"nlp": {"pipeline": []}}), address=Path("ner.cfg"))


def test_weights_go_where_they_came_from():
    learned, other = make_layer("NORM", "TAG"), make_layer("NORM", "TAG")
    load_weights(other, learned.to_bytes())
    assert other.to_bytes() == learned.to_bytes()


def test_weights_for_other_attributes_are_refused():
    with pytest.raises(ValueError, match=r"^they read the token attributes NORM, SHAPE, not NORM, TAG$"):
        load_weights(make_layer("NORM", "TAG"), make_layer("NORM", "SHAPE").to_bytes())


def test_weights_of_another_width_are_refused():
    with pytest.raises(ValueError, match="nO"):
        load_weights(make_layer("NORM", "TAG"), make_layer("NORM", "TAG", width=9).to_bytes())
