"""What a record must hold: its text, its spans, and our own keys. Other keys may hold any JSON value."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotate.sentence import Sentence
from annotate.settings import load_labels
from annotate.spans import find_overlaps, trim

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


def find_flaws(text: Any, label: Any, *, article: Any, number: Any) -> Iterator[str]:
    if not is_text(text):
        yield 'no "text" string of Unicode characters'
    if label is None:
        yield 'no "label": `parkner prelabel` sets it, and "label": [] means that there is nothing to label'
    elif not isinstance(label, list) or not all(_is_span(span) for span in label):
        yield '"label" is not a list of [start, end, "LABEL"]'
    if not is_text(article) or not isinstance(number, int):
        yield '"article" is not a string or "number" not an integer'


def _is_span(span: Any) -> bool:
    return isinstance(span, list) and [type(value) for value in span] == [int, int, str]


def find_problems(sentence: Sentence) -> Iterator[str]:
    """Yield one line for each problem that makes a sentence unfit for training.

    >>> from annotate.spans import Span
    >>> list(find_problems(Sentence("光谷见。", (Span(0, 9, "PARK"),))))
    ['span [0, 9, PARK] ends after its text of 4 characters']
    """
    if not sentence.text.strip():
        yield "the text is empty"
    labels = {label.name for label in load_labels()}
    for span in sentence.spans:
        surface = sentence.text[max(span.start, 0) : span.end]
        if span.start < 0:
            yield f"span {span} begins before its text"
        elif span.start >= span.end:
            yield f"span {span} is empty"
        elif span.end > len(sentence.text):
            yield f"span {span} ends after its text of {len(sentence.text)} characters"
        elif surface != surface.strip():
            yield f"span {span} begins or ends with a blank"
        elif trim(span, sentence.text) != span:
            yield f"span {span} begins or ends with punctuation or an invisible character: {surface!r}"
        if span.label not in labels:
            yield f"span {span} has an unknown label"
    for first, second in find_overlaps(sentence.spans):
        yield f"span {second} comes twice" if first == second else f"span {second} overlaps {first}"
