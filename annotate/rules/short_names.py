"""Short names of what an article names in full: defined in brackets, or cut from the full name."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from annotate.errors import ParknerError
from annotate.gazetteer import Lexicon, build_gazetteer, match_names
from annotate.normalise import Normalised, normalise
from annotate.sentence import Sentence, group_articles
from annotate.settings import CONFIGS, NAMES, load_toml
from annotate.spans import Span, keep_longest
from annotate.toml_tables import EXAMPLES, TABLE, check_table, compile_pattern

ORIGIN = "short name"
LONGEST = 60  # characters; what is longer is no name

# Classes of words, as configs/rules.toml names them.
PLACES = ("place", "province", "city")
PARENTS = (*PLACES, "parent", "starter")
COMMON = ("zone", "area")
ZONES = ("park_head", *COMMON)
HEADS = ("org_head", "lab")


class Patterns(NamedTuple):
    """The patterns of `configs/short-names.toml`."""

    definition: re.Pattern[str]
    separator: re.Pattern[str]
    legal_form: re.Pattern[str]


@cache
def load_patterns() -> Patterns:
    """Read and compile `configs/short-names.toml`. Raises ParknerError for a pattern that is missing or wrong."""
    path = CONFIGS / "short-names.toml"
    settings = load_toml(path)
    check_table(settings, dict.fromkeys(Patterns._fields, TABLE), {}, address=str(path))
    for name, table in settings.items():
        check_table(table, EXAMPLES, {}, address=f"{path}: {name}")
    patterns = {name: compile_pattern(settings[name]["pattern"], address=f"{path}: {name}") for name in settings}
    if patterns["definition"].groups != 1:
        raise ParknerError(f"{path}: definition: needs one group, around the short names")
    return Patterns(**patterns)


def add_short_names(sentences: Iterable[Sentence], lexicon: Lexicon) -> Iterator[Sentence]:
    """Label every mention of the parks and organisations that the same article names in full, short ones too.

    Takes sentences with their `origin`, article by article; a sentence of no article stands alone. A longer span wins.
    """
    for article in group_articles(sentences):
        yield from _label(article, *_learn(article, lexicon))


def _learn(article: Iterable[Sentence], lexicon: Lexicon) -> tuple[dict[str, str], dict[str, str]]:
    """Learn an article's names with their labels, and the coined parts of companies with the rest of the name."""
    names: dict[str, str] = {}
    coined: dict[str, str] = {}
    seen: set[str] = set()
    for sentence in article:
        plain = normalise(sentence.text)
        for span in sentence.spans:
            start, end, _ = plain.from_span(span)
            full = plain.text[start:end]
            if span.label not in NAMES or len(full) > LONGEST:
                continue
            for name in find_definitions(plain.text[end : end + 60], lexicon):
                names.setdefault(name, span.label)
            if full not in seen:
                seen.add(full)
                cut = find_endings(full, lexicon) if span.label == "PARK" else cut_place(full, lexicon)
                names |= {name: span.label for name in (full, *cut) if name not in names}
                if span.label == "ORG" and (ending := load_patterns().legal_form.search(full)):
                    part, rest = cut_company(full[: ending.start()], lexicon)
                    if part:
                        coined[part] = rest
    return names, coined


def _label(article: Iterable[Sentence], names: dict[str, str], coined: dict[str, str]) -> Iterator[Sentence]:
    automaton = build_gazetteer(names)
    for sentence in article:
        plain = normalise(sentence.text)
        found = [plain.to_span(*mention) for mention in match_names(plain.text, automaton)]
        found += _find_coined(plain, coined)
        if not set(found) - set(sentence.spans):
            yield sentence
            continue
        spans = keep_longest([*sentence.spans, *found])
        origins = {Span(*span): origin for *span, origin in sentence.extra["origin"]}
        yield sentence.with_spans(spans, origin=[[*span, origins.get(span, ORIGIN)] for span in spans])


def _find_coined(plain: Normalised, coined: dict[str, str]) -> Iterator[Span]:
    """Yield each coined part with the characters of the rest of its name that follow, in order, perhaps with gaps.

    A coined part of two characters needs two more characters, so that it is not there by chance.
    """
    for part, rest in coined.items():
        start = plain.text.find(part)
        while start >= 0:
            end, left = start + len(part), iter(rest)
            while end < len(plain.text) and plain.text[end] in left:
                end += 1
            if end - start >= (3 if len(part) > 2 else 4):
                yield plain.to_span(start, end, "ORG")
            start = plain.text.find(part, start + len(part))


def find_definitions(following: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the short names that the brackets right behind a full name define, except common nouns."""
    if found := load_patterns().definition.match(following):
        for name in load_patterns().separator.split(found[1]):
            words = list(match_names(name, lexicon.words))
            known = words and words[0][:2] == (0, len(name)) and words[0][2] != lexicon.join_signs("park_head")
            if 1 < len(name) < 13 and not known:
                yield name


def find_endings(park: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the short forms of a park's name: without its place, without the zone that it is a part of, and its last
    word, but never a word that names any zone."""
    words = list(match_names(park, lexicon.words))
    places, common, zones = (lexicon.join_signs(*names) for names in (PLACES, COMMON, ZONES))
    starts: set[int] = set()
    for start, end, sign in words:
        if sign in zones or (sign in places and start in (0, *starts)):
            starts.add(end)
        if sign in zones and end == len(park) and sign not in common:
            yield park[start:]
    starts -= {start for start, _, sign in words if sign in zones}
    yield from (park[start:] for start in sorted(starts) if len(park) - start > 2)


def cut_place(name: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the name of an institute or association without the place or parent before it, if enough is left."""
    signs = lexicon.mark(name)
    start = len(signs) - len(signs.lstrip(lexicon.join_signs(*PARENTS)))
    heads = lexicon.join_signs(*HEADS)
    if 0 < start < len(name) - 2 and signs[start] not in heads and signs[-1] in heads + "所":
        yield name[start:]


def cut_company(name: str, lexicon: Lexicon) -> tuple[str, str]:
    """Cut a company's name, without its legal form, into the coined part behind the place, and the rest.

    The coined part holds no word of our lists and has at least two characters; a name of known words has none.
    """
    signs = lexicon.mark(name)
    start = len(signs) - len(signs.lstrip(lexicon.join_signs(*PLACES)))
    known = re.search(f"[{lexicon.join_signs(*lexicon.signs)}(]|$", signs[start:])
    length = max(2, known.start()) if known and known.start() else 0
    return name[start : start + length], name[start + length :]
