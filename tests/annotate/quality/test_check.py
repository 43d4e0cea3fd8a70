import json

import pytest

from annotate.errors import ParknerError
from annotate.quality.check import check_records

LONG = "青芦湾医药港去年引进了十二家医疗器械企业。"


def write(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps({"label": []} | row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_sound_corpus(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG, "label": [[0, 6, "PARK"]], "article": "a"}, {"text": "(完)"})
    write(tmp_path / "dev/b.jsonl", {"text": "(完)"})
    report = check_records([tmp_path])
    assert report.problems == report.warnings == []
    assert report.counts["train"].sentences == 2
    assert report.counts["train"].without_spans == 1
    assert report.counts["train"].surfaces == {"PARK": {LONG[:6]: 1}}


def test_every_problem_is_listed(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG, "label": [[0, 99, "PARK"], [1, 2, "CITY"]]}, {"text": ""})
    write(tmp_path / "train/b.jsonl")
    a, b = tmp_path / "train/a.jsonl", tmp_path / "train/b.jsonl"
    problems = check_records([tmp_path]).problems
    assert [problem.split(": ")[0] for problem in problems] == [f"{a}:1", f"{a}:1", f"{a}:1", f"{a}:2", str(b)]


def test_a_sentence_in_two_partitions(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG})
    write(tmp_path / "test/b.jsonl", {"text": "别的"}, {"text": LONG})
    assert check_records([tmp_path]).problems == [
        f"{tmp_path}/train/a.jsonl:1: the sentence is in another partition too, at {tmp_path}/test/b.jsonl:2"
    ]


@pytest.mark.parametrize(("label", "kind"), [([], "other spans"), ([[0, 6, "PARK"]], "repeats")])
def test_a_sentence_twice(tmp_path, label, kind):
    write(tmp_path / "a.jsonl", {"text": LONG, "label": [[0, 6, "PARK"]]}, {"text": LONG, "label": label})
    report = check_records([tmp_path])
    assert any(kind in line for line in (report.problems or report.warnings))
    assert bool(report.problems) == (kind == "other spans")


def test_what_is_no_record_stops_it(tmp_path):
    (tmp_path / "a.jsonl").write_text("{:")
    with pytest.raises(ParknerError, match=r"a\.jsonl:1: broken JSON"):
        check_records([tmp_path])


def test_text_shared_with_training(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": f"他说，{LONG}"})
    write(tmp_path / "test/b.jsonl", {"text": f"她说，{LONG}", "label": [[3, 9, "PARK"]]})
    assert check_records([tmp_path]).warnings == [
        f"{tmp_path}/test/b.jsonl:1: '去年引进了十二家医疗器械企' is also at {tmp_path}/train/a.jsonl:1",
        "50.0% of the sentences nearly repeat another, "
        f"such as {tmp_path}/train/a.jsonl:1 and {tmp_path}/test/b.jsonl:1",
    ]


def test_many_shared_texts_are_counted(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG})
    write(tmp_path / "test/b.jsonl", *({"text": f"第{number}位说，{LONG}"} for number in range(12)))
    assert sum("is also at" in warning for warning in check_records([tmp_path]).warnings) == 10
    assert "2 more held-out sentences share 13 characters with train" in check_records([tmp_path]).warnings
