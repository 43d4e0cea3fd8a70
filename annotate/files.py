"""Files found by suffix, and output that is whole or not there at all. `-` is a standard stream."""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from annotate.errors import ParknerError

STREAM = Path("-")


def find_files(paths: Iterable[Path], suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Yield each file as given, and of each folder the files below it with one of the suffixes, by name.

    Raises ParknerError for a path that does not exist and for a folder that holds no such file.
    """
    for path in paths:
        if path.is_dir():
            below = sorted(file for file in path.rglob("*") if file.suffix.lower() in suffixes and file.is_file())
            if not below:
                raise ParknerError(f"{path}: no {' / '.join(suffixes)} file in this folder")
            yield from below
        elif path == STREAM or path.exists():
            yield path
        else:
            raise ParknerError(f"{path}: no such file or folder")


def read_bytes(path: Path) -> bytes:
    """All of a file, or of standard input."""
    try:
        return sys.stdin.buffer.read() if path == STREAM else path.read_bytes()
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error


def parse_json(line: bytes, *, address: str) -> Any:
    """The value of a line of JSON in UTF-8; ParknerError with the address where it is none."""
    try:
        return json.loads(line.decode("utf-8-sig").rstrip())
    except UnicodeDecodeError as error:
        raise ParknerError(f"{address}: not UTF-8 (byte {error.start} of the line)") from error
    except json.JSONDecodeError as error:
        raise ParknerError(f"{address}: broken JSON, {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 100,000 brackets
        raise ParknerError(f"{address}: JSON that cannot be read: {error}") from error


@contextmanager
def write_beside(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`, a file, that takes its name when the block ends well and goes when not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            yield Path(folder, path.name)
            os.replace(Path(folder, path.name), path)
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error


@contextmanager
def open_output(path: Path) -> Iterator[TextIO]:
    """Open `path`, or standard output, to write UTF-8 text that is there as a whole or not at all."""
    if path == STREAM:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe or a device
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    with write_beside(path.resolve()) as beside, beside.open("w", encoding="utf-8", newline="") as stream:
        yield stream
