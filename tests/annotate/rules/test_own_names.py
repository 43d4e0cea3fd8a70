"""A user's own names: what is read, and that they stand before every list and rule."""

import pytest

from annotate.errors import ParknerError
from annotate.rules.file import load_rules
from annotate.rules.find import match_rules, prelabel
from annotate.rules.own_names import add_names, load_gazetteer
from annotate.sentence import Sentence

RULES = load_rules()


def find(text, names):
    return [(text[start:end], label, rule) for (start, end, label), rule in match_rules(text, add_names(RULES, names))]


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_names_labels_and_nothing_else_are_read(tmp_path):
    one = write(tmp_path / "a.tsv", "\ufeff# 名\n\n墨舟\tORG\t3\t1.00\r\n青嶼灣 \tPARK # 港\n墨舟\tPARK\n")
    other = write(tmp_path / "b.txt", "青屿湾\tORG\n云渡（甲）\tORG")
    assert load_gazetteer(one, other) == {"墨舟": "ORG", "青屿湾": "PARK", "云渡(甲)": "ORG"}
    assert load_gazetteer() == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("# 名\n墨舟\n", ":2: '墨舟' is no name, a tab and a label"),
        ("墨舟 ORG\n", ":1: '墨舟 ORG' is no name"),
        ("墨舟\t\t3\n", ":1: '墨舟\\\\t\\\\t3' is no name"),
        ("\tORG\n", ":1: 'ORG' is no name"),
        ("墨舟\tORG\n云渡\tCITY\n", ":2: 云渡: unknown label 'CITY'"),
        ("墨舟\tNONE\n", ":1: 墨舟: unknown label 'NONE'"),
        ("# 名\n\n", ": no names"),
        (b"\xff", ": not UTF-8"),
    ],
)
def test_a_wrong_list_is_an_error_with_its_line(tmp_path, content, message):
    with pytest.raises(ParknerError, match=f"a.tsv{message}"):
        load_gazetteer(write(tmp_path / "a.tsv", content))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("由墨舟投资", {}, []),
        ("由墨舟投资", {"墨舟": "ORG"}, [("墨舟", "ORG", "own ORG")]),
        ("走进临江高新区", {"临江高新区": "ORG"}, [("临江高新区", "ORG", "own ORG")]),  # before a rule
        ("走进中关村", {"中关村": "ORG"}, [("中关村", "ORG", "own ORG")]),  # before a list
        ("共四个项目", {"四个": "ORG"}, [("四个", "ORG", "own ORG")]),
        ("过了16年", {"16年": "ORG"}, [("16年", "ORG", "own ORG")]),  # before a rule that keeps off
        ("青岚园管委会", {"青岚园": "PARK"}, [("青岚园管委会", "ORG", "office of a park")]),  # the longer wins
        ("在墨舟灣", {"墨舟湾": "PARK"}, [("墨舟灣", "PARK", "own PARK")]),
        ("墨舟和云渡", {"墨舟": "ORG", "云渡": "PARK"}, [("墨舟", "ORG", "own ORG"), ("云渡", "PARK", "own PARK")]),
    ],
)
def test_own_names_stand_first(text, names, expected):
    assert find(text, names) == expected


def test_the_rules_stay_as_they_were():
    add_names(RULES, {"墨舟": "ORG"})
    assert match_rules("由墨舟投资", RULES) == []
    assert match_rules("走进中关村", add_names(RULES, {})) == match_rules("走进中关村", RULES)


def test_what_is_defined_as_the_short_name_of_an_own_name_is_found():
    sentences = [Sentence("墨舟(以下简称云渡)成立。", (), "a", 1), Sentence("云渡说好。", (), "a", 2)]
    first, second = prelabel(sentences, add_names(RULES, {"墨舟": "ORG"}))
    assert first.extra["origin"] == [[0, 2, "ORG", "own ORG"], [7, 9, "ORG", "short name"]]
    assert second.extra["origin"] == [[0, 2, "ORG", "short name"]]
