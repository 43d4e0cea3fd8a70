"""`parkner evaluate`: the scores of rules and model."""

import json

import pytest

from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.tables import read_cells


@pytest.fixture
def evaluate(parkner, model, tmp_path):
    """The scores of the model and of rules on a sentence with one name, which only one's own list knows."""
    write_sentences(tmp_path / "gold.jsonl", [Sentence("变化由墨舟投资。", (Span(0, 2, "ORG"),))])
    (tmp_path / "own.tsv").write_text("变化\tORG\n", "utf-8")

    def run(*options):
        out = tmp_path / "scores.json"
        assert parkner("evaluate", model, tmp_path / "gold.jsonl", "--json", out, *options).code == 0
        return json.loads(out.read_text("utf-8"))

    return run


def test_table_and_file_say_the_same(parkner, model, gold, tmp_path):
    code, out, err = parkner("evaluate", model, gold / "dev", gold / "train", "--json", tmp_path / "scores.json")
    assert (code, err) == (0, "")
    assert " ".join(out.split()).startswith(f"{gold / 'dev'}, {gold / 'train'}: 16 sentences ")
    scores = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert [row[0] for row in read_cells(out)] == list(scores["model"]) == list(scores["rules"])
    for row in read_cells(out):
        values = [scores[system][row[0]][key] for system in ("rules", "model") for key in ("precision", "recall", "f1")]
        assert row[1:] == [*(f"{100 * value:.1f}" for value in values), str(scores["model"][row[0]]["support"])]
    assert scores["model"]["micro"]["support"] == 2 * sum(len(s.spans) for s in read_sentences(gold / "dev"))


def test_rules_with_own_names_are_evaluated(evaluate, tmp_path):
    plain, named = evaluate(), evaluate("--gazetteer", tmp_path / "own.tsv")
    assert (plain["rules"]["ORG"]["recall"], named["rules"]["ORG"]["recall"]) == (0, 1)
    assert plain["model"] == named["model"]


def test_other_rules_take_the_place_of_ours(evaluate, tmp_path):
    rule = "[[rule]]\nname='a'\nlabel='ORG'\npattern='变化'\nmatch=[]\nskip=[]\n"
    (tmp_path / "rules.toml").write_text(rule, "utf-8")
    assert evaluate("--rules", tmp_path / "rules.toml")["rules"]["ORG"]["f1"] == 1


def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path):
    (tmp_path / "good.jsonl").write_text('{"text": "园区"}', "utf-8")
    error = refuse(tmp_path, f"evaluate {model} {{0}}/good.jsonl --json {{0}}/scores.json").err
    assert error.startswith(f'Error: {tmp_path}/good.jsonl:1: no "label"')
