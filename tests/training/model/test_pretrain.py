"""Weights that a small layer learns from a few sentences, and a training that starts from them."""

import lzma
import random
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import DEFAULT_CONFIG_PRETRAIN_PATH
from spacy.training.pretrain import get_tok2vec_ref
from spacy.util import load_config, load_model_from_config

from annotate.rules.file import RULES
from annotate.settings import CONFIGS
from training.data.convert import convert
from training.model.pretrain import Progress, hide_tokens, pretrain
from training.model.tokenizer import CharacterTokenizer
from training.model.train import train
from training.model.weights import get_layer, load_weights

TEXT = """青芦湾医药港去年引进12家企业,总投资3.5亿元。
石桥药业今年落户青芦湾医药港,明年投产;苏州市的两家企业也要来。
白鹭洲管委会说,园区还要再建8万平方米厂房。
"""


def write_config(path: Path, *, width: int = 16, attrs: tuple[str, ...] = ("NORM", "TAG"), depth: int = 1) -> Path:
    """The default config with a small layer, which learns fast from small batches, and a learning rate of 0."""
    settings = load_config(CONFIGS / "ner.cfg")
    place = get_layer(settings)
    model = settings["components"][place["component"]]["model"]
    layer = model[place["layer"]] if place["layer"] else model
    layer["embed"] |= {"attrs": list(attrs), "rows": [100] * len(attrs)}
    layer["encode"] |= {"width": width, "depth": depth}
    settings["training"] |= {"max_steps": 1, "eval_frequency": 1}
    settings["training"]["optimizer"] |= {"learn_rate": 0.0, "use_averages": False}
    settings["pretraining"] = load_config(DEFAULT_CONFIG_PRETRAIN_PATH)["pretraining"] | place
    settings["pretraining"]["batcher"]["size"] = 200
    settings["pretraining"]["optimizer"]["learn_rate"] = 0.01
    settings["pretraining"]["objective"]["hidden_size"] = 32
    settings.to_disk(path)
    return path


@pytest.fixture(scope="module")
def config(tmp_path_factory) -> Path:
    return write_config(tmp_path_factory.mktemp("config") / "ner.cfg")


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "a.txt.xz").write_bytes(lzma.compress(TEXT.encode()))
    (folder / "b.txt").write_bytes("当前位置:首页 > 要闻\n白鹭洲科技园今天开园。".encode("gb18030"))
    return folder


def run(config: Path, raw: Path, output: Path, *, steps: int = 3, seed: int = 0) -> list[Progress]:
    told: list[Progress] = []
    pretrain(config, output, raw=[raw], steps=steps, seed=seed, report=told.append)
    return told


@pytest.fixture(scope="module")
def weights(config, raw, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "weights.bin"
    run(config, raw, path)
    return path


def to_layer(nlp):
    return get_tok2vec_ref(nlp, nlp.config["pretraining"])


def to_arrays(layer):
    names = [(node, name) for node in layer.walk() for name in node.param_names if node.has_param(name)]
    return [np.asarray(node.get_param(name)).tolist() for node, name in names]


def test_the_same_seed_gives_the_same_weights(config, raw, weights, tmp_path):
    run(config, raw, tmp_path / "again.bin")
    run(config, raw, tmp_path / "other.bin", seed=1)
    assert (tmp_path / "again.bin").read_bytes() == weights.read_bytes() != (tmp_path / "other.bin").read_bytes()


def test_what_is_hidden_is_learned(config, raw, tmp_path):
    told = run(config, raw, tmp_path / "weights.bin", steps=250)
    assert [progress.steps for progress in told] == [100, 200, 250]
    assert told[0].characters < told[1].characters < told[2].characters
    assert told[2].loss < 0.7 * told[0].loss


@pytest.mark.parametrize("seed", range(5))
def test_hidden_tokens_keep_their_hints_and_leave_no_trace(seed):
    random.seed(seed)
    tokenizer = CharacterTokenizer(spacy.blank("zh").vocab)
    rules, text = tokenizer.stored.load(RULES), TEXT.strip()
    whole, passage = tokenizer(text), hide_tokens(text, tokenizer.vocab, rules)
    assert [token.tag_ for token in passage.doc] == [token.tag_ for token in whole]
    assert [token.dep_ for token in passage.doc] == [token.dep_ for token in whole]
    assert {"B-PARK", "B-DATE", "B-METRIC"} <= {token.tag_ for token in passage.doc}
    assert passage.hidden == [whole[place].text for place in passage.places]
    changed = [token.i for token, before in zip(passage.doc, whole, strict=True) if token.text != before.text]
    assert changed
    assert set(changed) <= set(passage.places)
    for place in changed:
        read = "".join(token.norm_ + token.lemma_ for token in passage.doc[max(place - 1, 0) : place + 1])
        assert whole[place].text not in read


def test_without_rules_there_are_no_hints():
    passage = hide_tokens("青芦湾医药港去年开园。", spacy.blank("zh").vocab, None)
    assert {token.tag_ for token in passage.doc} == {""}


@pytest.mark.parametrize("named", [False, True])
def test_training_starts_from_the_weights(config, gold, weights, tmp_path, named):
    settings = load_config(config)
    learned = to_layer(load_model_from_config(settings, auto_fill=True))
    load_weights(learned, weights.read_bytes())
    settings["pretraining"] = {}  # where spaCy would take no notice of the weights
    settings["paths"]["init_tok2vec"] = str(weights) if named else None
    settings.to_disk(tmp_path / "ner.cfg")
    convert(gold, tmp_path)
    pretrained = None if named else weights
    model = train(tmp_path / "ner.cfg", tmp_path / "model", data=tmp_path, pretrained=pretrained)
    assert to_arrays(to_layer(spacy.load(model))) == to_arrays(learned)


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ({"width": 32}, "Attempt to change dimension"),
        ({"depth": 2}, "mismatched structure"),
        ({"attrs": ("NORM", "DEP")}, "they read the token attributes NORM, TAG, not NORM, DEP"),
    ],
)
def test_weights_of_another_layer_are_refused(refuse, config, gold, weights, tmp_path, layer, message):
    convert(gold, tmp_path)
    write_config(tmp_path / "other.cfg", **layer)
    (tmp_path / "weights.bin").write_bytes(weights.read_bytes())
    (tmp_path / "model").mkdir()
    error = refuse(tmp_path, "train {0}/other.cfg -o {0}/model --data {0} --pretrained {0}/weights.bin").err
    assert f"weights.bin: these weights do not fit {tmp_path}/other.cfg: " in error
    assert message in error
    assert list((tmp_path / "model").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\x01", b"text\n", b"\x81\xa5nodes\x90", None])
def test_what_is_no_weights_is_refused(refuse, config, gold, tmp_path, content):
    convert(gold, tmp_path)
    (tmp_path / "model").mkdir()
    if content is not None:
        (tmp_path / "weights.bin").write_bytes(content)
    error = refuse(tmp_path, f"train {config} -o {{0}}/model --data {{0}} --pretrained {{0}}/weights.bin").err
    assert "weights.bin: no such file" in error if content is None else "these weights do not fit" in error
