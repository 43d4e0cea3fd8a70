"""The user's own names. They win over our lists and rules."""

from collections.abc import Mapping
from pathlib import Path

from annotate.errors import ParknerError
from annotate.files import read_text
from annotate.gazetteer import build_gazetteer
from annotate.normalise import normalise
from annotate.rules.file import Rules
from annotate.settings import load_labels


def load_gazetteer(*paths: Path) -> dict[str, str]:
    """Read the user's files of names: normalised names with their labels. If a name comes twice, the first line counts.

    A line is `name<TAB>LABEL`; further columns, comments after `#` and blank lines are ignored. Raises ParknerError for
    a file that cannot be read or holds no name, and for a line without a name or a known label.
    """
    labels: dict[str, str] = {}
    for path in paths:
        lines = read_text(path, "utf-8-sig").split("\n")
        rows = [(f"{path}:{number}", line.partition("#")[0]) for number, line in enumerate(lines, start=1)]
        names = [_parse(line, address=address) for address, line in rows if line.strip()]
        if not names:
            raise ParknerError(f"{path}: no names in this list")
        for name, label in names:
            labels.setdefault(name, label)
    return labels


def _parse(line: str, *, address: str) -> tuple[str, str]:
    name, label = (field.strip() for field in (*line.split("\t"), "")[:2])
    if not name or not label:
        raise ParknerError(f"{address}: {line.strip()!r} is no name, a tab and a label")
    if label not in (known.name for known in load_labels()):
        raise ParknerError(f"{address}: {name}: unknown label {label!r}")
    return normalise(name).text, label


def add_names(rules: Rules, names: Mapping[str, str]) -> Rules:
    """The rules with these normalised names, each with its label, added as lists called `own PARK`, `own ORG`, ….

    Like every list, they win over a rule whose match has the same length. A name that is also in one of our lists gets
    the user's label.
    """
    if not names:
        return rules
    own = {name: f"own {label}" for name, label in names.items()}
    listed = dict(zip(rules.names.names, rules.names.meanings, strict=True))
    labels = {f"own {label}": label for label in names.values()}
    return rules._replace(names=build_gazetteer({**listed, **own}), labels={**rules.labels, **labels})
