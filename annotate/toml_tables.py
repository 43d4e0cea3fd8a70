"""Check the tables of a settings file: people write them, and a typing error must not go unnoticed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from annotate.errors import ParknerError

BLANKS = ("", " ", "\n", "园 1,", "a\u3000")  # texts to test whether a pattern matches nothing, or only blanks


class Kind(NamedTuple):
    """The type of a value: its description in words, and a test for it."""

    words: str
    fits: Callable[[Any], bool]


FLAG = Kind("true or false", lambda value: isinstance(value, bool))
TEXT = Kind("a string", lambda value: isinstance(value, str))
NAME = Kind("a string that is not blank", lambda value: isinstance(value, str) and bool(value.strip()))
TEXTS = Kind("a list of strings", lambda value: isinstance(value, list) and all(map(TEXT.fits, value)))
NAMES = Kind("a list of strings that are not blank", lambda value: TEXTS.fits(value) and all(map(NAME.fits, value)))
SOME_NAMES = Kind("a list of strings that are not blank", lambda value: NAMES.fits(value) and bool(value))
TABLE = Kind("a table", lambda value: isinstance(value, dict))
TABLES = Kind("a list of tables", lambda value: isinstance(value, list) and all(map(TABLE.fits, value)))
Shape = Mapping[str, Kind]
EXAMPLES: Shape = {"pattern": NAME, "match": TEXTS, "skip": TEXTS}
"""A pattern with texts in which it is found and others in which it is not."""


def check_table(table: Mapping[str, Any], needed: Shape, optional: Shape, *, address: str) -> None:
    """Raise ParknerError for a missing key, an unknown key and a value of another kind.

    >>> check_table({"name": "a", "patern": "b"}, {"name": NAME}, {"pattern": NAME}, address="rules.toml: rule a")
    Traceback (most recent call last):
    annotate.errors.ParknerError: rules.toml: rule a: unknown key 'patern': use name / pattern
    """
    kinds = {**needed, **optional}
    for key, value in table.items():
        if key not in kinds:
            raise ParknerError(f"{address}: unknown key {key!r}: use {' / '.join(kinds)}")
        if not kinds[key].fits(value):
            raise ParknerError(f"{address}: {key!r} is {value!r}, not {kinds[key].words}")
    for key in needed:
        if key not in table:
            raise ParknerError(f"{address}: no {key!r}")


def check_tables(
    tables: Iterable[Mapping[str, Any]], needed: Shape, optional: Shape, *, address: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Check each table and yield it with its address, which ends with its name. `needed` must include `name`.

    Raises ParknerError as `check_table` does, and for a name that comes twice.

    >>> [at for at, _ in check_tables([{"name": "a"}], {"name": NAME}, {}, address="rules.toml: rule")]
    ['rules.toml: rule a']
    """
    seen = set[str]()
    for number, table in enumerate(tables, start=1):
        at = f"{address} {table['name']}" if NAME.fits(table.get("name")) else f"{address} number {number}"
        check_table(table, needed, optional, address=at)
        if table["name"] in seen:
            raise ParknerError(f"{at}: this name is used twice")
        seen.add(table["name"])
        yield at, table


def compile_pattern(pattern: str, *, address: str) -> re.Pattern[str]:
    """Compile a verbose regular expression. Raises ParknerError with the address if it is invalid."""
    try:
        return re.compile(pattern, re.VERBOSE)
    except (re.error, OverflowError, RecursionError) as error:  # a{99999999999}, 10,000 brackets
        raise ParknerError(f"{address}: {error}") from error


def to_blank_match(pattern: re.Pattern[str]) -> str | None:
    """Return the first text of BLANKS in which a pattern matches the empty string or only blanks, or None.

    If the pattern has a group `span`, only that group counts, and only where it takes part in the match.

    >>> to_blank_match(re.compile("园?")), to_blank_match(re.compile("园[ ]?"))
    ('', None)
    """
    group = "span" if "span" in pattern.groupindex else 0
    found = ((text, match[group]) for text in BLANKS for match in pattern.finditer(text))
    return next((text for text, surface in found if surface is not None and not surface.strip()), None)
