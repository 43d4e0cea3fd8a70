"""Where readings differ, and the command that says so."""

import pytest

from annotate.agreement.differences import find_differences, pair, to_line, to_lines
from annotate.errors import ParknerError
from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

TEXT = "去年青芦湾医药港引进十二家企业，管委会说还会有。"
PARK, SHORT, QUANTITY = Span(2, 8, "PARK"), Span(5, 8, "PARK"), Span(10, 13, "METRIC")


def differ(first, second):
    return [(d.first, d.second) for d in find_differences(Sentence(TEXT, first), Sentence(TEXT, second))]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((PARK, QUANTITY), (QUANTITY, PARK), []),
        ((PARK,), (SHORT,), [((PARK,), (SHORT,))]),
        ((PARK,), (), [((PARK,), ())]),
        ((), (PARK, QUANTITY), [((), (PARK,)), ((), (QUANTITY,))]),
        ((PARK,), (Span(2, 8, "ORG"),), [((PARK,), (Span(2, 8, "ORG"),))]),
        ((PARK,), (Span(2, 5, "PARK"), SHORT), [((PARK,), (Span(2, 5, "PARK"), SHORT))]),
    ],
)
def test_differences(first, second, expected):
    assert differ(first, second) == expected


def test_a_difference_as_a_line():
    (difference,) = find_differences(Sentence(TEXT, (PARK,), "qinglu", 3), Sentence(TEXT))
    assert (
        to_line(difference) == "article qinglu, number 3: [青芦湾医药港](PARK) | -: 去年青芦湾医药港引进十二家企业，…"
    )


def test_two_readings_have_the_same_lines_either_way():
    one, other = Sentence(TEXT, (PARK, QUANTITY), "a", 1), Sentence(TEXT, (SHORT, Span(20, 21, "DATE")), "a", 1)
    assert list(to_lines((one, other))) == [to_line(difference) for difference in find_differences(one, other)]


def test_spans_that_overlap_across_readings_are_one_place():
    spans = [(Span(0, 4, "PARK"),), (Span(3, 8, "ORG"),), (Span(7, 9, "DATE"),), (Span(0, 4, "PARK"),)]
    group = (*(Sentence(TEXT, some, "a", 1) for some in spans), None)
    (line,) = to_lines(group)
    readings = "[去年青芦](PARK) | [芦湾医药港](ORG) | [港引](DATE) | [去年青芦](PARK) | ?"
    assert line == f"article a, number 1: {readings}: 去年青芦湾医药港引进十二家企业，管…"


def test_pairs_are_the_same_sentence_of_the_same_article():
    first = [Sentence("甲", (), "a", 1), Sentence("乙", (), "a", 2), Sentence("丙", (), "a", 3)]
    second = [Sentence("丙", (), "a", 3), Sentence("甲", (), "b", 1), Sentence("乙", (Span(0, 1, "ORG"),), "a", 2)]
    pairing = pair(first, second)
    assert [sentence.text for sentence in pairing.first] == ["乙", "丙"]
    assert [len(sentence.spans) for sentence in pairing.second] == [1, 0]
    assert pairing.unpaired == (1, 1)


def test_nothing_in_common():
    with pytest.raises(ParknerError, match="no sentence in common"):
        pair([Sentence("甲")], [Sentence("乙")])


def read_table(out, *, columns):
    """The rows of the table with so many columns, each by the words of its first cells."""
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines()]
    return [cells for cells in lines if len(cells) == columns]


def test_agree_prints_scores_and_differences(tmp_path, parkner):
    write_sentences(tmp_path / "a.jsonl", [Sentence(TEXT, (PARK, QUANTITY), "q", 1), Sentence("再见", (), "q", 2)])
    write_sentences(tmp_path / "b.jsonl", [Sentence(TEXT, (SHORT, QUANTITY), "q", 1)])
    code, out, err = parkner("agree", tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert code == 0
    assert read_table(out, columns=8) == [
        ["a", "1", "1", "0", "1", "0", "2", "1"],
        ["b", "1", "1", "0", "1", "0", "2", "0"],
    ]
    # Of 24 characters a has 6 PARK, 3 METRIC, 15 nothing, b has 3, 3, 18; they differ in 3.
    kappa = (21 / 24 - 297 / 24**2) / (1 - 297 / 24**2)
    assert read_table(out, columns=3) == [["a – b", "1", f"{kappa:.3f}"]]
    assert read_table(out, columns=7) == [
        ["a – b", "exact", "0.0", "-", "100.0", "-", "50.0"],
        ["", "overlap", "100.0", "-", "100.0", "-", "100.0"],
    ]
    assert "article q, number 1: [青芦湾医药港](PARK) | [医药港](PARK): 去年青芦湾医药港引进十二家企业，…" in out
    assert err == f"Warning: 1 sentences are only in {tmp_path / 'a.jsonl'}, and are left out\n"


def test_agree_of_three_readings_where_nobody_labels_anything(tmp_path, parkner):
    for name, numbers in {"a": (1, 2), "b": (2,), "c": (1, 3)}.items():
        write_sentences(tmp_path / f"{name}.jsonl", [Sentence(f"再见{number}", (), "q", number) for number in numbers])
    code, out, err = parkner("agree", *sorted(tmp_path.iterdir()), "--html", tmp_path / "page.html")
    assert code == 0
    assert read_table(out, columns=3) == [["a – b", "1", "-"], ["a – c", "1", "-"], ["b – c", "0", "-"]]
    assert {cell for cells in read_table(out, columns=7)[::2] for cell in cells[1:]} == {"-", "exact"}
    assert out.splitlines()[-1] == "Krippendorff's alpha of 3 readings over 6 characters: -"
    assert err == f"Warning: 1 sentences are only in {tmp_path / 'c.jsonl'}, and are left out\n"
    assert "0 of 2 sentences differ" in (tmp_path / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        "agree {0}/a.jsonl",
        "agree {0}/a.jsonl {0}/a.jsonl",
        "agree {0}/a.jsonl {0}/missing.jsonl",
        "agree {0}/bad.jsonl {0}/a.jsonl --html {0}/page.html",
        "review {0}/a.jsonl {0}/bad.jsonl --project p -o {0}/accepted.jsonl",
        "review {0}/a.jsonl --project p -o {0}/accepted.jsonl",
    ],
)
def test_bad_input_is_refused(arguments, tmp_path, refuse):
    write_sentences(tmp_path / "a.jsonl", [Sentence(TEXT, (PARK,), "q", 1)])
    write_sentences(tmp_path / "bad.jsonl", [Sentence(TEXT, (PARK, SHORT), "q", 1)])
    refuse(tmp_path, arguments)
