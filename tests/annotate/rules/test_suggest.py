"""Names that the gold proposes: what is missed, how it is counted, and that it can be given back as a list."""

import pytest

from annotate.pages.markup import from_markup
from annotate.records import write_sentences
from annotate.rules.file import load_rules
from annotate.rules.own_names import add_names, load_gazetteer
from annotate.rules.suggest import Suggestion, suggest_names, write_suggestions
from annotate.sentence import Sentence

RULES = load_rules()


def to_gold(*lines):
    marked = (from_markup(line) for line in lines)
    return [Sentence(text, tuple(spans), "", number) for number, (text, spans) in enumerate(marked, start=1)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["[墨舟](ORG)说好。", "去[墨舟](ORG)看。"], [("墨舟", "ORG", 2, 2)]),
        (["[墨舟](ORG)说好。", "去墨舟看墨舟。"], [("墨舟", "ORG", 1, 3)]),
        (["[墨舟](ORG)说好。", "[云渡墨舟](PARK)。"], [("云渡墨舟", "PARK", 1, 1), ("墨舟", "ORG", 1, 1)]),
        (["[墨舟](ORG)在[墨舟](PARK)。"], [("墨舟", "ORG", 1, 2), ("墨舟", "PARK", 1, 2)]),
        (["[墨舟灣](PARK)与[墨舟湾](PARK)。"], [("墨舟湾", "PARK", 2, 2)]),
        (["[墨(mò)舟灣](PARK)。", "墨舟湾。"], [("墨舟湾", "PARK", 1, 2)]),
        (["[MZ](ORG)说好。", "AMZ，MZB，M.Z"], [("MZ", "ORG", 1, 1)]),
        (["[墨舟#1](ORG)与[云\t渡](ORG)。"], []),
        (["[中关村](PARK)与[石桥药业有限公司](ORG)。"], []),  # found
        (["[去岁](DATE)有[若干](METRIC)。"], []),  # no names
        (["无。"], []),
    ],
)
def test_suggestions(lines, expected):
    assert suggest_names(to_gold(*lines), RULES) == [Suggestion(*entry) for entry in expected]


def test_the_best_first_and_the_rare_left_out():
    gold = to_gold("[墨舟](ORG)。", "[墨舟](ORG)。", "[云渡](ORG)。", "[岚洲](PARK)。", "岚洲，岚洲，岚洲。")
    assert [entry.name for entry in suggest_names(gold, RULES)] == ["墨舟", "云渡", "岚洲"]
    assert [entry.name for entry in suggest_names(gold, RULES, least=2)] == ["墨舟"]


def test_what_is_given_back_is_found_and_not_suggested_again(tmp_path):
    gold = to_gold("[墨舟](ORG)投资[岚洲](PARK)。", "[岚洲](PARK)在岚洲。")
    suggestions = suggest_names(gold, RULES)
    assert write_suggestions(tmp_path / "own.tsv", suggestions) == 2
    assert (tmp_path / "own.tsv").read_text("utf-8") == "墨舟\tORG\t1\t1.00\n岚洲\tPARK\t2\t0.67\n"
    names = load_gazetteer(tmp_path / "own.tsv")
    assert names == {"墨舟": "ORG", "岚洲": "PARK"}
    assert suggest_names(gold, add_names(RULES, names)) == []


def test_a_name_that_a_list_has_is_not_suggested():
    assert suggest_names(to_gold("[中关村](PARK)管委会说好。"), RULES) == []
    assert [entry.label for entry in suggest_names(to_gold("[中关村](ORG)说好。"), RULES)] == ["ORG"]


def test_the_gold_stays_as_it_is(tmp_path):
    gold = to_gold("[墨舟](ORG)。")
    suggest_names(gold, RULES)
    assert write_sentences(tmp_path / "a.jsonl", gold) == 1
    assert gold == to_gold("[墨舟](ORG)。")
