"""A model may come from a stranger: nothing in its folder or its bytes makes us read or write outside that folder."""

import shutil
from pathlib import Path

import pytest
import spacy
import srsly
from spacy.language import Language

from annotate.errors import ParknerError
from training.model.stored_rules import StoredRules
from training.ship.package import package

RULES = "names = [{name = 'park', label = 'PARK', files = ['lists/park.txt']}]"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "own" / "lists").mkdir(parents=True)
    (tmp_path / "own" / "lists" / "park.txt").write_text("青芦湾医药港", "utf-8")
    (tmp_path / "own" / "own.toml").write_text(RULES, "utf-8")
    (tmp_path / "secret.txt").write_text("口令", "utf-8")
    return tmp_path / "own" / "own.toml"


@pytest.fixture
def stored(rules: Path, tmp_path: Path) -> Path:
    """The folder of a pipeline with these rules; the original rules files are deleted."""
    nlp = make_pipeline(rules)
    nlp.to_disk(tmp_path / "model")
    shutil.rmtree(rules.parent)
    return tmp_path / "model"


def make_pipeline(rules: Path) -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("parkner_rules", config={"rules": str(rules)})
    return nlp


@pytest.mark.parametrize("name", ["../secret.txt", "{0}/secret.txt", "lists/../../secret.txt", ".", "", "a\0b"])
def test_bytes_that_name_files_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Every name leads into this test's own folder, so that a failure of the check would write nowhere else."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ParknerError, match=r"stored rules: .* leads out of the folder"):
        StoredRules().from_bytes(srsly.msgpack_dumps({"a.toml": b"", name.format(tmp_path): b"evil"}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../../secret.txt", "{0}/secret.txt", "lists/../../../secret.txt"])
def test_stored_rules_that_name_a_list_elsewhere(stored: Path, tmp_path: Path, name: str) -> None:
    toml = stored / "parkner_rules" / "own.toml"
    toml.write_text(RULES.replace("lists/park.txt", name.format(tmp_path)), "utf-8")
    with pytest.raises(ParknerError, match=r"own\.toml: park: .*secret\.txt' leads out of the folder"):
        spacy.load(stored)


def test_what_a_mac_leaves_beside_the_rules_is_none(stored: Path) -> None:
    (stored / "parkner_rules" / "._own.toml").write_bytes(b"\0\5\x16\7")
    doc = spacy.load(stored)("在青芦湾医药港")
    assert [span.text for span in doc.spans["rules"]] == ["青芦湾医药港"]


@pytest.mark.parametrize("link", ["lists/park.txt", "own.toml"])
def test_a_link_out_of_the_folder(stored: Path, tmp_path: Path, link: str) -> None:
    (stored / "parkner_rules" / link).unlink()
    (stored / "parkner_rules" / link).symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ParknerError, match=f"'{link}' leads out of the folder"):
        spacy.load(stored)


def test_a_pipeline_is_not_stored_through_a_link(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "model" / "parkner_rules").mkdir(parents=True)
    (tmp_path / "model" / "parkner_rules" / "own.toml").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ParknerError, match="leads out of the folder"):
        make_pipeline(rules).to_disk(tmp_path / "model")
    assert (tmp_path / "secret.txt").read_text("utf-8") == "口令"


def test_a_config_that_names_rules_where_none_are_stored(rules: Path, tmp_path: Path) -> None:
    make_pipeline(rules).to_disk(tmp_path / "model")
    shutil.rmtree(tmp_path / "model" / "parkner_rules")
    with pytest.raises(ParknerError, match="parkner_rules: the rules of this pipeline are missing"):
        spacy.load(tmp_path / "model")
    with pytest.raises(ParknerError, match="stored rules: the rules of this pipeline are missing"):
        make_pipeline(rules).get_pipe("parkner_rules").from_bytes(srsly.msgpack_dumps({}))


def test_a_package_is_named_by_us_and_gives_nothing_else_away(model: Path, gold: Path, tmp_path: Path) -> None:
    strange, dist, template = tmp_path / "strange", tmp_path / "dist", tmp_path / "card.md"
    template.write_text("# $name", "utf-8")
    shutil.copytree(model, strange)
    srsly.write_json(strange / "meta.json", srsly.read_json(strange / "meta.json") | {"lang": "../evil"})
    package(strange, dist, train=gold / "train", gold=gold / "dev", template=template)
    assert sorted(path.name.partition("-")[0] for path in dist.iterdir()) == ["zh_parkner", "zh_parkner"]
    assert not list(tmp_path.glob("evil*"))
    (strange / "key").symlink_to(template)
    with pytest.raises(ParknerError, match="strange: 'key' leads out of the folder"):
        package(strange, dist, train=gold / "train", gold=gold / "dev", template=template)
