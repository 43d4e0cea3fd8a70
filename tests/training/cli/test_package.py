"""`parkner package`: the two files that it names, and what it cannot make them of."""

import re

import pytest

from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span


def test_it_names_the_wheel_and_the_card_which_counts_the_gold(parkner, model, gold, tmp_path):
    write_sentences(tmp_path / "train.jsonl", [Sentence("云渡科技城扩建。", (Span(0, 5, "PARK"),), "c", 1)])
    (tmp_path / "card.md").write_text("# $name\n\n$data", "utf-8")
    given = ("--train", tmp_path / "train.jsonl", "--gold", gold / "dev", "--card", tmp_path / "card.md")
    code, out, err = parkner("package", model, "-o", tmp_path / "dist", *given)
    assert (code, out) == (0, "")
    wheel, card = sorted((tmp_path / "dist").iterdir(), key=lambda path: path.suffix, reverse=True)
    assert err == f"{wheel}\n{card}\n"
    assert re.fullmatch(r"zh_parkner-[\d.]+-py3-none-any\.whl", wheel.name)
    title, *_, trained, held_out = card.read_text("utf-8").splitlines()
    assert title == "# zh_parkner"
    assert (trained, held_out) == ("| trained on | 1 | 1 | 1 | 0 | 0 | 0 |", "| held out | 1 | 8 | 4 | 4 | 4 | 4 |")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--train {0}/bad.jsonl --gold {0}/good.jsonl", "bad.jsonl:1: the text is empty"),
        ("--train {0}/good.jsonl --gold {0}/bad.jsonl", "bad.jsonl:1: the text is empty"),
        (
            "--train {0}/good.jsonl --gold {0}/good.jsonl --card {0}/card.md",
            "card.md: a placeholder cannot",
        ),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path, arguments, message):
    (tmp_path / "good.jsonl").write_text('{"text": "园区", "label": []}', "utf-8")
    (tmp_path / "bad.jsonl").write_text('{"text": " ", "label": []}', "utf-8")
    (tmp_path / "card.md").write_text("# $nmae", "utf-8")
    assert message in refuse(tmp_path, f"package {model} -o {{0}}/dist {arguments}").err
