"""Every rule finishes lines that are made to keep it busy: no pattern backtracks without limit."""

import multiprocessing
from collections.abc import Callable
from itertools import product

import pytest
from adversarial import PIECES, SIZE, find_units, match, measure, repeat

from annotate.pages.clean import FURNITURE_LENGTH, load_furniture
from annotate.rules.file import Rule, load_rules
from annotate.settings import CONFIGS, load_toml

RULES = load_rules()
FURNITURE = CONFIGS / "furniture.toml"
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


def search_furniture() -> None:
    """Look for page furniture in lines that alternate every two pieces after every beginning."""
    furniture = load_furniture()
    beginnings = {"", *(match[:2] for entry in load_toml(FURNITURE)["furniture"] for match in entry["match"])}
    pieces = [piece for piece in PIECES.split() if len(piece) == 1]
    for beginning in beginnings:
        for one, other in product([*pieces, " ", "|", ">"], repeat=2):
            line = (beginning + (one + other) * FURNITURE_LENGTH)[: FURNITURE_LENGTH - 2] + " x"
            for pattern in (*furniture.lines.values(), furniture.related):
                pattern.search(line)


def is_through(work: Callable[..., None], *arguments: object) -> bool:
    """Whether a separate process ends well within SECONDS."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join(SECONDS)
    process.kill()
    process.join()
    return process.exitcode == 0


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES.patterns, ids=lambda rule: rule.name)
def test_rule_is_through_with_every_line(rule: Rule) -> None:
    assert is_through(match_lines, rule.name)


def test_furniture_is_through_with_every_line() -> None:
    assert is_through(search_furniture)


def test_units_are_of_every_class() -> None:
    words = " ".join(UNITS)
    assert all(word in words for word in ("有限公司", "产业城", "二〇二三年", "123,456"))
    assert {len(repeat(unit).encode()) // SIZE for unit in UNITS} <= {0, 1}
    assert set(measure("青谷", RULES)) == {*(rule.name for rule in RULES.patterns), "prelabel"}
