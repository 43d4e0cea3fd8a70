"""Configs that run from any folder, and that name files beside them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from annotate.errors import ParknerError
from annotate.rules.file import RULES, list_files
from training.config import load_config
from training.data.convert import convert
from training.measure.curve import measure_curve
from training.model.pretrain import pretrain
from training.model.train import train

QUICK = ("--training.max_steps", "2", "--training.eval_frequency", "2")


@pytest.fixture
def own(config: Path, tmp_path: Path) -> Path:
    """A config in its own folder that names rules in the same folder."""
    folder = tmp_path / "own"
    for file in [RULES.name, *list_files(RULES)]:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(RULES.parent / file, folder / file)
    settings = load_config(config)
    settings["paths"]["rules"] = RULES.name
    settings["training"] |= {"max_steps": 2, "eval_frequency": 2}
    settings.to_disk(folder / "own.cfg")
    return folder / "own.cfg"


def has_hints(model: Path) -> bool:
    return spacy.load(model)("落户临江高新区")[2].tag_ == "B-PARK"


def test_files_beside_the_config_are_found_from_any_folder(gold, own, tmp_path, monkeypatch) -> None:
    convert(gold, tmp_path)
    (tmp_path / "page.txt").write_text("青芦湾医药港去年引进12家企业。", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    best = train(own, tmp_path / "model", data=tmp_path)
    pretrain(own, tmp_path / "weights", raw=[tmp_path / "page.txt"], steps=1, seed=0, report=lambda _: None)
    [*_] = measure_curve(own, gold, held_out=[gold / "dev"], shares=[1], seeds=[0])
    shutil.rmtree(own.parent)  # a stored pipeline needs nothing of it
    assert has_hints(best)


def test_a_relative_config_leaves_no_path_of_this_machine(gold, own, tmp_path, monkeypatch) -> None:
    convert(gold, tmp_path)
    monkeypatch.chdir(tmp_path)
    train(Path("own/own.cfg"), Path("model"), data=Path())
    assert str(tmp_path) not in Path("model/model-best/config.cfg").read_text("utf-8")


def test_plain_spacy_train_from_any_folder(gold, config, tmp_path) -> None:
    convert(gold, tmp_path)
    (tmp_path / "elsewhere").mkdir()
    command = [sys.executable, "-m", "spacy", "train", config, "--output", tmp_path / "model", *QUICK]
    command += ["--paths.train", tmp_path / "train.spacy", "--paths.dev", tmp_path / "dev.spacy"]
    path = os.pathsep.join([str(RULES.parent.parent), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [*map(str, command)],
        cwd=tmp_path / "elsewhere",
        env=os.environ | {"PYTHONPATH": path},
        check=True,
        capture_output=True,
    )
    assert has_hints(tmp_path / "model" / "model-best")


def test_what_is_not_beside_the_config_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.cfg"
    path.write_text('[paths]\nvectors = "zh_core_web_md"\nempty = ""\nnone = null\n[nlp]\nlang = "zh"\n', "utf-8")
    (tmp_path / "zh").mkdir()  # a folder that happens to be called as a setting that is no path
    assert load_config(path) == {
        "paths": {"vectors": "zh_core_web_md", "empty": "", "none": None},
        "nlp": {"lang": "zh"},
    }
    with pytest.raises(ParknerError, match=r"none\.cfg: no such file"):
        load_config(tmp_path / "none.cfg")
