"""Names of the user's own, which stand before every list and every rule of ours."""

from collections.abc import Mapping
from pathlib import Path

from annotate.errors import ParknerError
from annotate.files import read_text
from annotate.gazetteer import build_gazetteer
from annotate.normalise import normalise
from annotate.rules.file import Rules
from annotate.settings import load_labels


def load_gazetteer(*paths: Path) -> dict[str, str]:
    """The names of the user's files, normalised, each with its label; of two lines for one name the first counts.

    A line is `name<TAB>LABEL`; further columns, what follows a `#`, and blank lines are passed over. Raises
    ParknerError for a file that cannot be read or has no name in it, and for a line without a name or a known label.
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
    """The rules with these names, normalised and each with its label, as lists called `own PARK`, `own ORG`, ….

    Like every list they win over a rule that finds something of the same length; a name that a list of ours has too is
    the user's.
    """
    if not names:
        return rules
    own = {name: f"own {label}" for name, label in names.items()}
    listed = dict(zip(rules.names.names, rules.names.meanings, strict=True))
    labels = {f"own {label}": label for label in names.values()}
    return rules._replace(names=build_gazetteer({**listed, **own}), labels={**rules.labels, **labels})
