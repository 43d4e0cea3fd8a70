import re

import pytest

from annotate.errors import ParknerError
from training.inputs import find_data, find_gold, find_pipelines, find_train


def make(folder, *files):
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("{}", "utf-8")


def refuse(found, message):
    with pytest.raises(ParknerError, match=f"^{re.escape(message)}$"):
        list(found)


def test_a_pipeline_is_found_or_the_one_below_it_named(tmp_path):
    make(tmp_path, "ner/model-best/meta.json", "ner/model-best/config.cfg")
    best = tmp_path / "ner" / "model-best"
    assert list(find_pipelines([best])) == [best]
    for folder in (tmp_path / "ner", tmp_path):
        refuse(find_pipelines([folder]), f"{folder}: no pipeline here: did you mean {best}?")
    file = best / "meta.json"
    refuse(find_pipelines([file]), f"{file}: a file, not a pipeline: give a folder, such as models/ner/model-best")


def test_half_a_pipeline_and_a_hidden_one_are_none(tmp_path):
    make(tmp_path, "a/meta.json", ".killed/meta.json", ".killed/config.cfg")
    advice = "`parkner train` makes one, such as models/ner/model-best"
    refuse(find_pipelines([tmp_path]), f"{tmp_path}: no pipeline here: {advice}")


def test_data_that_lacks_is_named_after_what_was_there(tmp_path):
    make(tmp_path, "train.spacy")
    found = find_data([tmp_path])
    assert next(found) == tmp_path / "train.spacy"
    refuse(found, f"{tmp_path}/dev.spacy: no such file; `parkner convert` makes it")


def test_gold_is_of_train_and_dev_never_of_test(tmp_path):
    make(tmp_path, "train/b.jsonl", "train/a.jsonl", "dev/c.jsonl", "test/d.jsonl")
    names = [[path.name for path in find([tmp_path])] for find in (find_gold, find_train)]
    assert names == [["a.jsonl", "b.jsonl", "c.jsonl"], ["a.jsonl", "b.jsonl"]]


def test_gold_without_dev_trains_and_is_no_gold(tmp_path):
    make(tmp_path, "train/a.jsonl")
    assert list(find_train([tmp_path])) == [tmp_path / "train" / "a.jsonl"]
    refuse(find_gold([tmp_path]), f"{tmp_path}: no folder 'dev' in it: put gold in {tmp_path}/{{train,dev,test}}")
