"""`parkner rules`, with good input and bad."""

import pytest

from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

SENTENCES = [
    Sentence("墨舟生物医药园去年引进12家企业。", (), "a", 1),
    Sentence("石桥药业有限公司由墨舟投资。", (), "a", 2),
    Sentence("没有变化。", (), "a", 3),
]


@pytest.fixture
def files(parkner, tmp_path):
    """What was pre-labelled, and the same corrected: the year deleted, an investor added."""
    write_sentences(tmp_path / "split.jsonl", SENTENCES)
    assert parkner("prelabel", tmp_path / "split.jsonl", "-o", tmp_path / "before.jsonl").code == 0
    first, second, third = read_sentences(tmp_path / "before.jsonl")
    gold = [
        first.with_spans(span for span in first.spans if span.label != "DATE"),
        second.with_spans([*second.spans, Span(9, 11, "ORG")]),
        third,
    ]
    write_sentences(tmp_path / "gold.jsonl", gold)
    return tmp_path


def read_rows(out):
    lines = ([cell.strip() for cell in line.split("│")] for line in out.splitlines())
    return {cells[1]: cells[2:-1] for cells in lines if len(cells) > 4}


@pytest.mark.parametrize("arguments", [["gold.jsonl", "before.jsonl"], ["gold.jsonl"]])
def test_report(parkner, files, arguments):
    code, out, err = parkner("rules", "report", *(files / name for name in arguments), "--examples", 1)
    rows = read_rows(out)
    assert (code, err) == (0, "")
    assert rows["registered company"] == ["1", "1", "0", "0", "0", "100.0"]
    assert rows["PARK"] == ["1", "1", "0"]
    assert rows["ORG"] == ["2", "1", "1"]
    assert rows["DATE"] == ["0", "0", "0"]
    assert "75.0 of 100 gold spans arrived ready; 50.0 corrections for 100 gold spans" in out
    assert ": deleted: article a, number 1: [去年](DATE) | -: 墨舟生物医药园去年引进12家企业" in out.splitlines()[-1]


def test_report_says_what_it_cannot_pair(parkner, files):
    one, *others = read_sentences(files / "gold.jsonl")
    write_sentences(files / "more.jsonl", [one, *others[:1], Sentence("另一句。", (), "b", 1)])
    code, _, err = parkner("rules", "report", files / "more.jsonl", files / "before.jsonl")
    assert code == 0
    assert err.splitlines() == [
        f"Warning: 1 sentences are not in {files / 'more.jsonl'}",
        "Warning: 1 sentences have no pre-labels",
    ]


def test_report_on_what_comes_back_from_doccano(parkner, client, files, request):
    """The origin travels with the sentences: the pulled file alone is enough."""
    name = request.node.name
    before = list(read_sentences(files / "before.jsonl"))
    push(client, name, before, timeout=60)
    pulled = list(pull(client, name, everything=True, timeout=60).sentences)
    write_sentences(files / "pulled.jsonl", [pulled[0].with_spans(pulled[0].spans[1:]), *pulled[1:]])
    code, out, err = parkner("rules", "report", files / "pulled.jsonl")
    assert (code, err) == (0, "")
    assert read_rows(out)["METRIC"] == ["1", "1", "0"]
    assert read_rows(out)["PARK"] == ["0", "0", "0"]
    assert "100.0 of 100 gold spans arrived ready; 33.3 corrections" in out


def test_suggest_and_give_it_back(parkner, files):
    own = files / "own.tsv"
    code, out, err = parkner("rules", "suggest", files / "gold.jsonl", "-o", own)
    assert (code, out, err) == (0, "", f"1 names -> {own}\n")
    assert own.read_text("utf-8") == "墨舟\tORG\t1\t1.00\n"
    assert parkner("rules", "suggest", files / "gold.jsonl").out == own.read_text("utf-8")
    assert parkner("rules", "suggest", files / "gold.jsonl", "--least", 2).out == ""
    assert parkner("rules", "suggest", files / "gold.jsonl", "--gazetteer", own).out == ""
    assert parkner("prelabel", files / "split.jsonl", "-o", files / "p.jsonl", "--gazetteer", own).code == 0
    assert [9, 11, "ORG", "own ORG"] in list(read_sentences(files / "p.jsonl"))[1].extra["origin"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("rules report {0}/none.jsonl", "none.jsonl: no such file or folder"),
        ("rules report {0}/split.jsonl", 'split.jsonl: no record has the key "origin"'),
        ("rules report {0}/gold.jsonl {0}/split.jsonl", 'split.jsonl: no record has the key "origin"'),
        ("rules report {0}/gold.jsonl {0}/origin.jsonl", 'origin.jsonl:2: "origin" is not a list'),
        ("rules report {0}/broken.jsonl {0}/before.jsonl", "broken.jsonl:1: broken JSON"),
        ("rules suggest {0}/none.jsonl -o {0}/out", "none.jsonl: no such file or folder"),
        ("rules suggest {0}/broken.jsonl -o {0}/out", "broken.jsonl:1: broken JSON"),
        ("rules suggest {0}/gold.jsonl -o {0}/out --rules {0}/none.toml", "none.toml: no such file"),
        ("rules suggest {0}/gold.jsonl -o {0}/out --gazetteer {0}/none.tsv", "none.tsv: no such file"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, files, arguments, message):
    (files / "origin.jsonl").write_text(
        '{"text": "甲", "label": [], "origin": []}\n{"text": "乙", "label": [], "origin": [1]}\n', "utf-8"
    )
    (files / "broken.jsonl").write_text('{"text": \n', "utf-8")
    result = refuse(files, arguments)
    assert result.out == ""
    assert message in result.err


def test_nothing_in_common(parkner, files):
    write_sentences(files / "other.jsonl", [Sentence("别的。")])
    result = parkner("rules", "report", files / "other.jsonl", files / "before.jsonl")
    assert result.code == 1
    assert "no sentence in common" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["rules"],
        ["rules", "report"],
        ["rules", "report", "-", "--examples", "-1"],
        ["rules", "suggest", "-", "--least", "0"],
    ],
)
def test_usage(parkner, arguments):
    assert parkner(*arguments).code == 2
