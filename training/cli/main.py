"""The entry point of `parkner`: all commands, in the order of the loop, and the one place where errors are told."""

import errno
import os
import signal
import sys
from collections.abc import Callable
from itertools import chain

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
INTERRUPTED = 130  # what typer makes of Ctrl-C

COMMANDS: tuple[tuple[Callable[..., None], ...], ...] = (
    (split, prelabel, mark, unmark, check),
    (doccano, push, pull, agree, review, economy),
    (convert, train, evaluate, apply, package),
    (rank, curve, silver, pretrain, segmenter),
)
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
for command in chain.from_iterable(COMMANDS):
    app.command()(command)
app.add_typer(rules, name="rules")
app.add_typer(project, name="project")


def main() -> None:
    """Run the command line; what the user can put right becomes one line on standard error and exit code 1.

    That is a ParknerError, and an OSError that tells of a full disk or of a place where we may not write. Ctrl-C and
    SIGTERM leave a word and exit code 130.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        try:
            app()
        finally:
            _flush()
    except ParknerError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from error
    except OSError as error:
        if error.errno not in NO_PLACE:
            raise
        name = error.filename2 or error.filename or "standard output or a temporary file"
        typer.echo(f"Error: {name}: {error.strerror}", err=True)
        raise SystemExit(1) from error
    except SystemExit as end:
        if end.code == INTERRUPTED:
            typer.echo("Interrupted", err=True)
        raise


def _flush() -> None:
    """Write out what was printed: a disk may be full only now, or `| head` have read enough."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # where the rest goes
        if isinstance(error, BrokenPipeError):
            raise SystemExit(1) from None
        raise ParknerError(f"{STREAM}: {error.strerror}") from error
