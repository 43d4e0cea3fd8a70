"""The rules file (`configs/rules.toml`): patterns with their examples, lists of names, classes of words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from annotate.errors import ParknerError
from annotate.files import resolve_below
from annotate.gazetteer import Gazetteer, Lexicon, add_aliases, build_gazetteer, load_names
from annotate.needs import Needs, index_needs, list_bits
from annotate.settings import CONFIGS, load_labels, load_toml
from annotate.toml_tables import (
    NAME,
    NAMES,
    TABLE,
    TABLES,
    TEXT,
    TEXTS,
    Kind,
    Shape,
    check_table,
    check_tables,
    compile_pattern,
    to_blank_match,
)

RULES = CONFIGS / "rules.toml"
NONE = "NONE"
VIEWS = ("text", "words")
FIRST_SIGN = 0xE000  # the private use area: no text has these characters
FRAGMENT = re.compile(r"\{([a-z_]+)\}")
ALIASES = Kind("a table of lists of strings", lambda value: TABLE.fits(value) and all(map(NAMES.fits, value.values())))
BESIDE = 8  # characters before a doubtful name that may be a sign
DOUBTFUL: Shape = {"files": NAMES, "before": NAME, "behind": NAME, "match": TEXTS, "skip": TEXTS}
FILE = {"class": TABLES, "seams": NAMES, "doubtful": TABLE, "fragments": TABLE, "names": TABLES, "rule": TABLES}
SHAPES: dict[str, tuple[Shape, Shape]] = {
    "class": ({"name": NAME, "files": NAMES}, {}),
    "names": ({"name": NAME, "files": NAMES}, {"label": TEXT, "aliases": ALIASES}),
    "rule": (
        {"name": NAME, "pattern": NAME, "match": TEXTS, "skip": TEXTS},
        {"label": TEXT, "view": TEXT, "after": TEXT, "before": TEXT},
    ),
}


class Rule(NamedTuple):
    """A pattern for mentions of one label, with examples that it matches whole and others that it must not find.

    The mention is the group called `span` if the pattern has one, else the whole match. `view` says what the pattern
    reads: the normalised `text`, or its `words`, where each character of a known word is the sign of the word's class.
    A rule with `after` or `before` extends mentions of that label: its pattern matches where they end, or ends where
    they begin.
    """

    name: str
    label: str
    view: str
    pattern: re.Pattern[str]
    match: tuple[str, ...]
    skip: tuple[str, ...]
    after: str = ""
    before: str = ""
    group: int = 0


class Doubtful(NamedTuple):
    """Listed names that are common words too, and what must stand right before or behind one that is a name."""

    names: frozenset[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]

    def has_sign(self, text: str, start: int, end: int) -> bool:
        """Tell whether a sign of a name stands beside `text[start:end]`."""
        return bool(self.behind.match(text, end) or self.before.search(text[max(start - BESIDE, 0) : start]))


class Rules(NamedTuple):
    """A loaded rules file: its patterns, the names with the list that each is from, the labels of the lists, the words.

    `seams` are words for `annotate.rules.seams`. `needs` says which patterns can match in a text.
    """

    patterns: tuple[Rule, ...]
    needs: Needs
    names: Gazetteer
    labels: Mapping[str, str]
    lexicon: Lexicon
    seams: tuple[str, ...] = ()
    doubtful: Doubtful | None = None

    def select(self, views: Mapping[str, str]) -> Iterator[Rule]:
        """Yield, in their order, the patterns that can match in these views of a text."""
        for number in list_bits(self.needs.select("".join(views.values()))):
            yield self.patterns[number]


def load_rules(path: Path = RULES) -> Rules:
    """Read a rules file and its lists, which must lie in its folder or below.

    Raises ParknerError with the file and the rule if something is missing, lies elsewhere, is unknown or is not a
    regular expression.
    """
    settings = load_toml(path)
    check_table(settings, {}, FILE, address=str(path))
    classes, lists, rows = (
        list(check_tables(settings.get(key, []), *SHAPES[key], address=f"{path}: {key}")) for key in SHAPES
    )
    signs = {row["name"]: chr(FIRST_SIGN + index) for index, (_, row) in enumerate(classes)}
    fragments = _expand_fragments(settings.get("fragments", {}), signs, path)
    labels = {row["name"]: _check_label(row, "label", address) for address, row in lists}
    patterns = tuple(_to_rule(row, fragments, address) for address, row in rows)
    for rule in patterns:
        if rule.name in labels:
            raise ParknerError(f"{path}: rule {rule.name}: a list has this name")
    words = _load_lists(classes, signs, path)
    names = _load_lists(lists, {name: name for name in labels}, path)
    return Rules(
        patterns,
        index_needs(rule.pattern for rule in patterns),
        build_gazetteer(names),
        labels,
        Lexicon(build_gazetteer(words), signs),
        tuple(word for file in settings.get("seams", []) for word in _load_beside(path, file, "seams")),
        _load_doubtful(settings["doubtful"], fragments, path) if "doubtful" in settings else None,
    )


def list_files(path: Path) -> list[str]:
    """The lists that a rules file names, as paths relative to it."""
    settings = load_toml(path)
    rows = [*settings.get("names", []), *settings.get("class", []), *settings.get("fragments", {}).values()]
    rows.append(settings.get("doubtful", {"files": []}))
    return [*(file for row in rows if TABLE.fits(row) for file in row["files"]), *settings.get("seams", [])]


def _expand_fragments(fragments: Mapping[str, Any], signs: Mapping[str, str], path: Path) -> dict[str, str]:
    """Fill each fragment with the signs and the fragments before it. One with `files` is any name of these lists."""
    expanded = dict(signs)
    for name, fragment in fragments.items():
        address = f"{path}: fragment {name}"
        if TABLE.fits(fragment):
            check_table(fragment, {"files": NAMES}, {}, address=address)
            expanded[name] = to_alternatives(
                word for file in fragment["files"] for word in _load_beside(path, file, f"fragment {name}")
            )
        else:
            check_table({name: fragment}, {}, {name: TEXT}, address=f"{path}: fragments")
            expanded[name] = f"(?:{_fill(fragment, expanded, address)})"
    return expanded


def to_alternatives(words: Iterable[str]) -> str:
    """The pattern of any of these words, of which the longest counts. What begins alike is tried together.

    >>> to_alternatives(["吨", "吨公里", "台(套)", "吨位"])
    '(?:台\\\\(套\\\\)|吨(?:位|公里)?)'
    """
    tails: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        tails[word[:1]].add(word[1:])
    optional = "?" if tails.pop("", None) else ""
    branches = [re.escape(first) + to_alternatives(rest) for first, rest in sorted(tails.items())]
    if len(branches) == 1 and not optional:
        return branches[0]
    return f"(?:{'|'.join(branches)}){optional}" if branches else ""


def _fill(pattern: str, fragments: Mapping[str, str], address: str) -> str:
    try:
        return FRAGMENT.sub(lambda found: fragments[found[1]], pattern)
    except KeyError as error:
        raise ParknerError(f"{address}: no fragment {error} before it") from error


def _to_rule(row: Mapping[str, Any], fragments: Mapping[str, str], address: str) -> Rule:
    view = row.get("view", VIEWS[0])
    if view not in VIEWS:
        raise ParknerError(f"{address}: no view {view!r}, only {' / '.join(VIEWS)}")
    if "after" in row and "before" in row:
        raise ParknerError(f"{address}: it has both 'after' and 'before'")
    pattern = _to_pattern(_fill(row["pattern"], fragments, address), address)
    return Rule(
        name=row["name"],
        label=_check_label(row, "label", address),
        view=view,
        pattern=pattern,
        match=tuple(row["match"]),
        skip=tuple(row["skip"]),
        after=_check_label(row, "after", address) if "after" in row else "",
        before=_check_label(row, "before", address) if "before" in row else "",
        group=pattern.groupindex.get("span", 0),
    )


def _to_pattern(text: str, address: str) -> re.Pattern[str]:
    pattern = compile_pattern(text, address=address)
    blank = to_blank_match(pattern)
    if blank is not None:
        raise ParknerError(f"{address}: the pattern matches nothing, or blanks, as it does in {blank!r}")
    return pattern


def _check_label(row: Mapping[str, Any], key: str, address: str) -> str:
    label: str = row.get(key, NONE)
    known = [NONE, *(label.name for label in load_labels())]
    if label not in known:
        raise ParknerError(f"{address}: unknown label {label!r}, only {' / '.join(known)}")
    return label


def _load_lists(
    rows: Iterable[tuple[str, Mapping[str, Any]]], meanings: Mapping[str, str], path: Path
) -> dict[str, str]:
    """Map every name of the lists to what its list means; a name in two lists belongs to the first."""
    found: dict[str, str] = {}
    for _, row in rows:
        for file in row["files"]:
            for name in add_aliases(_load_beside(path, file, row["name"]), row.get("aliases", {})):
                found.setdefault(name, meanings[row["name"]])
    return found


def _load_doubtful(table: Mapping[str, Any], fragments: Mapping[str, str], path: Path) -> Doubtful:
    address = f"{path}: doubtful"
    check_table(table, DOUBTFUL, {}, address=address)
    names = frozenset(name for file in table["files"] for name in _load_beside(path, file, "doubtful"))
    before, behind = (
        compile_pattern(_fill(table[key], fragments, address), address=address) for key in ("before", "behind")
    )
    return Doubtful(names, before, behind)


def _load_beside(path: Path, file: str, name: str) -> list[str]:
    """The names of a list that the rules file `path` names under `name`."""
    return load_names(resolve_below(path.parent, file, address=f"{path}: {name}"))
