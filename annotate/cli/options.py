"""The arguments that commands share. Each is looked at as it is parsed, before anything heavy is loaded or read."""

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
    """Yield each path; ParknerError for a folder and for what is not there."""
    for path in paths:
        if is_folder(path):
            raise ParknerError(f"{path}: a folder, where one file is to be given")
        yield path


def find_single_records(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each file of records; ParknerError as `find_records` does, and for a folder."""
    return find_records(find_single(paths))


def readable(find: Callable[[Iterable[Path]], Iterator[Path]]) -> Callable[[Given], Given]:
    """A callback for what is read: `find` refuses with ParknerError what it cannot find or take."""

    def look(given: Given) -> Given:
        for _ in find([given] if isinstance(given, Path) else given or ()):
            pass
        return given

    return look


def writable(*suffixes: str) -> Callable[[Given], Given]:
    """A callback for a file to write, with one of the suffixes where some are given: see `check_output`."""

    def look(given: Given) -> Given:
        if isinstance(given, Path):
            check_output(given, suffixes)
        return given

    return look


def writable_file(given: Given) -> Given:
    """A callback for a file to write that standard output cannot take the place of: see `check_kept`."""
    if isinstance(given, Path):
        check_kept(given)
    return given


def writable_folder(given: Given) -> Given:
    """A callback for a folder to write in: see `check_folder`."""
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
        callback=readable(find_single), help="Names of your own, `name<TAB>LABEL` a line; may be given again."
    ),
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
Url = Annotated[str, typer.Option(envvar="DOCCANO_URL", help="Where doccano is.")]
Timeout = Annotated[float, typer.Option(min=0, help="Seconds that doccano's worker may take for a task.")]
LOCAL = "http://127.0.0.1:8000"


def to_name(given: str) -> str:
    """The name of a project without blanks around it; a usage error for none."""
    if not given.strip():
        raise typer.BadParameter("the name of the project is empty")
    return given.strip()


def to_share(given: object) -> float:
    """A share of a whole, 0 to 1; a usage error for what is none.

    >>> to_share("10%"), to_share("0.1"), to_share(1)
    (0.1, 0.1, 1.0)
    """
    number, percent, _ = str(given).partition("%")
    try:
        share = float(number) / (100 if percent else 1)
    except ValueError:
        share = -1
    if not 0 <= share <= 1 or (percent and not str(given).endswith("%")):
        raise typer.BadParameter(f"{given} is no share: give 0.1 or 10% for a tenth, at most 1 or 100%")
    return share


def to_moment(given: object) -> datetime:
    """The moment that a date stands for, in UTC unless it says otherwise; a usage error for what is no date.

    >>> to_moment("2026-11-20").isoformat(), to_moment("2026-11-20T16:30+08:00").isoformat()
    ('2026-11-20T00:00:00+00:00', '2026-11-20T16:30:00+08:00')
    """
    try:
        moment = datetime.fromisoformat(str(given))
    except ValueError as error:
        ways = "a day, 2026-11-20, or a time, 2026-11-20T08:30 (UTC) or 2026-11-20T16:30+08:00 (east of it)"
        raise typer.BadParameter(f"{given} is no date: give {ways}") from error
    return moment.replace(tzinfo=moment.tzinfo or UTC)
