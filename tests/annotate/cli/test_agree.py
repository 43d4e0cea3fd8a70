"""`parkner agree`: how far readings agree, and where they differ."""

import pytest

from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.tables import read_cells

TEXT = "去年青芦湾医药港引进十二家企业，管委会说还会有。"
PARK, SHORT, QUANTITY = Span(2, 8, "PARK"), Span(5, 8, "PARK"), Span(10, 13, "METRIC")


def read_table(out, *, columns):
    """The rows of the table with so many columns."""
    return [cells for cells in read_cells(out) if len(cells) == columns]


def test_it_prints_scores_and_differences(tmp_path, parkner):
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


def test_three_readings_where_nobody_labels_anything(tmp_path, parkner):
    for name, numbers in {"a": (1, 2), "b": (2,), "c": (1, 3)}.items():
        write_sentences(tmp_path / f"{name}.jsonl", [Sentence(f"再见{number}", (), "q", number) for number in numbers])
    code, out, err = parkner("agree", *sorted(tmp_path.iterdir()), "--html", tmp_path / "page.html")
    assert code == 0
    assert read_table(out, columns=3) == [["a – b", "1", "-"], ["a – c", "1", "-"], ["b – c", "0", "-"]]
    assert {cell for cells in read_table(out, columns=7)[::2] for cell in cells[1:]} == {"-", "exact"}
    assert out.splitlines()[-1] == "Krippendorff's alpha of 3 readings over 6 characters: -"
    assert err == f"Warning: 1 sentences are only in {tmp_path / 'c.jsonl'}, and are left out\n"
    assert "0 of 2 sentences differ" in (tmp_path / "page.html").read_text("utf-8")


def test_the_page_shows_the_difference_that_is_printed(tmp_path, parkner):
    for name, span in {"li": PARK, "wang": SHORT}.items():
        write_sentences(tmp_path / name / "a.jsonl", [Sentence(TEXT, (span,), "q", 1)])
    result = parkner("agree", tmp_path / "li", tmp_path / "wang", "--html", tmp_path / "new" / "page.html")
    assert (result.code, result.err) == (0, "")
    page = (tmp_path / "new" / "page.html").read_text("utf-8")
    assert "1 of 1 sentences differ" in page
    assert result.out.splitlines()[-1].startswith("article q, number 1: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("agree {0}/a.jsonl", "a.jsonl: only one reading: give at least two"),
        ("agree {0}/a.jsonl {0}/a.jsonl", "a.jsonl: given twice: give each reading once"),
        (
            "agree {0}/bad.jsonl {0}/a.jsonl --html {0}/page.html",
            "bad.jsonl:1: span [5, 8, PARK] overlaps",
        ),
    ],
)
def test_bad_input_is_refused(arguments, message, tmp_path, refuse):
    write_sentences(tmp_path / "a.jsonl", [Sentence(TEXT, (PARK,), "q", 1)])
    write_sentences(tmp_path / "bad.jsonl", [Sentence(TEXT, (PARK, SHORT), "q", 1)])
    assert refuse(tmp_path, arguments).err.startswith(f"Error: {tmp_path}/{message}")
