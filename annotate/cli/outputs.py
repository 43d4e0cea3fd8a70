"""Check output paths before the work begins: if the result cannot be saved, hours of work would be lost."""

import os
from collections.abc import Iterable
from pathlib import Path

from annotate.errors import ParknerError
from annotate.files import STREAM


def check_output(path: Path, suffixes: tuple[str, ...] = ()) -> None:
    """Raise ParknerError unless a file can be written there. If it has a suffix, `suffixes` must allow it."""
    if is_stream(path):
        return
    if path.is_dir():
        example = path / f"FILE{suffixes[0] if suffixes else ''}"
        raise ParknerError(f"{path}: a folder: give the file to write, such as {example}")
    if suffixes and path.suffix and path.suffix.lower() not in suffixes:
        raise ParknerError(f"{path}: this is written as {' or '.join(suffixes)}: change the suffix")
    _check_place(path, path.absolute().parents)


def is_stream(path: Path) -> bool:
    """Tell whether a path is standard output, a pipe or a device. Raises ParknerError if it is not accessible."""
    try:
        return path == STREAM or (path.exists() and not path.is_file() and not path.is_dir())
    except OSError as error:  # the name is too long, or we have no access to its folder
        raise ParknerError(f"{path}: {error.strerror}") from error


def check_kept(path: Path, suffixes: tuple[str, ...] = ()) -> None:
    """Check an output as `check_output` does. Raises ParknerError also for `-`, a pipe and a device."""
    if is_stream(path):
        raise ParknerError(f"{path}: this can only be written to a file")
    check_output(path, suffixes)


def check_folder(path: Path) -> None:
    """Raise ParknerError unless the path is a folder to write in, or can become one."""
    if is_stream(path) or path.is_file():
        raise ParknerError(f"{path}: not a folder: give a folder to write to")
    _check_place(path, (path, *path.absolute().parents))


def _check_place(path: Path, folders: Iterable[Path]) -> None:
    """Raise ParknerError unless the first existing path of `folders` is a folder in which we may write."""
    nearest = next(folder for folder in folders if folder.exists())
    if not nearest.is_dir():
        raise ParknerError(f"{path}: {nearest} is a file, not a folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ParknerError(f"{path}: no permission to write in {nearest}")


def check_apart(output: Path, inputs: Iterable[Path]) -> None:
    """Raise ParknerError if the output would overwrite one of its inputs."""
    if output.is_file():
        for path in inputs:
            if path.is_file() and path.samefile(output):
                raise ParknerError(f"{output}: the output would overwrite this input: give another name or folder")
