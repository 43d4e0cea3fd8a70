"""One source that cannot be read does not stop the others, and is not forgotten."""

import json

import pytest

GOOD = "青芦湾医药港昨日动工。一期用地三百二十亩。"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "pages" / "b.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "pages" / "c.txt").write_text("", "utf-8")
    (tmp_path / "pages" / "d.jsonl").write_text(
        json.dumps({"text": GOOD}) + "\n{\n" + json.dumps({"text": GOOD}), "utf-8"
    )
    return tmp_path


def test_what_cannot_be_read_is_set_aside(parkner, folder):
    result = parkner("split", folder / "pages", "-o", folder / "out.jsonl")
    assert result.code == 1
    names = [json.loads(line)["article"] for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert names == ["a", "a", "d-1", "d-1", "d-3", "d-3"]
    rejected = (folder / "out.jsonl.rejected").read_text("utf-8").splitlines()
    assert [line.partition("pages/")[2].partition(" ")[0] for line in rejected] == ["b.txt:", "c.txt:", "d.jsonl:2:"]
    assert f"3 set aside -> {folder / 'out.jsonl.rejected'}" in result.err


def test_a_later_run_takes_its_list_away(parkner, folder):
    parkner("split", folder / "pages", "-o", folder / "out.jsonl")
    assert parkner("split", folder / "pages" / "a.txt", "-o", folder / "out.jsonl").code == 0
    assert not (folder / "out.jsonl.rejected").exists()


def test_strict_stops_at_once_and_writes_nothing(parkner, folder):
    result = parkner("split", folder / "pages", "-o", folder / "out.jsonl", "--strict")
    assert result.code == 1
    assert [path.name for path in folder.iterdir()] == ["pages"]


def test_if_nothing_can_be_read_nothing_is_written(parkner, folder):
    result = parkner("split", folder / "pages" / "b.txt", "-o", folder / "out.jsonl")
    assert result.code == 1
    assert "b.txt: a binary file, not text" in result.err
    assert [path.name for path in folder.iterdir()] == ["pages"]


def test_on_standard_output_only_the_message_is_left(parkner, folder):
    result = parkner("split", folder / "pages", "-o", "-")
    assert result.code == 1
    assert len(result.out.splitlines()) == 6
    assert result.err.count("Set aside: ") == 3


def test_a_damaged_byte_is_told(parkner, folder):
    page = folder / "e.txt"
    page.write_bytes(f"{GOOD}\n{GOOD}".encode() + b"\xff\n" + GOOD.encode())
    result = parkner("split", page, "-o", folder / "out.jsonl")
    assert result.code == 0
    assert f"Warning: {page}:2: a character cannot be read" in result.err
    strict = parkner("split", page, "-o", folder / "other.jsonl", "--strict")
    assert strict.code == 1
    assert not (folder / "other.jsonl").exists()
