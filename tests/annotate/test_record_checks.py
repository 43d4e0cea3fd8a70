import pytest

from annotate.record_checks import KEYS, find_problems, find_wrong_keys, is_sound, is_text
from annotate.sentence import Sentence
from annotate.spans import Span


@pytest.mark.parametrize(
    ("key", "value", "sound"),
    [
        ("published", None, True),
        ("url", None, True),
        ("annotator", None, False),
        ("confirmed_at", "石桥\ud83d", False),
        ("comments", [], True),
        ("comments", ("存疑",), False),
        ("comments", ["存疑", None], False),
        ("origin", [], True),
        ("origin", [[0, 6, "PARK", "park after a place"]], True),
        ("origin", [[0, 6, "PARK"]], False),
        ("origin", [[False, 6, "PARK", "rule"]], False),
        ("origin", [[0.0, 6, "PARK", "rule"]], False),
        ("origin", {}, False),
        ("score", {"any": ["thing"]}, True),
    ],
)
def test_what_a_key_may_hold(key, value, sound):
    assert is_sound(key, value) is sound


def test_both_halves_of_a_character_are_no_text_either():
    assert is_text("\U0001f3ed")
    assert not is_text("\ud83c\udfed")


def test_wrong_keys_come_in_the_order_in_which_we_know_them():
    wrong = list(find_wrong_keys(dict.fromkeys(reversed(KEYS), 7)))
    assert wrong == [f'"{key}" is not {what}' for key, (_, what) in KEYS.items()]


def test_every_problem_of_a_sentence_is_told():
    sentence = Sentence(" 石桥药业", (Span(0, 5, "FIRM"), Span(2, 3, "ORG")))
    assert list(find_problems(sentence)) == [
        "span [0, 5, FIRM] begins or ends with a blank",
        "span [0, 5, FIRM] has an unknown label",
        "span [2, 3, ORG] overlaps [0, 5, FIRM]",
    ]


def test_sound_sentence_has_no_problems():
    assert list(find_problems(Sentence("青芦湾医药港去年引进十二家企业。", (Span(0, 6, "PARK"),)))) == []
