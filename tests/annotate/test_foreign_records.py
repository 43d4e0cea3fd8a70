"""Records of other tools: none may pass for one of ours without its spans, whichever command reads it."""

import json

import pytest

from annotate.foreign_records import find_foreign, is_labelled

TEXT = "青芦湾医药港去年开园。"
OBJECT = {"start": 0, "end": 6, "label": "PARK"}
LABEL_STUDIO = {"value": {"start": 0, "end": 6, "text": TEXT[:6], "labels": ["PARK"]}, "type": "labels"}
OTHERS = [
    {"text": TEXT, "entities": [[0, 6, "PARK"]]},
    {"text": TEXT, "entities": [{"id": 1, "start_offset": 0, "end_offset": 6, "label": "PARK"}], "relations": []},
    {"text": TEXT, "labels": [[0, 6, "PARK"]]},
    {"text": TEXT, "labels": ["B-PARK", "I-PARK", "O"]},
    {"text": TEXT, "spans": [OBJECT], "_input_hash": 7, "answer": "accept"},
    {"text": TEXT, "annotations": [{"result": [LABEL_STUDIO]}]},
    {"text": TEXT, "result": [LABEL_STUDIO]},
    {"data": {"text": TEXT}, "annotations": [{"result": [LABEL_STUDIO]}], "predictions": []},
    {"content": TEXT, "annotation": [{"label": ["PARK"], "points": [{"start": 0, "end": 5}]}]},
    {"text": TEXT, "meta": {"ner": [{"startOffset": 0, "endOffset": 6, "tag": "PARK"}]}},
    {"text": TEXT, "found": [["PARK", 0, 6]]},
]
PLAIN = [
    {"text": TEXT, "label": []},
    {"text": TEXT, "label": [], "origin": [[0, 6, "PARK", "park"]], "unsure": [[0, 6]]},
    {"text": TEXT, "label": [[0, 6, "PARK"]], "spans": [OBJECT]},
    {"text": TEXT, "label": [], "tags": ["财经"], "page": {"start": 0, "end": 12}, "entities": [], "result": "ok"},
    {"text": "🚀青芦湾", "label": [[1, 4, "PARK"]], "id": 7},
    {"text": TEXT, "label": [[0, 6, "PARK"]], "id": 7, "Comments": []},
    {"text": "🚀青芦湾", "label": [], "id": 7, "Comments": []},
]


@pytest.fixture
def refuse_row(refuse, tmp_path):
    """Give a command, with `{0}` for the folder, a file `a.jsonl` of this record alone, which it refuses."""

    def run(row, command):
        (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
        (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT, "label": []}), "utf-8")
        return refuse(tmp_path, command).err

    return run


@pytest.mark.parametrize("row", [*OTHERS, *({**row, "label": []} for row in OTHERS)])
@pytest.mark.parametrize("command", ["check {0}/a.jsonl --strict", "prelabel {0}/a.jsonl -o {0}/out"])
def test_spans_elsewhere_are_refused_by_their_key(refuse_row, row, command):
    key = next(key for key in row if key not in ("text", "label", "content", "data"))
    assert f'a.jsonl:1: its spans seem to be in "{key}": write them as "label"' in refuse_row(row, command)


@pytest.mark.parametrize(
    "command",
    [
        "agree {0}/a.jsonl {0}/b.jsonl",
        "review {0}/a.jsonl {0}/b.jsonl --project p -o {0}/out",
        "push {0}/a.jsonl --project p",
        "project assign {0}/a.jsonl --project p --to li",
        "economy {0}/a.jsonl",
        "rules report {0}/a.jsonl",
        "rules suggest {0}/a.jsonl",
        "mark {0}/a.jsonl -o {0}/out",
    ],
)
@pytest.mark.parametrize(("row", "message"), [(OTHERS[0], 'in "entities"'), ({"text": TEXT}, 'no "label"')])
def test_every_reader_of_labels_refuses(refuse_row, command, row, message):
    assert f"a.jsonl:1: {message}" in refuse_row(row, command).replace("its spans seem to be ", "")


@pytest.mark.parametrize("row", PLAIN)
def test_plain_records_are_none(row):
    assert list(find_foreign(row)) == []


def test_doccanos_own_export_counts_otherwise(refuse_row):
    row = {"id": 7, "text": "🚀青芦湾", "label": [[2, 5, "PARK"]], "article": "a", "number": 1, "Comments": []}
    assert "a.jsonl:1: doccano's own export counts" in refuse_row(row, "check {0}/a.jsonl")


@pytest.mark.parametrize("row", [*(row for row in OTHERS if "B-PARK" not in row.get("labels", ())), *PLAIN[2:3]])
def test_a_raw_page_has_no_labels(refuse_row, row):
    page = {"text": TEXT, **row}
    assert "a.jsonl:1: a labelled record, not a raw page" in refuse_row(page, "split {0}/a.jsonl -o {0}/out")


@pytest.mark.parametrize(
    ("row", "labelled"),
    [
        ({"text": TEXT, "label": [], "annotator": "li"}, True),
        ({"text": TEXT, "label": []}, False),
        ({"text": TEXT, "label": "财经", "labels": ["财经"], "entities": ["青芦湾"]}, False),
    ],
)
def test_what_a_raw_page_may_say_of_itself(row, labelled):
    assert is_labelled(row) == labelled
