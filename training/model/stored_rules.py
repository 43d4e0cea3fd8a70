"""Rules that are stored with a pipeline: it goes on reading with the rules that it has learned to read with.

A pipeline may be a stranger's: none of its files says a path outside of its folder.
"""

import tempfile
from pathlib import Path

import srsly

from annotate.files import is_hidden, resolve_below
from annotate.rules.file import RULES, Rules, list_files, load_rules

DEFAULT = "default"  # what a config calls parkner's own rules, wherever they are installed


def to_rules_path(name: str) -> Path:
    """The rules file that a config names: its path, or "default"."""
    return RULES if name == DEFAULT else Path(name)


class StoredRules:
    """Rules, and the files that say them by their paths beside the rules file; none until they are loaded."""

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
        for file in sorted(found, key=lambda file: (is_hidden(Path(file.name)), file))[:1]:  # `._own.toml` is the Mac's
            self.load(resolve_below(Path(path), file.name, address="stored rules"))

    def to_bytes(self) -> bytes:
        return bytes(srsly.msgpack_dumps(self.files))

    def from_bytes(self, content: bytes) -> None:
        self.files = srsly.msgpack_loads(content)
        with tempfile.TemporaryDirectory() as folder:
            self.to_disk(Path(folder))
            self.from_disk(Path(folder))
