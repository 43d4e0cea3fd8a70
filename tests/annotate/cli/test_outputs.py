import os
import re
from pathlib import Path

import pytest

from annotate.cli.outputs import check_apart, check_folder, check_kept, check_output, is_stream
from annotate.errors import ParknerError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "gold.jsonl").write_text("石桥药业", "utf-8")
    return tmp_path / "gold.jsonl"


@pytest.mark.parametrize(
    ("check", "name", "message"),
    [
        (check_output, "{0}", "{0}: a folder: give the file to write, such as {0}/FILE.png"),
        (check_output, "{0}/a.jpg", "{0}/a.jpg: this is written as .png or .svg: change the suffix"),
        (check_output, "{0}/gold.jsonl/b/a.png", "{0}/gold.jsonl/b/a.png: {0}/gold.jsonl is a file, not a folder"),
        (check_kept, "-", "-: this can only be written to a file"),
        (check_kept, "/dev/null", "/dev/null: this can only be written to a file"),
    ],
)
def test_where_no_file_can_be_kept(check, name: str, message: str, file: Path) -> None:
    with pytest.raises(ParknerError, match=f"^{re.escape(message.format(file.parent))}$"):
        check(Path(name.format(file.parent)), (".png", ".svg"))


@pytest.mark.parametrize("name", ["a.png", "A.PNG", "a", "new/folder/a.svg"])
def test_a_place_that_will_do_is_left_as_it_is(name: str, file: Path) -> None:
    check_kept(file.parent / name, (".png", ".svg"))
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("name", ["-", "/dev/null"])
def test_what_is_passed_on_may_have_any_name(name: str) -> None:
    check_output(Path(name), (".png",))
    assert is_stream(Path(name))


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / ("石" * 200)
    with pytest.raises(ParknerError, match=f"^{path}: File name too long$"):
        check_output(path)


def test_a_folder_may_be_there_or_not_but_no_file(file: Path) -> None:
    check_folder(file.parent)
    check_folder(file.parent / "new" / "folder")
    message = f"{file}: not a folder: give a folder to write to"
    with pytest.raises(ParknerError, match=f"^{re.escape(message)}$"):
        check_folder(file)


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_an_input_by_another_name_is_not_overwritten(link, file: Path) -> None:
    other = file.with_name("other.jsonl")
    check_apart(other, [file])
    link(file, other)
    message = f"{other}: the output would overwrite this input: give another name or folder"
    with pytest.raises(ParknerError, match=f"^{re.escape(message)}$"):
        check_apart(other, [Path("none.jsonl"), file])
