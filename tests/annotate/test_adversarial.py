"""Every rule is through with lines that are made to keep it busy: no pattern backtracks without bounds."""

import multiprocessing

import pytest
from adversarial import SIZE, find_units, match, measure, repeat

from annotate.rules_file import Rule, load_rules

RULES = load_rules()
UNITS = list(find_units(RULES))
SECONDS = 120  # for what takes ten; a pattern that backtracks without bounds would take years
PAIR = 300  # bytes, a hundred characters


def match_lines(name: str) -> None:
    """Match the rule of this name in a line of 100 kB of every unit, and in one of every two units by turns."""
    rule = next(rule for rule in RULES.patterns if rule.name == name)
    for unit in UNITS:
        match(rule, repeat(unit), RULES)
    for one in UNITS:
        match(rule, "\n".join(repeat(one + other, PAIR) for other in UNITS), RULES)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES.patterns, ids=lambda rule: rule.name)
def test_rule_is_through_with_every_line(rule: Rule) -> None:
    process = multiprocessing.get_context("spawn").Process(target=match_lines, args=[rule.name])
    process.start()
    process.join(SECONDS)
    process.kill()
    process.join()
    assert process.exitcode == 0


def test_units_are_of_every_class() -> None:
    words = " ".join(UNITS)
    assert all(word in words for word in ("有限公司", "产业城", "二〇二三年", "123,456"))
    assert {len(repeat(unit).encode()) // SIZE for unit in UNITS} <= {0, 1}
    assert set(measure("青谷", RULES)) == {*(rule.name for rule in RULES.patterns), "prelabel"}
