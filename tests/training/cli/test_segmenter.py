"""`parkner segmenter`: what it writes and counts, and gold that it cannot learn from."""

from pathlib import Path

import pytest

from annotate.records import read_sentences, write_sentences
from tests.tables import read_cells
from training.model.segmenter import load_segmenter


def test_the_command_counts_the_entities_that_are_cut(parkner, enough: Path, tmp_path) -> None:
    result = parkner("segmenter", enough, "-o", tmp_path / "s", "--held-out", enough / "dev")
    assert (result.code, result.err) == (0, "")
    assert [row[1:4] for row in read_cells(result.out)] == [["32", "0", "0.00"]] * 2
    assert "".join(load_segmenter(tmp_path / "s")("石桥药业落户青芦湾医药港。")) == "石桥药业落户青芦湾医药港。"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ("{0}/gold -o {0}/s", "train: 3 sentences: a segmenter needs at least 10"),
        ("{0}/gold -o {0}/s --held-out {0}/bad.jsonl", 'bad.jsonl:1: no "label"'),
    ],
)
def test_what_cannot_be_learned_from(refuse, enough: Path, tmp_path, arguments: str, what: str) -> None:
    for partition in ("train", "dev"):
        write_sentences(tmp_path / "gold" / partition / "a.jsonl", [*read_sentences(enough / partition)][:3])
    (tmp_path / "bad.jsonl").write_text('{"text": "园区"}', "utf-8")
    assert what in refuse(tmp_path, f"segmenter {arguments}").err
