"""What the options that the commands of training share take, and what stands for them where they are not given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spacy.util import load_config

from tests.tables import read_cells
from training.cli.options import DEFAULT_CONFIG


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where one stands, with a page and records in it."""
    (tmp_path / "a.txt").write_text("云渡科技城扩建。", "utf-8")
    (tmp_path / "a.jsonl").write_text('{"text": "云渡科技城扩建。"}', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_config_that_stands_for_none_has_a_recogniser() -> None:
    assert load_config(DEFAULT_CONFIG)["nlp"]["pipeline"] == ["ner"]


@pytest.mark.parametrize("command", ["rank a.jsonl -o -", "silver a.txt -o -"])
def test_a_model_is_never_guessed(command: str, parkner: Callable[..., Any], here: Path) -> None:
    result = parkner(*command.split())
    assert (result.code, result.err.splitlines()[-1]) == (2, "Error: Missing option '--model'.")


@pytest.mark.parametrize("command", ["curve", "segmenter -o words"])
def test_gold_is_looked_for_where_one_stands(command: str, parkner: Callable[..., Any], here: Path) -> None:
    assert parkner(*command.split()) == (1, "", "Error: corpus/gold: no such file or folder\n")


@pytest.mark.parametrize("command", ["train {config} -o {0}/models", "curve {config} --gold {gold}"])
def test_a_config_is_one_file(command: str, refuse: Callable[..., Any], here: Path, gold: Path) -> None:
    (here / "configs").mkdir()
    error = refuse(here, command.format("{0}", config=here / "configs", gold=gold)).err
    assert error == f"Error: {here}/configs: a folder: give one file"


def test_held_out_gold_is_dev_or_what_is_given_and_again(
    parkner: Callable[..., Any], enough: Path, gold: Path, tmp_path: Path
) -> None:
    def measure(*held_out: Path) -> list[str]:
        options = [word for path in held_out for word in ("--held-out", path)]
        return [row[0] for row in read_cells(parkner("segmenter", enough, "-o", tmp_path / "s", *options).out)]

    assert measure() == [f"{enough}/train", f"{enough}/dev"]
    assert measure(gold / "dev", gold / "train") == [f"{enough}/train", f"{gold}/dev", f"{gold}/train"]
