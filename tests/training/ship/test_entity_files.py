import csv
from pathlib import Path

import pytest

from annotate.sentence import Sentence
from annotate.spans import Span
from training.ship.entity_files import to_cell, write_entities


def test_entities_as_csv(tmp_path):
    sentence = Sentence('他说:"青芦湾,去年开园"', (Span(4, 7, "PARK"), Span(8, 10, "DATE")), "qinglu", 3)
    assert write_entities(tmp_path / "a.csv", [sentence, Sentence("无")]) == 2
    with open(tmp_path / "a.csv", encoding="utf-8-sig", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first == {
        "article": "qinglu",
        "number": "3",
        "label": "PARK",
        "text": "青芦湾",
        "start": "4",
        "end": "7",
        "sentence": sentence.text,
    }
    assert second["text"] == "去年"


def test_excel_sees_the_encoding_and_a_pipe_no_mark(tmp_path, capsys):
    write_entities(tmp_path / "a.csv", [Sentence("青芦湾", (Span(0, 3, "PARK"),))])
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle,number,")
    write_entities(Path("-"), [Sentence("青芦湾", (Span(0, 3, "PARK"),))])
    assert capsys.readouterr().out == "article,number,label,text,start,end,sentence\r\n,0,PARK,青芦湾,0,3,青芦湾\r\n"


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+2", "-2+3", "@SUM(1,2)", "\t=1", "\r=1", "＝1+2", "-5%以上", "-"]
)
def test_no_cell_is_a_formula(tmp_path, text):
    write_entities(tmp_path / "a.csv", [Sentence(text, (Span(0, len(text), "METRIC"),), text)])
    with open(tmp_path / "a.csv", encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["article"], row["text"], row["sentence"]) == (f"'{text}",) * 3


@pytest.mark.parametrize("text", ["-5%", "+3.5%", "-1,234.5", "5%", "3=2", "约-5%"])
def test_a_number_stays_one(text):
    assert to_cell(text) == text
