"""What an error of writing says, and that no other error is taken for one."""

import subprocess
import sys

import pytest
import requests

from annotate.errors import ParknerError
from annotate.files import open_output, open_temporary, write_beside

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
