"""Own names beside a model."""

import json

import pytest

from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.settings import CONFIGS
from annotate.spans import Span


@pytest.fixture
def own(tmp_path):
    write_sentences(tmp_path / "gold.jsonl", [Sentence("变化由墨舟投资。", (Span(0, 2, "ORG"),))])
    (tmp_path / "own.tsv").write_text("变化\tORG\n", "utf-8")
    return tmp_path / "own.tsv"


def test_rules_with_own_names_are_evaluated(parkner, model, own):
    def evaluate(*options):
        out = own.parent / "scores.json"
        assert parkner("evaluate", model, own.parent / "gold.jsonl", "--json", out, *options).code == 0
        return json.loads(out.read_text("utf-8"))

    plain, named = evaluate(), evaluate("--gazetteer", own)
    assert (plain["rules"]["ORG"]["recall"], named["rules"]["ORG"]["recall"]) == (0, 1)
    assert plain["model"] == named["model"]


def test_own_names_are_for_rules(parkner, model, own):
    result = parkner("prelabel", own.parent / "gold.jsonl", "-o", "-", "--model", model, "--gazetteer", own)
    assert result.code == 2
    assert "--gazetteer adds names to the rules: with --model, give --rules too" in result.err


def test_own_names_add_to_what_a_model_finds(parkner, model, own):
    write_sentences(own.parent / "s.jsonl", [Sentence("他在现场看了变化。")])
    both = ("--model", model, "--rules", CONFIGS / "rules.toml", "--gazetteer", own)
    assert parkner("prelabel", own.parent / "s.jsonl", "-o", own.parent / "p.jsonl", *both).code == 0
    (sentence,) = read_sentences(own.parent / "p.jsonl")
    assert [6, 8, "ORG", "own ORG"] in sentence.extra["origin"]
