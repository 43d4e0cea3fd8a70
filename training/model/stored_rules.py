"""Stores rules with a pipeline, so that it keeps the rules that it was trained with.

A pipeline may come from a stranger: no path in it may lead out of its folder.
"""

import tempfile
from pathlib import Path

import srsly

from annotate.files import is_hidden, resolve_below
from annotate.rules.file import RULES, Rules, list_files, load_rules

DEFAULT = "default"  # the name of parkner's own rules in a config, wherever they are installed


def to_rules_path(name: str) -> Path:
    """Return the path of the rules file that a config names by a path or by "default"."""
    return RULES if name == DEFAULT else Path(name)


class StoredRules:
    """Rules and the content of their files, by path relative to the rules file's folder; empty until loaded."""

    def __init__(self) -> None:
        self.rules: Rules | None = None
        self.files: dict[str, bytes] = {}

    def load(self, path: Path) -> Rules:
        """Read a rules file and keep its files. Raises ParknerError for one that is missing or wrong."""
        self.rules = load_rules(path)
        self.files = {file: (path.parent / file).read_bytes() for file in [path.name, *list_files(path)]}
        return self.rules

    def to_disk(self, path: Path) -> None:
        for name, content in self.files.items():
            file = resolve_below(path, name, address="stored rules")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def from_disk(self, path: Path) -> None:
        found = Path(path).glob("*.toml")
        for file in sorted(found, key=lambda file: (is_hidden(Path(file.name)), file))[:1]:  # macOS adds `._own.toml`
            self.load(resolve_below(Path(path), file.name, address="stored rules"))

    def to_bytes(self) -> bytes:
        return bytes(srsly.msgpack_dumps(self.files))

    def from_bytes(self, content: bytes) -> None:
        self.files = srsly.msgpack_loads(content)
        with tempfile.TemporaryDirectory() as folder:
            self.to_disk(Path(folder))
            self.from_disk(Path(folder))
