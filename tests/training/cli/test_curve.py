"""`parkner curve`: the table, the plot and the advice."""

import pytest

from annotate.records import write_sentences
from annotate.sentence import Sentence
from tests.tables import read_cells


def test_more_files_score_higher(parkner, articles, gold, config, tmp_path):
    shares = ["--share", "0.25", "--share", "1", "--seeds", "1"]
    plot = tmp_path / "curve.png"
    result = parkner("curve", config, "--gold", articles, "--held-out", gold / "dev", *shares, "--plot", plot)
    assert result.code == 0
    rows = [[cell.strip() for cell in line.split("│")] for line in result.out.splitlines() if line.startswith("│")]
    micro = {row[1]: float(row[-3]) for row in rows}
    assert list(micro) == ["2", "8"]
    assert micro["2"] < 60 < 90 < micro["8"]
    assert plot.read_bytes().startswith(b"\x89PNG")
    assert "E    #" not in result.out  # spaCy's own report of a training
    assert "\x1b" not in result.out
    assert result.out.splitlines()[-2] == f"o {gold / 'dev'}"
    assert result.out.splitlines()[-1].endswith(
        "from 2 to 8 files, but with one seed the spread is unknown: use more --seeds"
    )


def test_seeds_give_a_spread_and_the_gold_its_own_dev(parkner, articles, short, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = parkner("curve", short, "--gold", articles, "--share", "100%", "--seeds", 2)
    assert result.code == 0
    assert [(row[0], "±" in row[1]) for row in read_cells(result.out)[:1]] == [("8", True)]
    assert f"F1 on {articles / 'dev'}" in " ".join(result.out.split())
    advice = f"{articles / 'dev'}: no advice: it needs a --share of at most half the files"
    assert result.out.splitlines()[-1] == advice
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("{0}/none.cfg --gold {0}/gold", "none.cfg: no such file"),
        ("{config} --gold {0}/gold --held-out {0}/bad.jsonl", 'bad.jsonl:1: no "label"'),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, short, tmp_path, arguments, message):
    for partition in ("train", "dev"):
        write_sentences(tmp_path / "gold" / partition / "a.jsonl", [Sentence("园区")])
    (tmp_path / "bad.jsonl").write_text('{"text": "园区"}', "utf-8")
    assert message in refuse(tmp_path, f"curve {arguments}".replace("{config}", str(short))).err
