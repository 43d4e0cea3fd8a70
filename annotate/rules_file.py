"""What a rules file says (`configs/rules.toml`): patterns with their examples, lists of names, classes of words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from annotate.errors import ParknerError
from annotate.gazetteer import Gazetteer, Lexicon, add_aliases, build_gazetteer, load_names
from annotate.settings import CONFIGS, load_labels, load_toml

RULES = CONFIGS / "rules.toml"
NONE = "NONE"
VIEWS = ("text", "words")
FIRST_SIGN = 0xE000  # the private use area: no text has these characters
FRAGMENT = re.compile(r"\{([a-z_]+)\}")


class Rule(NamedTuple):
    """A pattern for mentions of one label, with examples that it finds whole and others that it does not find.

    The mention is the group called `span` where the pattern has one. `view` says what it reads: the normalised `text`,
    or its `words`, where each character of a known word is the sign of the word's class. A rule with `after` or
    `before` prolongs mentions of that label: its pattern matches where they end, or ends where they begin. A view
    without any of the characters that the rule `needs` is passed over, which saves most of the time.
    """

    name: str
    label: str
    view: str
    pattern: re.Pattern[str]
    match: tuple[str, ...]
    skip: tuple[str, ...]
    after: str = ""
    before: str = ""
    needs: frozenset[str] = frozenset()


class Rules(NamedTuple):
    """What a rules file says: the patterns, the names with the list that each is from, and the labels of the lists.

    `needing` holds the numbers of the patterns that need a character, by character, and by "" those that need none.
    """

    patterns: tuple[Rule, ...]
    needing: Mapping[str, frozenset[int]]
    names: Gazetteer
    labels: Mapping[str, str]
    lexicon: Lexicon


def load_rules(path: Path = RULES) -> Rules:
    """Read a rules file and the lists that it names, which lie beside it.

    Raises ParknerError with the file and the rule for what is missing, unknown or no regular expression.
    """
    settings = load_toml(path)
    lists, classes = settings.get("names", []), settings.get("class", [])
    try:
        signs = {row["name"]: chr(FIRST_SIGN + index) for index, row in enumerate(classes)}
        fragments = _expand_fragments(settings.get("fragments", {}), signs, path)
        patterns = tuple(_to_rule(row, fragments, path) for row in settings.get("rule", []))
        words = _load_lists(classes, {row["name"]: signs[row["name"]] for row in classes}, path)
        names = _load_lists(lists, {row["name"]: row["name"] for row in lists}, path)
        labels = {row["name"]: _check_label(row, path) for row in lists}
    except KeyError as error:
        raise ParknerError(f"{path}: an entry has no {error}") from error
    return Rules(
        patterns, index_needs(patterns), build_gazetteer(names), labels, Lexicon(build_gazetteer(words), signs)
    )


def list_files(path: Path) -> list[str]:
    """The lists that a rules file names, by their paths beside it."""
    settings = load_toml(path)
    return [file for table in ("names", "class") for row in settings.get(table, []) for file in row["files"]]


def index_needs(patterns: Iterable[Rule]) -> dict[str, frozenset[int]]:
    """The numbers of the patterns that need a character, by character, and by "" of those that need none."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for number, rule in enumerate(patterns):
        for character in rule.needs or ("",):
            numbers[character].add(number)
    return {character: frozenset(some) for character, some in numbers.items()}


def _expand_fragments(fragments: Mapping[str, str], signs: Mapping[str, str], path: Path) -> dict[str, str]:
    """Replace what each fragment takes from the signs and from the fragments before it."""
    expanded = dict(signs)
    for name, pattern in fragments.items():
        expanded[name] = f"(?:{_fill(pattern, expanded, f'{path}: fragment {name}')})"
    return expanded


def _fill(pattern: str, fragments: Mapping[str, str], address: str) -> str:
    try:
        return FRAGMENT.sub(lambda found: fragments[found[1]], pattern)
    except KeyError as error:
        raise ParknerError(f"{address}: no fragment {error} before it") from error


def _to_rule(row: Mapping[str, Any], fragments: Mapping[str, str], path: Path) -> Rule:
    address = f"{path}: rule {row['name']}"
    try:
        pattern = re.compile(_fill(row["pattern"], fragments, address), re.VERBOSE)
    except re.error as error:
        raise ParknerError(f"{address}: {error}") from error
    view = row.get("view", VIEWS[0])
    if view not in VIEWS:
        raise ParknerError(f"{address}: no view {view!r}, only {' / '.join(VIEWS)}")
    return Rule(
        name=row["name"],
        label=_check_label(row, path),
        view=view,
        pattern=pattern,
        match=tuple(row["match"]),
        skip=tuple(row["skip"]),
        after=_check_label(row, path, "after") if "after" in row else "",
        before=_check_label(row, path, "before") if "before" in row else "",
        needs=frozenset(_fill(row.get("needs", ""), fragments, address)),
    )


def _check_label(row: Mapping[str, Any], path: Path, key: str = "label") -> str:
    label: str = row.get(key, NONE)
    if label != NONE and label not in (known.name for known in load_labels()):
        raise ParknerError(f"{path}: {row['name']}: unknown label {label!r}")
    return label


def _load_lists(rows: Iterable[Mapping[str, Any]], meanings: Mapping[str, str], path: Path) -> dict[str, str]:
    """Map every name of the lists to what its list means; a name in two lists belongs to the first."""
    found: dict[str, str] = {}
    for row in rows:
        for file in row["files"]:
            for name in add_aliases(load_names(path.parent / file), row.get("aliases", {})):
                found.setdefault(name, meanings[row["name"]])
    return found
