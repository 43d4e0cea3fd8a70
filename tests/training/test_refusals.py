"""An error that the user can fix is one line with an address; our own bugs keep their traceback."""

import errno

import pytest
import spacy
from spacy.language import Language
from spacy.util import load_config

from annotate.errors import ParknerError
from training.model.predict import load_model
from training.model.pretrain import pretrain
from training.model.train import train
from training.refusals import name_refusals


class Bug(ValueError):
    """An error that our code never raises on purpose."""


def fail(*_: object, **__: object) -> None:
    raise Bug("shapes differ")


@Language.factory("test_breaks_the_pipeline", default_config={"at": "update"})
def create_broken(nlp: Language, name: str, at: str) -> object:
    """A component in one of our packages that has a bug."""
    fail_as_ours = type(fail)(fail.__code__, {**fail.__globals__, "__name__": "training.broken"})
    return type("Broken", (), {at: fail_as_ours, "__call__": lambda self, doc: doc})()


@pytest.fixture
def change(config, tmp_path):
    """The small config with some other values, in a separate file."""

    def change(**values: object):
        settings = load_config(config)
        for place, value in values.items():
            *blocks, key = place.split("__")
            block = settings
            for name in blocks:
                block = block.setdefault(name, {})
            block[key] = value
        settings.to_disk(tmp_path / "other.cfg")
        return tmp_path / "other.cfg"

    return change


@pytest.mark.parametrize("at", ["initialize", "update"])
def test_a_bug_in_training_stays_a_bug(model, change, gold, tmp_path, at):
    broken = {"factory": "test_breaks_the_pipeline", "at": at}
    path = change(nlp__pipeline=["ner", "broken"], components__broken=broken)
    with pytest.raises(Bug, match="shapes differ"):
        train(path, tmp_path / "model", data=gold.parent)


def test_a_bug_in_loading_stays_a_bug(model, tmp_path):
    nlp = spacy.load(model)
    nlp.add_pipe("test_breaks_the_pipeline", config={"at": "from_disk"})
    nlp.to_disk(tmp_path)
    with pytest.raises(Bug, match="shapes differ"):
        load_model(tmp_path)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"training__max_steps": "many"}, "cannot train with this config: .*max_steps"),
        ({"components__ner__factory": "no_such"}, r"cannot train with this config: \[E002\].*no_such"),
        ({"training__dev_corpus": "corpora.no_such"}, "cannot train with this config: .*no_such"),
        ({"paths__vectors": "none"}, r"cannot train with this config: \[E884\].*none"),
        ({"paths__init_tok2vec": "none.bin"}, r"none\.bin: No such file"),
    ],
)
def test_what_the_config_says_wrong(model, change, gold, tmp_path, values, message):
    with pytest.raises(ParknerError, match=message):
        train(change(**values), tmp_path / "model", data=gold.parent)


def test_nothing_to_pretrain(change, tmp_path):
    (tmp_path / "raw.txt").write_text("园区开园。", "utf-8")
    path = change(nlp__pipeline=[])
    with pytest.raises(ParknerError, match=r"other\.cfg: no component has a layer tok2vec to pretrain"):
        pretrain(path, tmp_path / "weights", raw=[tmp_path / "raw.txt"], steps=1, seed=0, report=print)


def test_a_gpu_that_is_not_there(model, config, gold, tmp_path):
    with pytest.raises(ParknerError, match=r"^--gpu 99: "):
        train(config, tmp_path / "model", data=gold.parent, gpu=99)


def test_a_file_gives_its_own_address():
    with pytest.raises(ParknerError, match=r"^out/model: No space left on device$"), name_refusals("a.cfg"):
        raise OSError(errno.ENOSPC, "No space left on device", "out/model")


@pytest.mark.parametrize("name", ["ner/model", "vocab/strings.json", "config.cfg", "meta.json"])
def test_a_model_that_came_in_half(model, tmp_path, name):
    nlp = spacy.load(model)
    nlp.to_disk(tmp_path)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(ParknerError, match="spaCy cannot load this pipeline"):
        load_model(tmp_path)


def test_the_folder_around_the_pipelines(model):
    with pytest.raises(ParknerError, match=r"model: no pipeline here: did you mean .*model-best\?"):
        load_model(model.parent)
