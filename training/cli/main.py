"""The entry point of `parkner`: all commands, in the order of the loop, and the one place where errors are told."""

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import version as find_version
from typing import Annotated

import typer

from annotate.cli.agree import agree
from annotate.cli.check import check
from annotate.cli.doccano import doccano
from annotate.cli.economy import economy
from annotate.cli.mark import mark, unmark
from annotate.cli.project import app as project
from annotate.cli.pull import pull
from annotate.cli.push import push
from annotate.cli.review import review
from annotate.cli.rules import app as rules
from annotate.cli.split import split
from annotate.errors import ParknerError
from annotate.files import STREAM
from training.cli.apply import apply
from training.cli.convert import convert
from training.cli.curve import curve
from training.cli.evaluate import evaluate
from training.cli.package import package
from training.cli.prelabel import prelabel
from training.cli.pretrain import pretrain
from training.cli.rank import rank
from training.cli.segmenter import segmenter
from training.cli.silver import silver
from training.cli.train import train

NO_PLACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT}
DEBUG = "--debug"
INTERRUPTED = 130  # what typer makes of Ctrl-C

COMMANDS: dict[str, tuple[Callable[..., None], ...]] = {
    "Pages and rules": (split, prelabel, mark, unmark),
    "Correct in doccano": (doccano, push, pull),
    "Judge the labels": (check, agree, review, economy),
    "Train and measure": (convert, train, evaluate, curve, rank, silver, pretrain, segmenter),
    "Use the model": (apply, package),
}
"""The commands by the panels of `parkner --help`, in the order of the loop."""
GROUPS = {"Pages and rules": rules, "Correct in doccano": project}

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich")
for panel, commands in COMMANDS.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
for panel, group in GROUPS.items():
    app.add_typer(group, rich_help_panel=panel)


def print_version(wanted: bool) -> None:
    """Print which parkner this is, and end."""
    if wanted:
        typer.echo(f"parkner {find_version('parkner')}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[bool, typer.Option("--version", callback=print_version, help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Print where an error arose too, for a bug report.")] = False,
) -> None:
    """Turn news about parks into data: split, pre-label, correct in doccano, train, evaluate, apply."""


def main() -> None:
    """Run the command line; what the user can put right becomes one line on standard error and exit code 1.

    `--debug` before the command prints the traceback above that line.
    That is a ParknerError, and an OSError for a full disk or for a place where we may not write. Ctrl-C and SIGTERM
    leave a word and exit code 130.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        try:
            code = app(standalone_mode=False)  # or usage errors would come in boxes
        finally:
            _flush()
    except typer.TyperException as error:
        error.show()  # type: ignore[attr-defined]  # every one that is raised has it
        raise SystemExit(error.exit_code) from error
    except typer.Abort as error:  # no answer to a question
        typer.echo("Aborted", err=True)
        raise SystemExit(1) from error
    except ParknerError as error:
        if DEBUG in sys.argv:
            traceback.print_exception(error)
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from error
    except OSError as error:
        if error.errno not in NO_PLACE:
            raise
        name = error.filename2 or error.filename or "standard output or a temporary file"
        typer.echo(f"Error: {name}: {error.strerror}", err=True)
        raise SystemExit(1) from error
    if code == INTERRUPTED:
        typer.echo("Interrupted", err=True)
    raise SystemExit(code)


def _flush() -> None:
    """Write out what was printed: a disk may be full only now, or `| head` have read enough."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # where the rest goes
        if isinstance(error, BrokenPipeError):
            raise SystemExit(1) from None
        raise ParknerError(f"{STREAM}: {error.strerror}") from error
