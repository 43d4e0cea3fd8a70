"""`parkner silver`: how many records it draws from raw text, and which."""

import pytest

from annotate.records import read_sentences

RULES = "[[rule]]\nname = 'date'\nlabel = '{}'\npattern = '{}'\nmatch = []\nskip = []\n"
PAGE = "石桥药业落户青芦湾医药港。\n2023年,石桥药业投资3.5亿元。\n他在现场看了很久。\n李四在现场看了很久。\n"


@pytest.fixture
def make(parkner, model, tmp_path):
    """Let the command label two pages of four sentences, of which rule and model agree on one."""
    for name in ("a", "b"):
        (tmp_path / "raw" / name).mkdir(parents=True)
        (tmp_path / "raw" / name / "news.txt").write_text(PAGE, "utf-8")
    (tmp_path / "rules.toml").write_text(RULES.format("DATE", "2023年"), "utf-8")

    def run(*options, rules=tmp_path / "rules.toml"):
        output = tmp_path / "silver.jsonl"
        result = parkner("silver", tmp_path / "raw", "--model", model, "-o", output, "--rules", rules, *options)
        sentences = list(read_sentences(output))
        assert result == (0, "", f"{len(sentences)} sentences -> {output}\n")
        return sentences

    return run


def test_how_many_and_how_many_empty(make):
    assert len(make("--share-empty", 1, "--sentences", 3)) == 3
    assert [len(sentence.spans) for sentence in make("--share-empty", 0)] == [1, 1]


def test_nothing_agreed_on_is_told(parkner, model, tmp_path):
    (tmp_path / "news.txt").write_text("他在现场看了很久。\n", "utf-8")
    (tmp_path / "rules.toml").write_text(RULES.format("DATE", "看"), "utf-8")
    output = tmp_path / "silver.jsonl"
    options = ("--rules", tmp_path / "rules.toml", "--share-empty", 0)
    result = parkner("silver", tmp_path / "news.txt", "--model", model, "-o", output, *options)
    assert result.err.splitlines() == [
        f"0 sentences -> {output}",
        "Warning: rules and model agree on none of these sentences",
    ]


def test_the_seed_draws(make):
    drawn = [make("--share-empty", 1, "--seed", seed) for seed in (0, 0, 1, 2, 3)]
    assert drawn[0] == drawn[1]
    assert {sentences[0].article for sentences in drawn} == {"a/news-1", "b/news-1"}


def test_the_rules_are_those_given(make, tmp_path):
    (tmp_path / "other.toml").write_text(RULES.format("ORG", "石桥药业"), "utf-8")
    found = make("--share-empty", 0, rules=tmp_path / "other.toml")
    assert [[span.label for span in sentence.spans] for sentence in found] == [["ORG"]] * 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("{0}/menu.txt", "menu.txt: no sentence to label"),
        ("{0}/empty.txt", "empty.txt: the file is empty"),
        ("{0}/good.txt --rules {0}/none.toml", "none.toml: no such file"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path, arguments, message):
    (tmp_path / "good.txt").write_text(PAGE, "utf-8")
    (tmp_path / "menu.txt").write_text("当前位置:首页 > 要闻\n", "utf-8")
    (tmp_path / "empty.txt").touch()
    assert message in refuse(tmp_path, f"silver {arguments} --model {model} -o {{0}}/out.jsonl").err
