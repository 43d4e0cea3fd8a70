"""What is to be written, looked at before the work begins: where it cannot be kept, hours would be lost."""

import os
from collections.abc import Iterable
from pathlib import Path

from annotate.errors import ParknerError
from annotate.files import STREAM


def check_output(path: Path, suffixes: tuple[str, ...] = ()) -> None:
    """Raise ParknerError unless a file can be written there, and its suffix, if it has one, is one of those given."""
    if is_stream(path):
        return
    if path.is_dir():
        example = path / f"FILE{suffixes[0] if suffixes else ''}"
        raise ParknerError(f"{path}: a folder: give the file to write, such as {example}")
    if suffixes and path.suffix and path.suffix.lower() not in suffixes:
        raise ParknerError(f"{path}: this is written as {' or '.join(suffixes)}: let the name end so")
    _check_place(path, path.absolute().parents)


def is_stream(path: Path) -> bool:
    """Whether what is written there is passed on and not kept; ParknerError for a path that may not be looked at."""
    try:
        return path == STREAM or (path.exists() and not path.is_file() and not path.is_dir())
    except OSError as error:  # the name is too long, or its folder is closed to us
        raise ParknerError(f"{path}: {error.strerror}") from error


def check_kept(path: Path, suffixes: tuple[str, ...] = ()) -> None:
    """As `check_output`, for a file that cannot be passed on: ParknerError for a pipe, a device and `-` too."""
    if is_stream(path):
        raise ParknerError(f"{path}: this can only be written to a file")
    check_output(path, suffixes)


def check_folder(path: Path) -> None:
    """Raise ParknerError unless the path is a folder to write in, or can become one."""
    if is_stream(path) or path.is_file():
        raise ParknerError(f"{path}: no folder, and a folder is to be written: give another name")
    _check_place(path, (path, *path.absolute().parents))


def _check_place(path: Path, folders: Iterable[Path]) -> None:
    """Raise ParknerError unless the first of the folders that is there is a folder, and may be written in."""
    nearest = next(folder for folder in folders if folder.exists())
    if not nearest.is_dir():
        raise ParknerError(f"{path}: {nearest} is a file, not a folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ParknerError(f"{path}: no permission to write in {nearest}")


def check_apart(output: Path, inputs: Iterable[Path]) -> None:
    """Raise ParknerError where the output would take the place of one of the files that it is made from."""
    if output.is_file():
        for path in inputs:
            if path.is_file() and path.samefile(output):
                raise ParknerError(f"{output}: is read, and would be lost: give the output another name or folder")
