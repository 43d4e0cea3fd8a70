"""`parkner apply`: the entities of raw pages, as a table or as records."""

import csv
import json
from io import StringIO

import pytest

from annotate.records import read_sentences
from annotate.spans import Span

PAGE = "当前位置:首页\n石桥药业落户青芦湾医药港。\n园区负责人没有透露细节。\n"


@pytest.fixture
def raw_page(tmp_path):
    path = tmp_path / "pages" / "qinglu.txt"
    path.parent.mkdir()
    path.write_text(PAGE, "utf-8")
    return path


def test_a_table_has_a_row_for_each_entity(parkner, model, raw_page, tmp_path):
    output = tmp_path / "e.csv"
    assert parkner("apply", model, raw_page.parent, "-o", output) == (0, "", f"2 entities -> {output}\n")
    rows = list(csv.DictReader(StringIO(output.read_text("utf-8-sig"))))
    assert [(row["article"], row["label"], row["text"]) for row in rows] == [
        ("qinglu", "ORG", "石桥药业"),
        ("qinglu", "PARK", "青芦湾医药港"),
    ]
    assert all(row["sentence"][int(row["start"]) : int(row["end"])] == row["text"] for row in rows)


def test_records_have_a_line_for_each_sentence(parkner, model, raw_page, tmp_path):
    output = tmp_path / "e.jsonl"
    assert parkner("apply", model, raw_page, "-o", output) == (0, "", f"2 sentences -> {output}\n")
    assert [sentence.spans for sentence in read_sentences(output)] == [(Span(0, 4, "ORG"), Span(6, 12, "PARK")), ()]


def test_standard_output_gets_records_with_simplified_characters_if_asked(parkner, model, tmp_path):
    (tmp_path / "a.txt").write_text("石橋藥業動工。", "utf-8")
    for options, text in (([], "石橋藥業動工。"), (["--simplify"], "石桥药业动工。")):
        assert json.loads(parkner("apply", model, tmp_path / "a.txt", "-o", "-", *options).out)["text"] == text


def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"text": "园区", "label": [[0, 2, "PARK"]]}', "utf-8")
    error = refuse(tmp_path, f"apply {model} {{0}}/gold.jsonl -o {{0}}/out").err
    assert "gold.jsonl:1: a labelled record, not a raw page" in error
