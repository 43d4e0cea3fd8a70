import json

import pytest

from annotate.check import Counts, check, find_shortages
from annotate.errors import ParknerError

LONG = "青芦湾医药港去年引进了十二家医疗器械企业。"


def write(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_sound_corpus(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG, "label": [[0, 6, "PARK"]], "article": "a"}, {"text": "(完)"})
    write(tmp_path / "dev/b.jsonl", {"text": "(完)"})
    report = check([tmp_path])
    assert report.problems == report.warnings == []
    assert report.counts["train"].sentences == 2
    assert report.counts["train"].without_spans == 1
    assert report.counts["train"].spans == {"PARK": 1}


def test_every_problem_is_listed(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG, "label": [[0, 99, "PARK"], [1, 2, "CITY"]]}, {"text": ""})
    write(tmp_path / "train/b.jsonl")
    a, b = tmp_path / "train/a.jsonl", tmp_path / "train/b.jsonl"
    problems = check([tmp_path]).problems
    assert [problem.split(": ")[0] for problem in problems] == [f"{a}:1", f"{a}:1", f"{a}:1", f"{a}:2", str(b)]


def test_a_sentence_in_two_partitions(tmp_path):
    write(tmp_path / "train/a.jsonl", {"text": LONG})
    write(tmp_path / "test/b.jsonl", {"text": "别的"}, {"text": LONG})
    assert check([tmp_path]).problems == [
        f"{tmp_path}/train/a.jsonl:1: the sentence is in another partition too, at {tmp_path}/test/b.jsonl:2"
    ]


@pytest.mark.parametrize(("label", "kind"), [([], "other spans"), ([[0, 6, "PARK"]], "repeats")])
def test_a_sentence_twice(tmp_path, label, kind):
    write(tmp_path / "a.jsonl", {"text": LONG, "label": [[0, 6, "PARK"]]}, {"text": LONG, "label": label})
    report = check([tmp_path])
    assert any(kind in line for line in (report.problems or report.warnings))
    assert bool(report.problems) == (kind == "other spans")


def test_what_is_no_record_stops_it(tmp_path):
    (tmp_path / "a.jsonl").write_text("{")
    with pytest.raises(ParknerError, match=r"a\.jsonl:1: broken JSON"):
        check([tmp_path])


def test_shortages():
    counts = Counts(sentences=2000)
    counts.spans.update(PARK=50, ORG=49, METRIC=50, DATE=50)
    assert list(find_shortages(counts)) == ["49 ORG spans to train on; 50 are the least advised"]
