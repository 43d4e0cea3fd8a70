"""What an error of writing says, and that no other is taken for one; which files are read, and how one is left."""

import os
import stat
import subprocess
import sys

import pytest
import requests

from annotate.errors import ParknerError
from annotate.files import find_files, make_folder, open_output, open_temporary, write_beside
from annotate.pages.to_sentences import read_pages

SUFFIXES = (".jsonl",)
OTHERS = [
    requests.ConnectionError("the line is dead"),
    PermissionError(13, "Permission denied", "/some/other/file"),
    ParknerError("a.jsonl:3: the text is empty"),
]
TIGHT = """
import resource
from pathlib import Path
from annotate.files import open_output
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
with open_output(Path("old")) as stream:
    stream.write("甲" * 9999)
"""


@pytest.mark.parametrize("error", OTHERS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("write", [write_beside, open_output])
def test_what_goes_wrong_elsewhere_comes_out_as_it_is(tmp_path, write, error):
    (tmp_path / "old").write_text("old", "utf-8")
    with pytest.raises(type(error)) as caught, write(tmp_path / "old"):
        raise error
    assert caught.value is error
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_a_file_that_may_not_grow_is_named(tmp_path):
    (tmp_path / "old").write_text("old", "utf-8")
    script = f"import sys\nsys.path[:0] = {sys.path!r}\n{TIGHT}"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "annotate.errors.ParknerError: old: File too large"
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize("path", ["file/a.jsonl", "folder"])
def test_a_place_that_takes_no_file_is_named(tmp_path, path):
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    with pytest.raises(ParknerError, match=f"{tmp_path / path}: ."), open_output(tmp_path / path) as stream:
        stream.write("甲")


def test_a_temporary_file_can_be_read_again():
    with open_temporary() as file:
        file.write(b"one\ntwo\n")
        file.seek(0)
        assert file.readlines() == [b"one\n", b"two\n"]


def write(path, text="old"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def rewrite(path):
    with open_output(path) as stream:
        stream.write("new")


def test_what_is_hidden_in_a_folder_is_no_input(tmp_path):
    gold = write(tmp_path / "train" / "a.jsonl")
    write(tmp_path / "train" / ".a.jsonl.x7k2" / "a.jsonl")
    write(tmp_path / "train" / "._a.jsonl")
    assert list(find_files([tmp_path], SUFFIXES, others={})) == [gold]


def test_what_is_named_is_input_though_it_be_hidden(tmp_path):
    named = write(tmp_path / ".mine" / "a.jsonl")
    assert (
        list(find_files([named], SUFFIXES, others={}))
        == list(find_files([named.parent], SUFFIXES, others={}))
        == [named]
    )


def test_a_folder_of_hidden_files_is_empty(tmp_path):
    write(tmp_path / ".a.jsonl.x7k2" / "a.jsonl")
    with pytest.raises(ParknerError, match=r"no \.jsonl file in this folder"):
        list(find_files([tmp_path], SUFFIXES, others={}))


def test_a_write_that_was_killed_leaves_no_gold(tmp_path, parkner):
    """As one that is killed between the last byte and the new name leaves it."""
    row = '{"text": "青芦湾开园。", "label": []}'
    with write_beside(tmp_path / "a.jsonl") as beside:
        beside.write_text(row, "utf-8")
        write(tmp_path / "b.jsonl", row)
        table = parkner("check", tmp_path).out.splitlines()[3]
    assert table.split("│")[3].strip() == "1"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_a_rewrite_keeps_the_mode(tmp_path, mode):
    path = write(tmp_path / "a.jsonl")
    path.chmod(mode)
    rewrite(path)
    assert (path.read_text("utf-8"), stat.S_IMODE(path.stat().st_mode)) == ("new", mode)


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path):
    before = os.umask(0o027)
    try:
        rewrite(tmp_path / "a.jsonl")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o640


def test_a_link_stays_one_whoever_writes(tmp_path):
    file, link = write(tmp_path / "there" / "a.jsonl"), tmp_path / "b.jsonl"
    file.chmod(0o600)
    link.symlink_to(file)
    with write_beside(link) as beside:
        beside.write_text("new", "utf-8")
    assert (link.is_symlink(), file.read_text("utf-8"), stat.S_IMODE(file.stat().st_mode)) == (True, "new", 0o600)
    assert sorted(tmp_path.rglob("*")) == [link, file.parent, file]


def test_a_name_that_is_not_utf_8_is_told(tmp_path):
    name = os.fsdecode("新闻".encode("gb18030"))
    write(tmp_path / f"{name}.txt", "青芦湾开园。")
    for path in (tmp_path, tmp_path / f"{name}.txt"):
        with pytest.raises(ParknerError) as error:
            list(read_pages([path]))
        assert str(error.value) == f"{tmp_path}/\\xd0\\xc2\\xce\\xc5.txt: the name is not UTF-8: rename it"


@pytest.mark.parametrize(("file", "left"), [(None, ["old"]), ("new/work.txt", ["new", "old", "work.txt"])])
def test_a_failing_block_leaves_no_new_folder_that_is_empty(tmp_path, file, left):
    (tmp_path / "old").mkdir()

    def fail():
        with make_folder(tmp_path / "old" / "new" / "newer", known_as=tmp_path):
            if file:
                (tmp_path / "old" / file).write_text("work", "utf-8")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert sorted(path.name for path in tmp_path.rglob("*")) == left
