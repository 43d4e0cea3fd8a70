import re

import pytest

from annotate.errors import ParknerError
from annotate.settings import NAMES, load_labels, load_toml


@pytest.mark.parametrize("content", ["label = ", "a = 1\na = 2", "a = " + "[" * 5000])
def test_broken_toml_has_an_address(tmp_path, content):
    path = tmp_path / "labels.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ParknerError, match=f"^{re.escape(str(path))}: not TOML: "):
        load_toml(path)


def test_settings_that_are_not_there_are_named(tmp_path):
    with pytest.raises(ParknerError, match=r"labels\.toml: No such file or directory$"):
        load_toml(tmp_path / "labels.toml")


def test_labels_can_be_told_apart_by_eye_and_key():
    labels = load_labels()
    for values in zip(*labels, strict=True):
        assert len(set(values)) == len(labels)
    assert all(re.fullmatch(r"#[0-9a-fA-F]{6}", label.colour) and len(label.key) == 1 for label in labels)
    assert {label.name for label in labels} >= {*NAMES}
