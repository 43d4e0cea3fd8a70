"""Every rule's own examples, conflicts between rules, and rules files that are wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ParknerError
from annotate.gazetteer import build_gazetteer, match_names
from annotate.needs import index_needs
from annotate.record_checks import find_problems
from annotate.rules.file import NONE, Rule, load_rules
from annotate.rules.find import match_rules, prelabel
from annotate.sentence import Sentence
from annotate.settings import CONFIGS, load_labels, load_toml

RULES = load_rules()
DOUBTFUL = RULES.doubtful or pytest.fail("no doubtful names")
DOUBTFUL_TABLE = load_toml(CONFIGS / "rules.toml")["doubtful"]
WHOLE = "[[rule]]\nname = 'a'\npattern = 'b'\nmatch = ['b']\nskip = []\n"
PIECES = [
    "杭州",
    "医(yī)药(yào)港",
    "醫(yī)藥(yào)港",
    " ",
    "約２０億元",
    "二〇二三年五月",
    "有限公司",
    "(",
    "的",
    "青岚生物",
    "Ⅲ",
    "\n",
]


def find_alone(text: str, rule: Rule) -> list[str]:
    """What one rule finds in a text, whatever its label; one that prolongs mentions needs the others."""
    if rule.after or rule.before:
        shown = rule._replace(label=rule.label if rule.label != NONE else rule.after)
        rules = RULES._replace(patterns=tuple(shown if other is rule else other for other in RULES.patterns))
        return [text[span.start : span.end] for span, origin in match_rules(text, rules) if origin == rule.name]
    patterns = (rule._replace(label="ORG"),)
    alone = RULES._replace(patterns=patterns, needs=index_needs([rule.pattern]), names=build_gazetteer({}))
    return [text[span.start : span.end] for span, _ in match_rules(text, alone)]


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.name}: {example}")
        for rule in RULES.patterns
        for example in getattr(rule, kind)
    ]


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_rule_finds_its_example(rule: Rule, example: str) -> None:
    before, mark, rest = example.partition("«")
    mention, _, after = rest.partition("»") if mark else (before, "", "")
    text = before + mention + after if mark else mention
    assert find_alone(text, rule) == [mention]


@pytest.mark.parametrize(("rule", "example"), examples("skip"))
def test_rule_skips_its_example(rule: Rule, example: str) -> None:
    assert find_alone(example, rule) == []


@pytest.mark.parametrize("rule", RULES.patterns, ids=lambda rule: rule.name)
def test_rule_has_examples_and_a_known_label(rule: Rule) -> None:
    assert rule.match
    assert rule.skip
    assert rule.label in {NONE, *(label.name for label in load_labels())}


def find_doubtful(example: str) -> list[str]:
    text = example.replace("«", "").replace("»", "")
    names = [(start, end) for start, end, _ in match_names(text, RULES.names) if text[start:end] in DOUBTFUL.names]
    return [text[start:end] for start, end in names if DOUBTFUL.has_sign(text, start, end)]


@pytest.mark.parametrize("example", DOUBTFUL_TABLE["match"])
def test_a_doubtful_name_with_a_sign_stands(example: str) -> None:
    assert find_doubtful(example) == [example.partition("«")[2].partition("»")[0]]


@pytest.mark.parametrize("example", DOUBTFUL_TABLE["skip"])
def test_a_doubtful_name_without_a_sign_does_not_stand(example: str) -> None:
    assert find_doubtful(example) == []


def test_a_doubtful_name_is_listed() -> None:
    assert DOUBTFUL.names <= set(RULES.names.names)


def test_names_of_rules_differ() -> None:
    names = [rule.name for rule in RULES.patterns]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("临江高新区经信科技局昨日公布", ["ORG 临江高新区经信科技局", "DATE 昨日"]),
        ("走进临江高新区", ["PARK 临江高新区"]),
        ("落户国家级杭州经开区", ["PARK 杭州经开区"]),
        ("位于浙江省宁波经济技术开发区", ["PARK 宁波经济技术开发区"]),
        ("位于浦东新区和滨海新区", []),
        ("园区和高新区的企业", []),
        ("第三批12家企业历时16个月", ["METRIC 12家"]),
        ("五大领域、三个方面共4个项目", ["METRIC 4个"]),
        ("“十四五”末达到1000亿元以上", ["DATE 十四五", "METRIC 1000亿元以上"]),
        ("电话0571-12345678", []),
        ("IBM与SAPPHIRE", ["ORG IBM"]),
        ("推动中国生物医药产业", []),
        ("执行GB/T 19001标准", []),
        ("截至2023 年6 月底,有 107 家", ["DATE 2023 年6 月底", "METRIC 107 家"]),
        ("在杭州醫(yī)藥港(gǎng)見", ["PARK 杭州醫(yī)藥港(gǎng)"]),
        ("中国科学院院士走进国家药监局", ["ORG 中国科学院", "ORG 国家药监局"]),
        ("青州贝昱药业有限公司(以下简称贝昱药业)", ["ORG 青州贝昱药业有限公司", "ORG 贝昱药业"]),
    ],
)
def test_rules_together(text: str, expected: list[str]) -> None:
    assert [f"{span.label} {text[span.start : span.end]}" for span, _ in match_rules(text, RULES)] == expected


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_spans_are_sound(text: str) -> None:
    (sentence,) = prelabel([Sentence(text + "。")], RULES)
    assert list(find_problems(sentence)) == []


def test_a_small_rules_file_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("[[rule]]\nname = 'a'\nlabel = 'PARK'\npattern = '青.园'\nmatch = []\nskip = []", "utf-8")
    (sentence,) = prelabel([Sentence("在青岚园(简称岚园)")], load_rules(path))
    assert sentence.extra["origin"] == [[1, 4, "PARK", "a"], [7, 9, "PARK", "short name"]]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[[rule]]\nname = 'a'\npattern = '('\nmatch = []\nskip = []", "rule a: missing \\)"),
        ("[[rule]]\nname = 'a'\npattern = '{b}'\nmatch = []\nskip = []", "rule a: no fragment 'b'"),
        ("[[rule]]\nname = 'a'\nlabel = 'B'\npattern = 'b'\nmatch = []\nskip = []", "a: unknown label 'B'"),
        ("[[rule]]\nname = 'a'\nafter = 'B'\npattern = 'b'\nmatch = []\nskip = []", "a: unknown label 'B'"),
        ("[[rule]]\nname = 'a'\nview = 'b'\npattern = 'b'\nmatch = []\nskip = []", "rule a: no view 'b'"),
        ("[[rule]]\nname = 'a'\nmatch = []\nskip = []", "no 'pattern'"),
        ("[[names]]\nname = 'a'\nlabel = 'ORG'\nfiles = ['none.txt']", "none.txt: No such file"),
        ("[fragments]\na = '{b}'", "fragment a: no fragment 'b'"),
        ("[[rule]", "rules.toml: "),
        (
            "[[rules]]\nname = 'a'",
            "rules.toml: unknown key 'rules': use class / seams / doubtful / fragments / names / rule",
        ),
        ("rule = 3", "rules.toml: 'rule' is 3, not a list of tables"),
        ("[[rule]]\npattern = 'b'\nmatch = []\nskip = []", "rules.toml: rule number 1: no 'name'"),
        ("[[rule]]\nname = ' '\npattern = 'b'\nmatch = []\nskip = []", "rule number 1: 'name' is ' ', not a string"),
        ("[[rule]]\nname = 'a'\npatern = 'b'", "rule a: unknown key 'patern': use name / pattern / match"),
        (WHOLE + WHOLE, "rule a: this name is used twice"),
        (WHOLE + "[[names]]\nname = 'a'\nfiles = []", "rule a: a list has this name"),
        ("[[names]]\nname = 'a'\nfiles = []\n" * 2, "names a: this name is used twice"),
        ("[[names]]\nname = 'a'\nfiles = 'b.txt'", "names a: 'files' is 'b.txt', not a list of strings"),
        ("[[names]]\nname = 'a'\nfiles = []\naliases = {b = 'c'}", "names a: 'aliases' is {'b': 'c'}, not a table of"),
        ("[[names]]\nname = 'a'\nfiles = []\nlabel = 'B'", "names a: unknown label 'B', only NONE / PARK"),
        ("[[names]]\nname = 'a'\nfiles = ['latin.txt']", "latin.txt: not UTF-8"),
        ("[[class]]\nname = 'a'\nfiles = ['blank.txt']", "blank.txt: no names in this list"),
        ("fragments = []", "rules.toml: 'fragments' is \\[\\], not a table"),
        ("[fragments]\na = 3", "fragments: 'a' is 3, not a string"),
        ("[doubtful]\nfiles = []", "doubtful: no 'before'"),
        ('[doubtful]\nfiles = []\nbefore = "("\nbehind = "a"\nmatch = []\nskip = []', "doubtful: "),
        ("a = " + "[" * 9999, "rules.toml: "),
        (WHOLE.replace("'b'", "3"), "rule a: 'pattern' is 3, not a string"),
        (WHOLE.replace("'b'", "'b{99999999999}'"), "rule a: the repetition number is too large"),
        (WHOLE.replace("['b']", "'b'"), "rule a: 'match' is 'b', not a list of strings"),
        (WHOLE.replace("skip = []", "skip = [3]"), "rule a: 'skip' is \\[3\\], not a list of strings"),
        (WHOLE.replace("skip = []", ""), "rule a: no 'skip'"),
        (WHOLE + "label = 3", "rule a: 'label' is 3, not a string"),
        (WHOLE + "view = ['text']", "rule a: 'view' is \\['text'\\], not a string"),
        (WHOLE + "after = true", "rule a: 'after' is True, not a string"),
        (WHOLE + "before = ''", "rule a: unknown label ''"),
        (WHOLE + "after = 'ORG'\nbefore = 'ORG'", "rule a: it has both 'after' and 'before'"),
        *(
            (WHOLE.replace("'b'", f"'{pattern}'"), "rule a: the pattern matches nothing, or blanks")
            for pattern in (r"园?", r"\s+", r"^", r"$", r"(?<=园)", r"园 (?P<span>\s*) \d*", r"# 园", r"(园|)")
        ),
    ],
)
def test_a_wrong_rules_file_is_an_error_with_its_address(settings: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(settings, "utf-8")
    (tmp_path / "latin.txt").write_bytes("青谷园".encode("gb18030"))
    (tmp_path / "blank.txt").write_bytes(b"# none\n \n")
    with pytest.raises(ParknerError, match=message) as error:
        load_rules(path)
    assert str(error.value).startswith(f"{tmp_path}/")


@pytest.mark.parametrize("pattern", [r"(?: 青谷 | (?<=春) )", r"(?<=春) [ ]* (?=夏)", r"(?<=春) (?P<span> 秋?) 夏?"])
def test_no_pattern_finds_nothing_or_blanks(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(WHOLE.replace("'b'", f"'{pattern}'") + "label = 'PARK'", "utf-8")
    (sentence,) = prelabel([Sentence("青谷春 夏,春夏")], load_rules(path))
    assert list(find_problems(sentence)) == []
