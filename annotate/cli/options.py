"""Arguments that several commands share. Each is checked when it is parsed, before anything heavy is loaded or read."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from annotate.cli.outputs import check_folder, check_kept, check_output
from annotate.errors import ParknerError
from annotate.files import is_folder
from annotate.pages.bulk import find_bulk
from annotate.pages.page_files import find_pages
from annotate.records import find_records

Given = TypeVar("Given", Path, list[Path], Path | None, list[Path] | None)


def find_single(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each path. Raises ParknerError for a folder and for a missing path."""
    for path in paths:
        if is_folder(path):
            raise ParknerError(f"{path}: a folder: give one file")
        yield path


def find_single_records(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each file of records. Raises ParknerError as `find_records` does, and for a folder."""
    return find_records(find_single(paths))


def readable(find: Callable[[Iterable[Path]], Iterator[Path]]) -> Callable[[Given], Given]:
    """Make a callback for an input: `find` raises ParknerError for what it cannot find or read."""

    def look(given: Given) -> Given:
        for _ in find([given] if isinstance(given, Path) else given or ()):
            pass
        return given

    return look


def writable(*suffixes: str) -> Callable[[Given], Given]:
    """Make a callback for an output file, with one of the suffixes if any are given: see `check_output`."""

    def look(given: Given) -> Given:
        if isinstance(given, Path):
            check_output(given, suffixes)
        return given

    return look


def writable_file(given: Given) -> Given:
    """Check an output file that cannot be standard output: a callback, see `check_kept`."""
    if isinstance(given, Path):
        check_kept(given)
    return given


def writable_folder(given: Given) -> Given:
    """Check an output folder: a callback, see `check_folder`."""
    if isinstance(given, Path):
        check_folder(given)
    return given


Sources = Annotated[
    list[Path],
    typer.Argument(
        callback=readable(find_pages), help="Raw pages: .txt, .html, .jsonl files, folders of them, or - (plain text)."
    ),
]
BulkText = Annotated[
    list[Path],
    typer.Argument(
        callback=readable(find_bulk), help="Raw text: .txt, .txt.xz, pages as for `split`, or folders of them."
    ),
]
Records = Annotated[
    Path,
    typer.Argument(callback=readable(find_records), help="Records, as `split` writes them: a .jsonl file, or -."),
]
RecordFile = Annotated[
    Path,
    typer.Argument(
        callback=readable(find_single_records), help="Records, as `prelabel` writes them: a .jsonl file, or -."
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", callback=writable(".jsonl"), help="The .jsonl file to write, or - for standard output."
    ),
]
Rules = Annotated[
    Path,
    typer.Option(callback=readable(find_single), help="The rules file, a .toml.", show_default="configs/rules.toml"),
]
Gazetteer = Annotated[
    list[Path] | None,
    typer.Option(
        callback=readable(find_single), help="Your own names, one `name<TAB>LABEL` per line; may be given again."
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Stop at the first source that cannot be read or is damaged, with no output.")
]
Simplify = Annotated[bool, typer.Option("--simplify", help="Convert to Simplified characters, drop bracketed pinyin.")]
Readings = Annotated[
    list[Path],
    typer.Argument(
        callback=readable(find_records),
        help="Two or more readings of the same sentences: .jsonl files, or folders of them.",
    ),
]
ProjectName = Annotated[str, typer.Option(help="The name of the doccano project.")]
Url = Annotated[str, typer.Option(envvar="DOCCANO_URL", help="The address of doccano.")]
Timeout = Annotated[float, typer.Option(min=0, help="Limit for a task of doccano's worker, in seconds.")]
LOCAL = "http://127.0.0.1:8000"


def to_name(given: str) -> str:
    """Return the name of a project without blanks around it. An empty name is a usage error."""
    if not given.strip():
        raise typer.BadParameter("the name of the project is empty")
    return given.strip()


def to_share(given: object) -> float:
    """Parse a share of a whole, 0 to 1. Anything else is a usage error.

    >>> to_share("10%"), to_share("0.1"), to_share(1)
    (0.1, 0.1, 1.0)
    """
    number, percent, _ = str(given).partition("%")
    try:
        share = float(number) / (100 if percent else 1)
    except ValueError:
        share = -1
    if not 0 <= share <= 1 or (percent and not str(given).endswith("%")):
        raise typer.BadParameter(f"{given} is not a share: give 0.1 or 10% for a tenth, at most 1 or 100%")
    return share


def to_moment(given: object) -> datetime:
    """Parse a date or time, in UTC unless it has an offset. Anything else is a usage error.

    >>> to_moment("2026-11-20").isoformat(), to_moment("2026-11-20T16:30+08:00").isoformat()
    ('2026-11-20T00:00:00+00:00', '2026-11-20T16:30:00+08:00')
    """
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError as error:
        ways = "a day, 2026-11-20, or a time, 2026-11-20T08:30 (UTC) or 2026-11-20T16:30+08:00 (with offset)"
        raise typer.BadParameter(f"{given} is not a date: give {ways}") from error
    return moment.replace(tzinfo=moment.tzinfo or UTC)
