"""Find files by suffix, and write output files completely or not at all. `-` is a standard stream."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedRandom, BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any, TextIO, TypeVar

from annotate.errors import ParknerError

T = TypeVar("T")
STREAM = Path("-")
SPREAD = "each line must be one JSON object: `jq -c '.[]' FILE > FILE.jsonl` turns an array into lines"


def find_files(paths: Iterable[Path], suffixes: tuple[str, ...], *, others: Mapping[str, str]) -> Iterator[Path]:
    """Yield each given file, and for each given folder the files below it with one of the suffixes, sorted by name.

    Skips hidden files in a folder, such as the remains of a killed write (`write_beside`). `others` says by suffix what
    to do with a file of another kind (`annotate.wrong_file_kinds`). Raises ParknerError for a given file of such a
    kind, a path that does not exist or is not accessible, a folder without a file to read, and a name not in UTF-8.
    """
    for path in paths:
        if is_folder(path):
            below = sorted(file for file in path.rglob("*") if file.suffix.lower() in suffixes and file.is_file())
            visible = [file for file in below if not is_hidden(file.relative_to(path))]
            if not visible:
                more = _describe_others(path, others)
                raise ParknerError(f"{path}: no {' / '.join(suffixes)} file in this folder{more}")
            yield from map(_check_name, visible)
        elif path.suffix.lower() in others:
            raise ParknerError(f"{path}: {others[path.suffix.lower()]}")
        else:
            yield _check_name(path)


def is_folder(path: Path) -> bool:
    """Tell whether an input path is a folder. Raises ParknerError if it does not exist or is not accessible."""
    try:
        if path == STREAM or path.exists():
            return path != STREAM and path.is_dir()
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error
    raise ParknerError(f"{path}: no such file or folder")


def _describe_others(folder: Path, others: Mapping[str, str]) -> str:
    """Say what to do with the first file of another kind in a folder; "" if there is none."""
    visible = (file for file in sorted(folder.rglob("*")) if not is_hidden(file.relative_to(folder)))
    found = (f", but {file.name}, {others[file.suffix.lower()]}" for file in visible if file.suffix.lower() in others)
    return next(found, "")


def is_hidden(path: Path) -> bool:
    """Tell whether any part of a path within a folder begins with a dot.

    >>> is_hidden(Path(".a.jsonl.x7/a.jsonl")), is_hidden(Path("train/a.jsonl"))
    (True, False)
    """
    return any(part.startswith(".") for part in path.parts)


def _check_name(path: Path) -> Path:
    """Return the path if its name is valid UTF-8, else raise ParknerError: articles and readings get their names so."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(path).decode("utf-8", errors="backslashreplace")
        raise ParknerError(f"{shown}: the name is not UTF-8: rename it") from error
    return path


def resolve_below(folder: Path, name: str, *, address: str) -> Path:
    """Return the path of a file below a folder. Use it for a relative path from a source that we do not trust.

    Raises ParknerError with the address if the name leads out of the folder, also through a link.
    """
    path = folder / name
    inside = "\0" not in name and Path(os.path.realpath(folder)) in Path(os.path.realpath(path)).parents
    if not inside or ".." in Path(name).parts:
        raise ParknerError(f"{address}: {name!r} leads out of the folder {folder}: name a file in it or below it")
    return path


def read_bytes(path: Path) -> bytes:
    """Read a whole file, or all of standard input."""
    try:
        return sys.stdin.buffer.read() if path == STREAM else path.read_bytes()
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Read a whole text file, or all of standard input, in UTF-8. `utf-8-sig` drops a byte order mark at the start."""
    try:
        return read_bytes(path).decode(encoding)
    except UnicodeDecodeError as error:
        raise ParknerError(f"{path}: not UTF-8 (byte {error.start})") from error


def refuse_empty(path: Path, items: Iterable[T]) -> Iterator[T]:
    """Yield what a file holds; ParknerError if it holds nothing."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        raise ParknerError(f"{path}: the file is empty")


def parse_object(line: bytes, *, address: str) -> dict[str, Any]:
    """Parse a line in UTF-8 as a JSON object. Raises ParknerError with the address if it is not one."""
    try:
        text = line.decode("utf-8-sig").strip()
        if text.startswith("[") or text == "{":
            raise ParknerError(f"{address}: {SPREAD}")
        value = json.loads(text)
    except UnicodeDecodeError as error:
        raise ParknerError(f"{address}: not UTF-8 (byte {error.start} of the line): save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise ParknerError(f"{address}: broken JSON, {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 100,000 brackets
        raise ParknerError(f"{address}: JSON that cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise ParknerError(f"{address}: not a JSON object")
    return value


@contextmanager
def blame(path: Path) -> Iterator[None]:
    """Turn an OSError in the block into a ParknerError that begins with `path`. Only work on that path may be in it."""
    try:
        yield
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror or error}") from error


class _Output(FileIO):
    """A file open for writing. Its errors begin with the name that the user gave it."""

    known_as: Path

    def write(self, content: Any, /) -> int:
        with blame(self.known_as):
            return super().write(content)


def _open_raw(file: Path | int, mode: str, known_as: Path) -> _Output:
    with blame(known_as):
        raw = _Output(file, mode)
    raw.known_as = known_as
    return raw


@contextmanager
def make_folder(folder: Path, *, known_as: Path) -> Iterator[None]:
    """Make a folder and its parents. If the block fails, remove those that are new, unless something is in them.

    Errors begin with the name that a person knows.
    """
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    with blame(known_as):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path in new:
            with suppress(OSError):
                path.rmdir()
        raise


@contextmanager
def write_beside(path: Path) -> Iterator[Path]:
    """Give a temporary path beside the file `path`. It replaces `path` if the block succeeds, else it is deleted.

    If `path` is a link, it stays a link: its target is replaced. An existing file keeps its mode. Errors of the block
    itself pass through unchanged.
    """
    target = Path(os.path.realpath(path))
    with ExitStack() as stack:
        stack.enter_context(make_folder(target.parent, known_as=path))
        with blame(path):
            temporary = tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=target.parent)
        folder = stack.enter_context(temporary)
        beside = Path(folder, path.name)
        yield beside
        with blame(path):
            if target.is_file():
                shutil.copymode(target, beside)
            os.replace(beside, target)


@contextmanager
def open_output(path: Path, *, known_as: Path | None = None) -> Iterator[TextIO]:
    """Open `path`, or standard output, for UTF-8 text. A file is written completely or not at all.

    Errors begin with `path`, or with `known_as`, the name that the user knows. Errors of the block itself pass through
    unchanged.
    """
    name = known_as or path
    if path == STREAM:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
    elif path.exists() and not path.is_file() and not path.is_dir():  # a pipe or a device
        with _open_text(path, name) as stream:
            yield stream
    else:
        with write_beside(path) as beside, _open_text(beside, name) as stream:
            yield stream


def _open_text(path: Path, known_as: Path) -> TextIO:
    return TextIOWrapper(BufferedWriter(_open_raw(path, "w", known_as)), encoding="utf-8", newline="")


def open_temporary() -> IO[bytes]:
    """Open a temporary file to write and read. Closing deletes it. Its errors begin with the temporary folder."""
    with blame(Path("temporary files")):
        folder = Path(tempfile.gettempdir())
    with blame(folder), tempfile.TemporaryFile() as file:
        number = os.dup(file.fileno())
    return BufferedRandom(_open_raw(number, "r+", folder))
