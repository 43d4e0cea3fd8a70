"""Every command but doccano's, with good input and bad."""

import csv
import json
from io import StringIO

import pytest

from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence

PAGE = "当前位置:首页\n发布日期:2024-05-06\n青芦湾医药港去年引进12家企业。石桥药业落户青芦湾医药港;2023年开工。\n"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "pages" / "qinglu.txt"
    path.parent.mkdir()
    path.write_text(PAGE, "utf-8")
    return path


def test_split_and_prelabel(parkner, page, tmp_path):
    assert parkner("split", page, "-o", tmp_path / "s.jsonl", "--verbose").code == 0
    result = parkner("prelabel", tmp_path / "s.jsonl", "-o", tmp_path / "p.jsonl")
    assert (result.code, result.out) == (0, "")
    before, after = list(read_sentences(tmp_path / "s.jsonl")), list(read_sentences(tmp_path / "p.jsonl"))
    assert [sentence.text for sentence in after] == [sentence.text for sentence in before]
    assert before[0].extra == {"published": "2024-05-06"}
    third = next(sentence for sentence in after if "2023年" in sentence.text)
    assert [third.text[span.start : span.end] for span in third.spans if span.label == "DATE"] == ["2023年"]
    assert [origin[:3] for origin in third.extra["origin"]] == [list(span) for span in third.spans]


def test_prelabel_by_model_and_by_both(parkner, model, page, tmp_path):
    parkner("split", page, "-o", tmp_path / "s.jsonl")
    assert parkner("prelabel", tmp_path / "s.jsonl", "-o", tmp_path / "m.jsonl", "--model", model).code == 0
    origins = {origin[3] for sentence in read_sentences(tmp_path / "m.jsonl") for origin in sentence.extra["origin"]}
    assert origins == {"model"}
    rules = tmp_path / "rules.toml"
    rules.write_text("[[rule]]\nname='date'\nlabel='DATE'\npattern='2024-05-06'\nmatch=[]\nskip=[]\n", "utf-8")
    result = parkner("prelabel", tmp_path / "s.jsonl", "-o", tmp_path / "b.jsonl", "--model", model, "--rules", rules)
    assert result.code == 0
    for alone, both in zip(read_sentences(tmp_path / "m.jsonl"), read_sentences(tmp_path / "b.jsonl"), strict=True):
        assert set(alone.spans) <= set(both.spans)


def test_convert_train_evaluate(parkner, gold, config, tmp_path):
    assert parkner("convert", gold, "-o", tmp_path).code == 0
    assert parkner("train", config, "-o", tmp_path / "model", "--data", tmp_path).code == 0
    result = parkner("evaluate", tmp_path / "model/model-best", gold / "dev", "--json", tmp_path / "scores.json")
    assert result.code == 0
    assert "model F1" in result.out
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert set(scores) == {"rules", "model"}
    assert set(scores["model"]) == {"PARK", "ORG", "METRIC", "DATE", "micro", "macro"}
    assert scores["model"]["micro"]["support"] == sum(len(s.spans) for s in read_sentences(gold / "dev"))


def test_apply(parkner, model, page, tmp_path):
    assert parkner("apply", model, page.parent, "-o", tmp_path / "e.csv").code == 0
    rows = list(csv.DictReader(StringIO((tmp_path / "e.csv").read_text("utf-8-sig"))))
    assert rows
    assert all(row["sentence"][int(row["start"]) : int(row["end"])] == row["text"] for row in rows)
    assert parkner("apply", model, page, "-o", tmp_path / "e.jsonl").code == 0
    assert sum(len(sentence.spans) for sentence in read_sentences(tmp_path / "e.jsonl")) == len(rows)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("prelabel {0}/none.jsonl -o {0}/out", "none.jsonl: no such file or folder"),
        ("prelabel {0}/pages.jsonl -o {0}/out", "pages.jsonl:2: broken JSON"),
        ("prelabel {0}/outside.jsonl -o {0}/out", "outside.jsonl:1: span [0, 9, PARK] ends after"),
        ("prelabel {0}/label.jsonl -o {0}/out", "label.jsonl:1: span [0, 1, CITY] has an unknown label"),
        ("evaluate {model} {0}/good.jsonl", 'good.jsonl:1: no "label"'),
        ("apply {model} {0}/gold.jsonl -o {0}/out", "gold.jsonl:1: a labelled record, no raw page"),
        ("prelabel {0}/gold.jsonl -o {0}/out --model {model}", "gold.jsonl:1: its labels are not those of"),
        ("prelabel {0}/good.jsonl -o {0}/out --rules {0}/none.toml", "none.toml: no such file"),
        (
            "prelabel {0}/good.jsonl -o {0}/out --model {0}/folder",
            "folder: no pipeline here: `parkner train` makes one",
        ),
        ("convert {0}/folder -o {0}/out", "folder: no folder 'train'"),
        ("train {0}/none.cfg -o {0}/out", "none.cfg: no such file"),
        ("curve {0}/none.cfg --gold {0}/folder", "folder: no folder 'train'"),
        ("curve {0}/none.cfg --gold {0}/gold", "none.cfg: no such file"),
        ("evaluate {0}/none {0}/good.jsonl", "none: no such file or folder"),
        ("evaluate {0}/folder {0}/good.jsonl", "folder: no pipeline here"),
        ("apply {0}/folder {0}/good.jsonl -o {0}/out", "folder: no pipeline here: `parkner train` makes one"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path, arguments, message):
    (tmp_path / "folder").mkdir()
    for partition in ("train", "dev"):
        write_sentences(tmp_path / "gold" / partition / "a.jsonl", [Sentence("园区")])
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\0")
    (tmp_path / "pages.jsonl").write_text('{"text": "园区"}\n{"text": \n', "utf-8")
    (tmp_path / "outside.jsonl").write_text('{"text": "园区", "label": [[0, 9, "PARK"]]}', "utf-8")
    (tmp_path / "label.jsonl").write_text('{"text": "园区", "label": [[0, 1, "CITY"]]}', "utf-8")
    (tmp_path / "good.jsonl").write_text('{"text": "园区"}', "utf-8")
    (tmp_path / "gold.jsonl").write_text('{"text": "园区", "label": [[0, 2, "PARK"]]}', "utf-8")
    assert message in refuse(tmp_path, arguments.replace("{model}", str(model))).err


@pytest.mark.parametrize(
    "arguments", [["split"], ["nonsense"], ["split", "-"], ["check", "-", "--strickt"], ["curve", "--seeds", "0"]]
)
def test_usage(parkner, arguments):
    result = parkner(*arguments)
    *_, error = result.err.splitlines()
    assert (result.code, result.out) == (2, "")
    assert error.startswith("Error: ")
    assert "╭" not in result.err


def test_usage_names_what_was_meant(parkner):
    assert "Did you mean 'prelabel'?" in parkner("prelable", "a.jsonl").err
    assert "--strict" in parkner("check", "-", "--strickt").err
