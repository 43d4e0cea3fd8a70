"""`parkner train`: the pipelines that it writes, and what it cannot train by."""

import pytest
import spacy

from training.data.convert import convert


@pytest.fixture
def data(gold, tmp_path):
    convert(gold, tmp_path / "data")
    return tmp_path / "data"


def test_it_writes_the_best_and_the_last_and_names_the_best(parkner, short, data, tmp_path):
    output = tmp_path / "models" / "ner"
    result = parkner("train", short, "-o", output, "--data", data)
    assert (result.code, result.err.splitlines()[-1]) == (0, f"The best pipeline is {output}/model-best")
    assert sorted(path.name for path in output.iterdir()) == ["model-best", "model-last"]
    assert set(spacy.load(output / "model-best").get_pipe("ner").labels) == {"DATE", "METRIC", "ORG", "PARK"}


def test_data_is_looked_for_where_one_stands(parkner, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    error = "Error: corpus/train.spacy: no such file; `parkner convert` makes it\n"
    assert parkner("train", "-o", "models") == (1, "", error)


def test_a_gpu_that_is_not_there(parkner, short, data, tmp_path):
    result = parkner("train", short, "-o", tmp_path / "models", "--data", data, "--gpu", 99)
    assert (result.code, result.err.count("\n"), result.err[:17]) == (1, 1, "Error: --gpu 99: ")
    assert sorted(tmp_path.iterdir()) == [data]


def test_bad_input_is_one_line_and_leaves_nothing(refuse, short, data, tmp_path):
    broken = short.read_text("utf-8").replace("spacy.MultiHashEmbed.v2", "spacy.NoSuchEmbed.v2")
    (tmp_path / "broken.cfg").write_text(broken, "utf-8")
    error = refuse(tmp_path, "train {0}/broken.cfg -o {0}/new/models --data {0}/data").err
    assert error.startswith(f"Error: {tmp_path}/broken.cfg: spaCy cannot train with this config: ")
