"""Types of parkner's keys in a record, beside text, spans, article and number. Any other key may hold any value."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can escape it, but UTF-8 cannot encode it


def is_text(value: Any) -> bool:
    """Tell whether a value is a string of Unicode characters, without lone surrogates."""
    return isinstance(value, str) and not LONE_SURROGATE.search(value)


def _is_text_or_null(value: Any) -> bool:
    return value is None or is_text(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def _are_origins(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_origin, value))


def _is_origin(entry: Any) -> bool:
    return isinstance(entry, list) and [type(value) for value in entry] == [int, int, str, str]


STRING = "a string"
KEYS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "published": (_is_text_or_null, STRING),
    "url": (_is_text_or_null, STRING),
    "origin": (_are_origins, 'a list of [start, end, "LABEL", "rule"]'),
    "uid": (is_text, STRING),
    "annotator": (is_text, STRING),
    "confirmed_at": (is_text, STRING),
    "comments": (_are_texts, "a list of strings"),
}


def is_sound(key: str, value: Any) -> bool:
    """Tell whether a key may hold this value.

    >>> is_sound("published", "2024"), is_sound("published", 2024), is_sound("year", 2024)
    (True, False, True)
    """
    return key not in KEYS or KEYS[key][0](value)


def find_wrong_keys(extra: Mapping[str, Any]) -> Iterator[str]:
    """Yield an error for each of our keys whose value has the wrong type.

    >>> list(find_wrong_keys({"annotator": ["li"], "score": ["li"]}))
    ['"annotator" is not a string']
    """
    for key, (_, what) in KEYS.items():
        if key in extra and not is_sound(key, extra[key]):
            yield f'"{key}" is not {what}'
