import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ParknerError
from annotate.records import from_row, read_sentences, to_row, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

TEXT = "青芦湾医药港去年引进十二家企业。"
GOOD = {"text": TEXT, "label": [[0, 6, "PARK"]], "article": "qinglu", "number": 3, "published": "2024-05-06"}


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    extra=st.dictionaries(st.sampled_from(["score", "note", "kinds"]), st.none() | st.text() | st.lists(st.integers())),
)
def test_row_round_trip(text, extra):
    sentence = Sentence(text, (Span(0, 1, "ORG"),), "a", 7, extra)
    assert from_row(json.loads(json.dumps(to_row(sentence)))) == sentence


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], "not a JSON object"),
        ({"text": 7, "label": []}, 'no "text" string of Unicode characters'),
        (
            {"text": "园区"},
            'no "label": `parkner prelabel` sets it, and "label": [] means that there is nothing to label',
        ),
        ({"text": "园区", "label": [[0, 2]]}, '"label" is not a list of [start, end, "LABEL"]'),
        ({"text": "园区", "label": [], "article": None}, '"article" is not a string or "number" not an integer'),
        ({"text": "园区", "label": [], "comments": [7]}, '"comments" is not a list of strings'),
    ],
)
def test_a_row_that_is_no_record_says_why(row, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        from_row(row)


def test_a_row_is_left_as_it_is():
    sound = from_row(GOOD)
    row = to_row(sound)
    from_row(row)
    assert row == to_row(sound)


def test_file_round_trip(tmp_path):
    sentences = [Sentence(f"第{number}句\u2028含奇异换行", (Span(0, 1, "ORG"),), "a", number) for number in range(1, 4)]
    assert write_sentences(tmp_path / "new" / "a.jsonl", sentences) == 3
    assert list(read_sentences(tmp_path / "new")) == sentences


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "园', "broken JSON"),
        ("[]", "each line must be one JSON object"),
        ("{", "each line must be one JSON object"),
        ("3", "not a JSON object"),
        ('{"label": []}', 'no "text"'),
        ('{"text": "园\\ud800"}', 'no "text" string of Unicode characters'),
        ('{"text": "园区", "label": [[0, "PARK"]]}', '"label" is not a list'),
        ('{"text": "园区", "label": [[true, 1, "PARK"]]}', '"label" is not a list'),
        ('{"text": "园区", "label": [], "number": "7"}', '"number" not an integer'),
        ('{"text": "  ", "label": []}', "the text is empty"),
        ('{"text": "园区", "label": [[1, 1, "PARK"]]}', "span [1, 1, PARK] is empty"),
        ('{"text": "园区", "label": [[-1, 1, "PARK"]]}', "begins before its text"),
        ('{"text": "园区", "label": [[0, 3, "PARK"]]}', "ends after its text of 2 characters"),
        ('{"text": "园 区", "label": [[0, 2, "PARK"]]}', "begins or ends with a blank"),
        (
            '{"text": "园区，", "label": [[0, 3, "PARK"]]}',
            "begins or ends with punctuation or an invisible character: '园区，'",
        ),
        ('{"text": "\u200b园区", "label": [[0, 3, "PARK"]]}', r"character: '\u200b园区'"),
        ('{"text": "园区", "label": [[0, 2, "CITY"]]}', "unknown label"),
        ('{"text": "园区", "label": [[0, 2, "ORG"], [0, 2, "ORG"]]}', "span [0, 2, ORG] comes twice"),
        ('{"text": "园区", "label": [[0, 2, "ORG"], [1, 2, "PARK"]]}', "[1, 2, PARK] overlaps [0, 2, ORG]"),
        ('{"text": "园区"}', 'no "label"'),
        ('{"text": "园区", "label": [], "article": "a\\udcb9"}', '"article" is not a string'),
        ('{"text": "园区", "label": [], "annotator": ["li"]}', '"annotator" is not a string'),
        ('{"text": "园区", "label": [], "annotator": "\\udcb9"}', '"annotator" is not a string'),
        ('{"text": "园区", "label": [], "confirmed_at": 7}', '"confirmed_at" is not a string'),
        ('{"text": "园区", "label": [], "comments": "存疑"}', '"comments" is not a list of strings'),
        ('{"text": "园区", "label": [], "uid": 7}', '"uid" is not a string'),
        ('{"text": "园区", "label": [], "published": 2024}', '"published" is not a string'),
        (
            '{"text": "园区", "label": [], "origin": [[0, 2]]}',
            '"origin" is not a list of [start, end, "LABEL", "rule"]',
        ),
    ],
)
def test_bad_record_is_named_by_file_and_line(tmp_path, line, message):
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n\n{line}\n", "utf-8")
    with pytest.raises(ParknerError) as error:
        list(read_sentences(path))
    assert str(error.value).startswith(f"{path}:3: ")
    assert message in str(error.value)


def test_a_record_may_lack_labels_where_they_are_about_to_be_set(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "园区"}\n{"text": "园区", "label": null}', "utf-8")
    assert [sentence.spans for sentence in read_sentences(tmp_path, unlabelled=True)] == [(), ()]


def test_half_a_character_in_a_key_that_we_do_not_know_is_kept(tmp_path):
    sentence = Sentence("园区", extra={"note": "\udcb9"})
    write_sentences(tmp_path / "a.jsonl", [sentence])
    assert list(read_sentences(tmp_path)) == [sentence]


def test_wrong_encoding(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(json.dumps(GOOD, ensure_ascii=False).encode("gb18030"))
    with pytest.raises(ParknerError, match=r"gold\.jsonl:1: not UTF-8"):
        list(read_sentences(path))


def test_empty_file(tmp_path):
    (tmp_path / "gold.jsonl").write_text("\n")
    with pytest.raises(ParknerError, match="the file is empty"):
        list(read_sentences(tmp_path))


def test_a_failing_stream_leaves_the_old_file(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("old")

    def broken():
        yield from_row(GOOD)
        raise ParknerError("elsewhere:9: broken")

    with pytest.raises(ParknerError, match="elsewhere"):
        write_sentences(path, broken())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_output_that_is_a_folder(tmp_path):
    with pytest.raises(ParknerError, match="directory"):
        write_sentences(tmp_path, [from_row(GOOD)])
