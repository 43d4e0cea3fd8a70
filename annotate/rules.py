"""Pre-labelling by name lists and patterns, which are data with examples: `configs/rules.toml`.

Of two matches that overlap the longer wins, then the one whose rule stands first; name lists stand before patterns. A
rule with the label NONE takes part in that and leaves no span: it keeps what only looks like a mention from being one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from annotate.corpus import Sentence
from annotate.errors import ParknerError
from annotate.gazetteer import Gazetteer, Lexicon, add_aliases, build_gazetteer, find_names, load_names, mark_words
from annotate.normalise import normalise
from annotate.settings import CONFIGS, load_labels, load_toml
from annotate.shortnames import add_short_names
from annotate.spans import Span, keep_longest

RULES = CONFIGS / "rules.toml"
NONE = "NONE"
VIEWS = ("text", "words")
FIRST_SIGN = 0xE000  # the private use area: no text has these characters
LATIN = re.compile(r"[A-Za-z0-9]{2}")
Mention = tuple[int, int, str]  # start and end in the normalised text, and the label
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
    label, match, skip = _check_label(row, path), tuple(row["match"]), tuple(row["skip"])
    needs = frozenset(_fill(row.get("needs", ""), fragments, address))
    return Rule(row["name"], label, view, pattern, match, skip, row.get("after", ""), row.get("before", ""), needs)


def _check_label(row: Mapping[str, Any], path: Path) -> str:
    label: str = row.get("label", NONE)
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


def find_spans(text: str, rules: Rules) -> list[tuple[Span, str]]:
    """Find the mentions in a text, each with the name of its rule or list, in text order and without overlaps."""
    plain = normalise(text)
    words = find_names(plain.text, rules.lexicon.words)
    views = {"text": plain.text, "words": mark_words(plain.text, words)}
    found = {
        (start, end, rules.labels[origin]): origin for start, end, origin in _find_listed(plain.text, words, rules)
    }
    there = {"", *plain.text, *views["words"]} & rules.needing.keys()
    for number in sorted(set().union(*(rules.needing[character] for character in there))):
        rule = rules.patterns[number]
        for mention in _find_mentions(rule, views[rule.view], found):
            found.setdefault(mention, rule.name)
    origins: dict[Span, str] = {}
    for mention, origin in found.items():
        origins.setdefault(plain.to_span(*mention), origin)
    return [(span, origins[span]) for span in keep_longest(origins) if span.label != NONE]


def _find_mentions(rule: Rule, view: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions of one rule, given those of the lists and of the rules before it."""
    if rule.after:
        prolonged = ((start, rule.pattern.match(view, end)) for start, end, label in found if label == rule.after)
        return [(start, match.end(), rule.label) for start, match in prolonged if match]
    if rule.before:
        begun = [(start, end) for start, end, label in found if label == rule.before]
        starts = {match.end(): match.start() for match in rule.pattern.finditer(view)} if begun else {}
        return [(starts[start], end, rule.label) for start, end in begun if start in starts]
    group = "span" if "span" in rule.pattern.groupindex else 0
    return [(*match.span(group), rule.label) for match in rule.pattern.finditer(view)]


def _find_listed(text: str, words: Iterable[Mention], rules: Rules) -> Iterator[Mention]:
    """Find the names of the lists, but none that begins or ends within a known word or a run of Latin letters."""
    inside = {place for start, end, _ in words for place in range(start + 1, end)}
    for start, end, origin in find_names(text, rules.names):
        edges = text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1]
        if inside.isdisjoint((start, end)) and not any(LATIN.fullmatch(edge) for edge in edges):
            yield start, end, origin


def find_words(text: str, rules: Rules) -> Iterator[Span]:
    """Yield the known words of a text in order, each labelled with its class."""
    plain = normalise(text)
    classes = {sign: name for name, sign in rules.lexicon.signs.items()}
    for start, end, sign in find_names(plain.text, rules.lexicon.words):
        yield plain.to_span(start, end, classes[sign])


def prelabel(sentences: Iterable[Sentence], rules: Rules) -> Iterator[Sentence]:
    """Set the spans that the rules find, and `origin`: each span again with the name of its rule or list.

    Short names of what an article names in full are found too (`add_short_names`), so it goes article by article.
    """
    return add_short_names((_label(sentence, rules) for sentence in sentences), rules.lexicon)


def _label(sentence: Sentence, rules: Rules) -> Sentence:
    found = find_spans(sentence.text, rules)
    return sentence.with_spans((span for span, _ in found), origin=[[*span, origin] for span, origin in found])
