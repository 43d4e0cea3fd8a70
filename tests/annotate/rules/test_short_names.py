"""Short names within an article."""

import pytest

from annotate.rules.file import load_rules
from annotate.rules.find import prelabel
from annotate.rules.short_names import cut_company, find_definitions, find_endings, load_patterns
from annotate.sentence import Sentence
from annotate.settings import CONFIGS, load_toml

RULES = load_rules()
PATTERNS = load_toml(CONFIGS / "short-names.toml")


def label(*texts: str) -> list[list[str]]:
    """What is labelled in the sentences of one article."""
    sentences = [Sentence(text, article="a", number=number) for number, text in enumerate(texts, start=1)]
    labelled = prelabel(sentences, RULES)
    return [[f"{span.label} {each.text[span.start : span.end]}" for span in each.spans] for each in labelled]


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        (["青岛澜屿新型材料有限公司投产。", "澜屿材料说。"], ["ORG 澜屿材料"]),
        (["青岛澜屿新型材料有限公司投产。", "澜屿说。"], []),
        (["杭州国际生物岛开园。", "生物岛很小。"], ["PARK 生物岛"]),
        (["杭州经开区开园。", "经开区很大。"], []),
        (["青岛深海装备研究院(简称“青深院”)成立。", "青深院的人。"], ["ORG 青深院"]),
    ],
)
def test_short_names(texts: list[str], last: list[str]) -> None:
    assert label(*texts)[-1] == last


def test_short_names_stay_in_their_article() -> None:
    sentences = [
        Sentence("杭州国际生物岛开园。", article="a"),
        Sentence("生物岛很小。", article="b"),
        Sentence("生物岛。"),
    ]
    labelled = list(prelabel(sentences, RULES))
    assert [len(sentence.spans) for sentence in labelled] == [1, 0, 0]


def test_the_origin_of_a_short_name_is_kept() -> None:
    sentences = [Sentence("杭州国际生物岛见。", article="a"), Sentence("生物岛。", article="a")]
    (_, short) = prelabel(sentences, RULES)
    assert short.extra["origin"] == [[0, 3, "PARK", "short name"]]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("青岛澜屿新型材料", ("澜屿", "新型材料")),
        ("浙江海澜生物", ("海澜", "生物")),
        ("杭州凯歌模具", ("凯歌", "模具")),
    ],
)
def test_cut_company(name: str, parts: tuple[str, str]) -> None:
    assert cut_company(name, RULES.lexicon) == parts


def test_find_endings() -> None:
    assert set(find_endings("浙江杭州临江生物岛", RULES.lexicon)) == {"杭州临江生物岛", "临江生物岛", "生物岛"}
    assert list(find_endings("杭州高新区", RULES.lexicon)) == []
    assert list(find_endings("杭州高新区萧山园区", RULES.lexicon)) == ["萧山园区"]


def test_find_definitions() -> None:
    assert list(find_definitions("(以下简称“公司”或“青岚生物”)说", RULES.lexicon)) == ["青岚生物"]
    assert list(find_definitions("(高新区)说", RULES.lexicon)) == []


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in PATTERNS for text in PATTERNS[name]["match"]])
def test_a_pattern_matches_its_examples(name: str, text: str) -> None:
    assert getattr(load_patterns(), name).fullmatch(text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in PATTERNS for text in PATTERNS[name]["skip"]])
def test_a_pattern_is_not_found_where_it_should_skip(name: str, text: str) -> None:
    assert not getattr(load_patterns(), name).search(text)
