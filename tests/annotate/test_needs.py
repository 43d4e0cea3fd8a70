"""A pattern that can match in a text is always tried there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.needs import find_needs, index_needs, list_bits
from annotate.rules.file import load_rules

RULES = load_rules()
PATTERNS = [
    "(?<=据)[甲乙]报(?=说)",
    "甲++乙|丙{2}",
    "(?>甲|乙丙)?丁",
    "[^甲]乙*丙+",
    r"\d家|第[一二]",
    "(?i:a)b",
    "(?x) 甲 (?: 乙 | ) (?! 丙 ) .",
    "(?P<span>甲)(?=(?:乙|丙){1,2}丁)",
    "(甲|乙)\\1",
    "甲(?:丙|(?:丁|.))",
]
INDEX = index_needs(map(re.compile, PATTERNS))


@given(st.text(alphabet="甲乙丙丁据报说第一二家7٣Aab", max_size=9))
def test_no_pattern_that_matches_is_left_out(text):
    selected = set(list_bits(INDEX.select(text)))
    assert selected >= {number for number, pattern in enumerate(PATTERNS) if re.search(pattern, text)}


@pytest.mark.parametrize("rule", RULES.patterns, ids=lambda rule: rule.name)
def test_every_rule_needs_something(rule):
    """A rule that is tried on each text costs much: give it a character that it cannot do without."""
    assert list(find_needs(rule.pattern))


@pytest.mark.parametrize(
    ("pattern", "text", "selected"),
    [
        ("甲.*乙", "乙丙甲", True),
        ("甲.*乙", "甲丙", False),
        ("甲(?:乙|丙)", "甲丙", True),
        ("甲(?:乙|丙)", "甲丁", False),
        ("甲(?=乙)", "甲", False),
        (r"\d", "７", True),
        (r"\d", "七", False),
        ("(?:甲|)", "", True),
        ("(?i)a", "A", True),
    ],
)
def test_what_a_text_lacks_keeps_a_pattern_out(pattern, text, selected):
    assert bool(index_needs([re.compile(pattern)]).select(text)) == selected


def test_no_patterns():
    assert list(list_bits(index_needs([]).select("甲"))) == []
