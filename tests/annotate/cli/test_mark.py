"""`parkner mark` and `parkner unmark`: gold as text that people edit, and back."""

import pytest

from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

GOLD = [
    Sentence("青芦湾去年开园。", (Span(0, 3, "PARK"), Span(3, 5, "DATE")), "qinglu", 1),
    Sentence("[编辑:林小禾]", (), "qinglu", 2),
]


def test_mark_writes_a_sentence_a_line(parkner, tmp_path):
    write_sentences(tmp_path / "a.jsonl", GOLD)
    write_sentences(tmp_path / "b.jsonl", GOLD[:1])
    output = tmp_path / "new" / "marked.txt"
    assert parkner("mark", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "-o", output) == (0, "", "")
    first = "[青芦湾](PARK)[去年](DATE)开园。"
    assert output.read_text("utf-8").splitlines() == [first, r"\[编辑:林小禾\]", first]


def test_unmark_takes_back_what_mark_wrote(parkner, tmp_path):
    (tmp_path / "qinglu.txt").write_text("首页 | 要闻 | 招商\n[青芦湾](PARK)[去年](DATE)开园。\n", "utf-8")
    done = parkner("unmark", tmp_path / "qinglu.txt", "--gold", tmp_path, "--articles", tmp_path / "pages")
    assert done == (0, "", "")
    assert (tmp_path / "pages/qinglu.txt").read_text("utf-8") == "首页 | 要闻 | 招商\n青芦湾去年开园。\n"
    assert list(read_sentences(tmp_path / "qinglu.jsonl")) == GOLD[:1]
    assert parkner("mark", tmp_path / "qinglu.jsonl", "-o", "-").out == "[青芦湾](PARK)[去年](DATE)开园。\n"


def test_unmark_keeps_pages_of_folders_apart(parkner, tmp_path):
    for name in ("one", "two"):
        (tmp_path / "marked" / name).mkdir(parents=True)
        (tmp_path / "marked" / name / "a.txt").write_text(f"[云渡科技城](PARK)见{name}。\n", "utf-8")
    gold, articles = tmp_path / "gold", tmp_path / "articles"
    assert parkner("unmark", tmp_path / "marked", "--gold", gold, "--articles", articles).code == 0
    assert [sentence.article for sentence in read_sentences(gold)] == ["one/a", "two/a"]
    assert (articles / "two" / "a.txt").read_text("utf-8") == "云渡科技城见two。\n"


def test_one_wrong_page_and_none_is_written(parkner, tmp_path):
    (tmp_path / "a.txt").write_text("[青芦湾](PARK)开园。", "utf-8")
    (tmp_path / "b.txt").write_text("开工。\n[青芦湾](PARKS)开园。", "utf-8")
    result = parkner(
        "unmark", tmp_path / "a.txt", tmp_path / "b.txt", "--gold", tmp_path / "g", "--articles", tmp_path / "p"
    )
    assert (result.code, result.err) == (1, f"Error: {tmp_path}/b.txt:2: span [0, 3, PARKS] has an unknown label\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"text": "园区"}', 'a.jsonl:1: no "label"'),
        (
            r'{"text": "青芦\n湾园", "label": [[0, 4, "PARK"]]}',
            "a.jsonl:1: span [0, 4, PARK] crosses the end of a line",
        ),
    ],
)
def test_mark_refuses_what_no_mark_can_hold(refuse, tmp_path, row, message):
    (tmp_path / "a.jsonl").write_text(row, "utf-8")
    assert message in refuse(tmp_path, "mark {0}/a.jsonl -o {0}/out").err
