"""`parkner split`: raw pages become records."""

import io
import json

import pytest

from annotate.records import read_sentences
from annotate.sentence import Sentence
from tests.fixtures.pages import TEXTS


def test_each_sentence_is_a_record(parkner, raw_page, tmp_path):
    output = tmp_path / "out.jsonl"
    assert parkner("split", raw_page, "-o", output) == (0, "", f"4 sentences -> {output}\n")
    assert list(read_sentences(output)) == [
        Sentence(text, (), "qinglu", number, {"published": "2024-05-06"}) for number, text in enumerate(TEXTS, start=1)
    ]


def test_semicolons_may_be_left_whole(parkner, raw_page):
    out = parkner("split", raw_page, "-o", "-", "--no-semicolons").out
    assert [json.loads(line)["text"] for line in out.splitlines()] == [*TEXTS[:2], "".join(TEXTS[2:])]


def test_verbose_says_what_cleaning_dropped(parkner, raw_page):
    told = "qinglu: line 1: breadcrumb: 当前位置:首页\n4 sentences -> -\n"
    assert parkner("split", raw_page, "-o", "-", "--verbose").err == told


def test_simplify(parkner, tmp_path):
    (tmp_path / "a.txt").write_text("青蘆灣醫(yī)藥港動工。", "utf-8")
    texts = [
        json.loads(parkner("split", tmp_path / "a.txt", "-o", "-", *given).out)["text"]
        for given in ([], ["--simplify"])
    ]
    assert texts == ["青蘆灣醫(yī)藥港動工。", "青芦湾医药港动工。"]


def test_a_page_may_come_on_standard_input(parkner, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("云渡科技城扩建。".encode())))
    code, out, _ = parkner("split", "-", "-o", "-")
    assert (code, json.loads(out)["article"], json.loads(out)["text"]) == (0, "stdin", "云渡科技城扩建。")


def test_a_page_of_which_nothing_is_left(parkner, tmp_path):
    (tmp_path / "menu.txt").write_text("首页 | 要闻 | 招商\n", "utf-8")
    result = parkner("split", tmp_path / "menu.txt", "-o", tmp_path / "out.jsonl")
    assert "cleaning left nothing: --verbose says what it dropped" in result.err


def test_names_with_blanks_in_chinese(parkner, tmp_path):
    page, output = tmp_path / "新 闻" / "第 一 页.txt", tmp_path / "结 果" / "句 子.jsonl"
    page.parent.mkdir()
    page.write_text("光谷动工。\n", "utf-8")
    assert parkner("split", page.parent, "-o", output).code == 0
    assert [sentence.article for sentence in read_sentences(output)] == ["第 一 页"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty.txt: the file is empty"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\0", "binary.txt: "),
        ("pages.jsonl", b'{"text": \n', "pages.jsonl:1: broken JSON"),
        (
            "gold.jsonl",
            '{"text": "园区", "label": [[0, 2, "PARK"]]}'.encode(),
            "gold.jsonl:1: a labelled record, not a raw",
        ),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    assert message in refuse(tmp_path, f"split {{0}}/{name} -o {{0}}/out").err
