"""The entry point of `parkner`: all commands, in panels that follow the loop, and the only place that prints errors."""

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import version
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
INTERRUPTED = 130  # typer's exit code after Ctrl-C
UsageError: type[typer.BadParameter] = typer.BadParameter.__bases__[0]  # typer has no public name for it

PANELS: dict[str, tuple[Callable[..., None] | typer.Typer, ...]] = {
    "Pages and rules": (split, prelabel, mark, unmark, rules),
    "Correct in doccano": (doccano, push, pull, project),
    "Judge the labels": (check, agree, review, economy),
    "Train and measure": (convert, train, evaluate, curve, rank, silver, pretrain, segmenter),
    "Use the model": (apply, package),
}
app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich")
for panel, commands in PANELS.items():
    for command in commands:
        if isinstance(command, typer.Typer):
            app.add_typer(command, rich_help_panel=panel)
        else:
            app.command(rich_help_panel=panel)(command)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"parkner {version('parkner')}")
        raise typer.Exit


@app.callback()
def begin(
    context: typer.Context,
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Also show the traceback of an error, for a bug report.")
    ] = False,
) -> None:
    """Turn raw Chinese news into labelled data and a spaCy model, with people correcting in doccano."""
    context.ensure_object(dict)["debug"] = debug


def main() -> None:
    """Run the command line; print an error that the user can fix as one line on standard error, with exit code 1.

    Such errors are a ParknerError, and an OSError because of a full disk or a place where we cannot write. With --debug
    the traceback comes before the line. Ctrl-C and SIGTERM print "Interrupted", with exit code 130.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings: dict[str, bool] = {}
    try:
        code = _run(settings)
    except (ParknerError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in NO_PLACE:
            raise
        if settings.get("debug"):
            traceback.print_exception(error)
        typer.echo(f"Error: {_describe(error)}", err=True)
        raise SystemExit(1) from error
    if code == INTERRUPTED:
        typer.echo("Interrupted", err=True)
    raise SystemExit(code)


def _run(settings: dict[str, bool]) -> int:
    """Run a command, which fills `settings`, and return the exit code.

    A usage error is printed in plain lines, because typer's box would break a path in two.
    """
    try:
        return app(prog_name="parkner", standalone_mode=False, obj=settings) or 0
    except UsageError as error:
        if error.format_message():  # empty if the help was printed instead
            error.show()
        return error.exit_code
    except typer.Abort:
        typer.echo("Aborted!", err=True)
        return 1
    finally:
        _flush()


def _describe(error: ParknerError | OSError) -> str:
    if isinstance(error, ParknerError):
        return str(error)
    return f"{error.filename2 or error.filename or 'standard output or a temporary file'}: {error.strerror}"


def _flush() -> None:
    """Flush standard output: only now may the disk be full, or `| head` have read enough."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # discards the rest
        if isinstance(error, BrokenPipeError):
            raise SystemExit(1) from None
        raise ParknerError(f"{STREAM}: {error.strerror}") from error
