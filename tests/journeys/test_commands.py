"""Several commands one after another: pages to labelled sentences, gold to scores."""

import json

from annotate.records import read_sentences


def test_split_and_prelabel(parkner, raw_page, tmp_path):
    assert parkner("split", raw_page, "-o", tmp_path / "s.jsonl", "--verbose").code == 0
    result = parkner("prelabel", tmp_path / "s.jsonl", "-o", tmp_path / "p.jsonl")
    assert (result.code, result.out) == (0, "")
    before, after = list(read_sentences(tmp_path / "s.jsonl")), list(read_sentences(tmp_path / "p.jsonl"))
    assert [sentence.text for sentence in after] == [sentence.text for sentence in before]
    assert before[0].extra == {"published": "2024-05-06"}
    third = next(sentence for sentence in after if "2023年" in sentence.text)
    assert [third.text[span.start : span.end] for span in third.spans if span.label == "DATE"] == ["2023年"]
    assert [origin[:3] for origin in third.extra["origin"]] == [list(span) for span in third.spans]


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
