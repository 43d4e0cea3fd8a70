"""The folder of the project's settings (`configs/`), and the labels they define."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from annotate.errors import ParknerError
from annotate.files import read_text
from annotate.toml_tables import NAME, TABLES, check_table, check_tables

CONFIGS = Path(__file__).parent.parent / "configs"
NAMES = ("PARK", "ORG")  # the labels for names; the others are for quantities and dates


class Label(NamedTuple):
    """A kind of entity: its name, its meaning in one line, and its colour and shortcut key in doccano."""

    name: str
    meaning: str
    colour: str
    key: str


def load_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises ParknerError if it is missing or broken."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ParknerError(f"{path}: not TOML: {error}") from error


@cache
def load_labels() -> tuple[Label, ...]:
    """Read the labels from `configs/labels.toml`, in the order of all scores and tables.

    >>> [label.name for label in load_labels()]
    ['PARK', 'ORG', 'METRIC', 'DATE']
    """
    path = CONFIGS / "labels.toml"
    settings = load_toml(path)
    check_table(settings, {"label": TABLES}, {}, address=str(path))
    rows = check_tables(settings["label"], dict.fromkeys(Label._fields, NAME), {}, address=f"{path}: label")
    return tuple(Label(**row) for _, row in rows)
