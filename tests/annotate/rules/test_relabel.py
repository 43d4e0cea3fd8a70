import json

import pytest

from annotate.records import read_sentences

TEXT = "墨舟生物医药园去年引进12家企业。"
FOUND = [[0, 7, "PARK"], [7, 9, "DATE"], [11, 14, "METRIC"]]
ORIGIN = [[*span, "some rule"] for span in FOUND]
PRELABELLED = {"text": TEXT, "label": FOUND, "origin": ORIGIN, "comments": ["存疑"]}
CONFIRMED = PRELABELLED | {"annotator": "li", "confirmed_at": "2026-11-22T08:00:00Z"}


@pytest.fixture
def records(tmp_path):
    """A file `a.jsonl` with one record."""

    def write(row):
        (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "label": []}) + "\n" + json.dumps(row), "utf-8")
        return tmp_path / "a.jsonl"

    return write


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (CONFIRMED, "its labels were confirmed by li"),
        ({"text": TEXT, "label": [], "annotator": "li"}, "its labels were confirmed by li"),
        ({"text": TEXT, "label": FOUND[:1]}, 'its labels are not those of its "origin"'),
        (PRELABELLED | {"label": FOUND[:1]}, 'its labels are not those of its "origin"'),
        (PRELABELLED | {"label": []}, 'its labels are not those of its "origin"'),
    ],
)
def test_what_people_have_made_is_not_wiped(refuse, records, tmp_path, row, message):
    records(row)
    assert f"a.jsonl:2: {message}" in refuse(tmp_path, "prelabel {0}/a.jsonl -o {0}/out").err


@pytest.mark.parametrize("row", [PRELABELLED, {"text": TEXT}, {"text": TEXT, "label": [], "origin": []}])
def test_plain_pre_labels_are_set_again(parkner, records, row):
    out = records(row).with_name("out.jsonl")
    assert parkner("prelabel", records(row), "-o", out).code == 0
    assert [list(map(list, sentence.spans)) for sentence in read_sentences(out)] == [FOUND, FOUND]


def test_to_label_anew_takes_the_confirmation_away(parkner, records):
    path = records(CONFIRMED | {"label": FOUND[:1]})
    assert parkner("prelabel", path, "-o", path.with_name("out.jsonl"), "--replace").code == 0
    _, sentence = read_sentences(path.with_name("out.jsonl"))
    assert [list(span) for span in sentence.spans] == FOUND
    assert sorted(sentence.extra) == ["comments", "origin"]
