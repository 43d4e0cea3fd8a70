"""`parkner check`: what is wrong with records, and what they hold."""

import json

import pytest

from tests.tables import read_cells

LONG = "青芦湾医药港去年引进了十二家医疗器械企业。"


def write(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps({"label": []} | row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@pytest.fixture
def counted(tmp_path):
    """Three sentences that name a park and a number, and one that names the park without a label."""
    rows = [{"text": f"光谷有{number}家", "label": [[0, 2, "PARK"], [3, 5, "METRIC"]]} for number in (3, 4, 5)]
    write(tmp_path / "a.jsonl", *rows, {"text": "去光谷", "article": "b", "number": 7})
    return tmp_path


def test_partitions_are_counted_apart_and_together(parkner, tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG, "label": [[0, 6, "PARK"], [6, 8, "DATE"]], "article": "a"})
    write(tmp_path / "dev/b.jsonl", {"text": "云渡制药开工。", "label": [[0, 4, "ORG"]]}, {"text": "会议结束。"})
    code, out, err = parkner("check", tmp_path)
    assert (code, err) == (0, "")
    assert read_cells(out) == [
        ["train", "1", "1", "0", "1", "0", "0", "1", "2"],
        ["dev", "1", "2", "1", "0", "1", "0", "0", "1"],
        ["all", "2", "3", "1", "1", "1", "0", "1", "3"],
    ]
    notes = [line for line in out.splitlines() if line.startswith("Note: ")]
    assert notes[0] == "Note: 1 sentences to train on; below 100 training is not expected to work"


def test_a_problem_is_the_exit_code_and_all_are_listed_and_counted(parkner, tmp_path):
    file = tmp_path / "a.jsonl"
    write(file, {"text": "园区", "label": [[0, 5, "PARK"]]}, {"text": "光谷", "label": [[0, 2, "CITY"]]})
    code, out, err = parkner("check", file)
    assert (code, [line.partition("]")[0] for line in err.splitlines()]) == (
        1,
        [f"{file}:1: span [0, 5, PARK", f"{file}:2: span [0, 2, CITY"],
    )
    assert read_cells(out)[0][:3] == ["-", "1", "2"]


def test_strict_fails_for_a_warning(parkner, tmp_path):
    write(tmp_path / "a.jsonl", {"text": LONG}, {"text": LONG})
    assert parkner("check", tmp_path).code == 0
    code, _, err = parkner("check", tmp_path, "--strict")
    assert code == 1
    assert f"Warning: {tmp_path}/a.jsonl:2: the sentence repeats {tmp_path}/a.jsonl:1" in err


def test_stats_count_surfaces_units_and_dates(parkner, counted):
    out = parkner("check", counted, "--stats").out
    assert read_cells(out)[1:] == [["-", "1", "0", "3", "0", "1", "0", "25.0%"]]
    assert out.splitlines()[-2:] == ["units: 家 3", "date forms: "]


def test_unlabelled_lists_what_is_labelled_elsewhere(parkner, counted):
    line = "article b, number 7: - | [光谷](PARK): 去光谷"
    assert parkner("check", counted, "--unlabelled").out.splitlines()[-1] == line
    assert line not in parkner("check", counted).out


@pytest.mark.parametrize(
    ("content", "message"), [(None, ": no .jsonl file"), ('{"text": "园区"}', '/a.jsonl:1: no "label"')]
)
def test_bad_input_is_one_line(refuse, tmp_path, content, message):
    (tmp_path / "records").mkdir()
    if content:
        (tmp_path / "records" / "a.jsonl").write_text(content, "utf-8")
    assert refuse(tmp_path, "check {0}/records").err.startswith(f"Error: {tmp_path}/records{message}")
