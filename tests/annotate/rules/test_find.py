from pathlib import Path

import pytest

from annotate.pages.markup import from_markup, to_markup
from annotate.rules.file import Rules, load_rules
from annotate.rules.find import find_words, match_rules, prelabel
from annotate.sentence import Sentence
from annotate.spans import Span

RULES = load_rules()
MARKED = [
    line
    for path in sorted(Path(__file__).parent.glob("*.txt"))
    for line in path.read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def write_rules(path, *rules) -> Rules:
    """Rules of name, label, pattern and whatever else there is to say."""
    tables = (
        f"[[rule]]\nname = '{name}'\nlabel = '{label}'\npattern = '{pattern}'\n{more}\nmatch = []\nskip = []\n"
        for name, label, pattern, *rest in rules
        for more in ["".join(rest)]
    )
    (path / "rules.toml").write_text("".join(tables), "utf-8")
    return load_rules(path / "rules.toml")


def test_prelabel_keeps_order_and_says_the_origin():
    sentences = [Sentence("无。", article="a", number=1), Sentence("共12家。", article="a", number=2)]
    labelled = list(prelabel(sentences, RULES))
    assert [sentence.number for sentence in labelled] == [1, 2]
    assert labelled[0].extra == {"origin": []}
    assert labelled[1].extra == {"origin": [[1, 4, "METRIC", "quantity"]]}


def test_the_longer_of_two_matches_wins_then_the_rule_that_stands_first(tmp_path):
    rules = write_rules(
        tmp_path, ("a", "ORG", "芦湾"), ("b", "PARK", "青芦湾港"), ("c", "ORG", "青芦湾港"), ("d", "ORG", "港口")
    )
    assert match_rules("在青芦湾港口", rules) == [(Span(1, 5, "PARK"), "b")]


def test_a_rule_of_no_label_keeps_others_from_its_place(tmp_path):
    rules = write_rules(tmp_path, ("a", "PARK", "青.湾"), ("b", "NONE", "青山湾路"))
    assert match_rules("青芦湾在青山湾路", rules) == [(Span(0, 3, "PARK"), "a")]


def test_offsets_are_those_of_the_text_as_it_was_written(tmp_path):
    rules = write_rules(tmp_path, ("a", "METRIC", "[0-9]+家"))
    assert match_rules("有１２家", rules) == [(Span(1, 4, "METRIC"), "a")]


def test_known_words_are_what_they_are_in_the_text():
    text = "石桥药业去年在北京市增资"
    words = list(find_words(text, RULES))
    assert "北京市" in "".join(text[word.start : word.end] for word in words)
    assert words == sorted(words)
    assert {word.label for word in words} <= RULES.lexicon.signs.keys()


def test_nothing_is_found_in_nothing():
    assert match_rules("", RULES) == []
    assert list(prelabel([], RULES)) == []


@pytest.mark.parametrize("marked", MARKED)
def test_names_dates_and_quantities_are_found_whole(marked):
    text, _ = from_markup(marked)
    assert to_markup(text, (span for span, _ in match_rules(text, RULES))) == marked
