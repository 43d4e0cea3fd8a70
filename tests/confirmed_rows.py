"""Records as people have confirmed them, for what counts their work."""

import json
from pathlib import Path
from typing import Any

PRELABELLED = {"origin": [[0, 5, "PARK", "park"], [7, 10, "METRIC", "quantity"]]}


def make_row(clock: str | None = None, annotator: str = "li", **keys: Any) -> dict[str, Any]:
    """A sentence of 15 characters with three gold spans, confirmed on 22 November."""
    row = {"text": "青岚生物港有12家见云渡科技。", "label": [[0, 5, "PARK"], [6, 9, "METRIC"], [10, 14, "ORG"]], **keys}
    return row | ({"annotator": annotator, "confirmed_at": f"2026-11-22T{clock}Z"} if clock else {})


def write_rows(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path
