"""Detect records of other tools, which keep their spans under other keys: read as ours, they would lose them.

They are refused, not converted: only the user knows what another tool means by an offset or a label.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from annotate.spans import LAST_OF_ONE_UNIT

OURS = {"label", "origin", "unsure"}  # the keys of our own records that hold spans
ELSEWHERE = {"ents", "entities", "spans", "labels", "annotation", "annotations", "result", "results", "predictions"}
ELSEWHERE |= {"ner", "ner_tags", "mentions", "completions"}
STARTS = {"start", "begin", "start_char", "start_offset", "startOffset", "start_idx", "from", "points", "indices"}
KINDS = {"label", "labels", "tag", "tags", "type", "entity", "entity_type", "entity_group", "category", "class"}


def find_foreign(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield why the spans of a record would be lost or misread: other tools store or count them differently.

    >>> [*find_foreign({"text": "光谷", "label": []})], [*find_foreign({"text": "光谷", "entities": [[0, 2, "PARK"]]})]
    ([], ['its spans seem to be in "entities": write them as "label": [[start, end, "LABEL"]], or remove that key'])
    """
    if not row.get("label"):
        for key in (key for key, value in row.items() if key not in OURS and value and _is_suspect(key, value)):
            yield f'its spans seem to be in "{key}": write them as "label": [[start, end, "LABEL"]], or remove that key'
    elif "Comments" in row and max(str(row.get("text")), default="") > LAST_OF_ONE_UNIT:
        yield (
            "doccano's own export counts an emoji, or a character such as 𠮷, as two: "
            "fetch its sentences with `parkner pull`"
        )


def _is_suspect(key: str, value: Any) -> bool:
    return isinstance(value, list | dict) and (key in ELSEWHERE or holds_spans(value))


def is_labelled(row: Mapping[str, Any]) -> bool:
    """Tell whether a row given as a raw page holds labels, or says that somebody has confirmed it.

    >>> is_labelled({"text": "光谷", "label": [[0, 2, "PARK"]]}), is_labelled({"text": "光谷", "tags": ["财经"]})
    (True, False)
    """
    label = row.get("label")
    if "annotator" in row or (isinstance(label, list | dict) and label):
        return True
    return any(holds_spans(value) for key, value in row.items() if key not in OURS)


def holds_spans(value: Any) -> bool:
    """Tell whether a value contains, at any depth, a labelled span in the format of a common tool.

    >>> holds_spans({"result": [{"value": {"start": 0, "end": 2, "labels": ["PARK"]}}]}), holds_spans([[0, 2, "PARK"]])
    (True, True)
    >>> holds_spans(["财经", "园区"]), holds_spans({"start": 0, "end": 12}), holds_spans([2024, 5, "周一"])
    (False, False, False)
    """
    values = [value]
    while values:
        value = values.pop()
        if isinstance(value, dict):
            if _is_span_object(value):
                return True
            values += value.values()
        elif isinstance(value, list):
            if _is_span_list(value):
                return True
            values += value
    return False


def _is_span_object(value: Mapping[str, Any]) -> bool:
    starts = (value[key] for key in STARTS & value.keys())
    return bool(KINDS & value.keys()) and any(type(start) in (int, list) for start in starts)


def _is_span_list(value: list[Any]) -> bool:
    numbers = [item for item in value[:3] if type(item) is int]
    return len(numbers) == 2 and 0 <= numbers[0] < numbers[1] and sum(type(item) is str for item in value[:3]) == 1
