"""Readings brought together, and what they are called."""

from pathlib import Path

import pytest

from annotate.agreement.groups import group_readings, read_readings, to_held, to_names
from annotate.errors import ParknerError
from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

PARK = (Span(0, 2, "PARK"),)


def test_sentences_that_two_readings_hold_come_in_order():
    first = [Sentence("甲", article="a", number=1), Sentence("乙", article="a", number=2)]
    second = [Sentence("丙", article="a", number=3), Sentence("乙", article="a", number=2)]
    third = [Sentence("丙", article="a", number=3), Sentence("丁", article="a", number=4)]
    grouped = group_readings({"li": first, "wang": second, "zhao": third})
    assert grouped.names == ("li", "wang", "zhao")
    assert [[sentence and sentence.text for sentence in group] for group in grouped.groups] == [
        ["乙", "乙", None],
        [None, "丙", "丙"],
    ]
    assert grouped.alone == (1, 0, 1)


def test_a_repeated_sentence_meets_the_repeat():
    once, twice = [Sentence("甲乙", PARK)], [Sentence("甲乙"), Sentence("甲乙", PARK)]
    grouped = group_readings({"li": twice, "wang": twice[::-1], "zhao": once})
    assert [[len(sentence.spans) for sentence in to_held(group)] for group in grouped.groups] == [[0, 1, 1], [1, 0]]
    assert grouped.alone == (0, 0, 0)


def test_nothing_in_common():
    with pytest.raises(ParknerError, match="li, wang: no sentence in common"):
        group_readings({"li": [Sentence("甲", article="a")], "wang": [Sentence("甲", article="b")]})


def test_readings_are_files_or_folders(tmp_path):
    write_sentences(tmp_path / "li" / "a.jsonl", [Sentence("甲")])
    write_sentences(tmp_path / "li" / "b.jsonl", [Sentence("乙")])
    write_sentences(tmp_path / "wang.jsonl", [Sentence("乙"), Sentence("甲")])
    grouped = read_readings([tmp_path / "li", tmp_path / "wang.jsonl"])
    assert grouped.names == ("li", "wang")
    assert [group[0].text for group in grouped.groups] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["li.jsonl", "wang.jsonl"], ["li", "wang"]),
        (["x/a/li.jsonl", "x/b/li.jsonl", "x/b/wang.jsonl"], ["a/li", "b/li", "b/wang"]),
        (["x/li", "x/../y/li.jsonl"], ["x/li", "y/li"]),
        ([".", "li.jsonl"], [Path.cwd().name, "li"]),
        (["li", "li.jsonl"], ["li", "li.jsonl"]),
        (["-", "li.jsonl"], ["-", "li"]),
    ],
)
def test_names(paths, names):
    assert to_names([Path(path) for path in paths]) == names
