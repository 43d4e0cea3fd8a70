"""How the commands get into doccano: its address, and a user name and password that stand in no file or argument."""

import os
import re
import sys
from collections.abc import Callable
from getpass import getpass
from typing import Annotated

import typer
from doccano_client import DoccanoClient

from annotate.doccano.client import connect
from annotate.terminal import console

Url = Annotated[str, typer.Option(envvar="DOCCANO_URL", help="Where doccano is.")]
Timeout = Annotated[float, typer.Option(min=0, help="Seconds that doccano's worker may take for a task.")]
LOCAL = "http://127.0.0.1:8000"


def to_name(given: str) -> str:
    """The name of a project without blanks around it; a usage error for none."""
    if not given.strip():
        raise typer.BadParameter("the name of the project is empty")
    return given.strip()


def log_in(url: str) -> DoccanoClient:
    """A client with the user name and password of the environment, or of a prompt where somebody can answer it."""
    if is_in_clear(url):
        console.print("Warning: by http://, whoever listens on the way reads the password: use https://")
    return connect(url, _find("DOCCANO_USERNAME", ask=console.input), _find("DOCCANO_PASSWORD", ask=getpass))


def is_in_clear(url: str) -> bool:
    """Whether a password sent there can be read on the way to another machine.

    >>> [is_in_clear(url) for url in ("http://labels.example/", "https://labels.example/", "http://127.0.0.1:8000")]
    [True, False, False]
    """
    return url.startswith("http://") and not re.match(r"http://(localhost|127\.[\d.]+|\[::1\])([:/]|$)", url)


def _find(name: str, *, ask: Callable[[str], str]) -> str:
    value = os.environ.get(name, "")
    if not value and sys.stdin.isatty():
        value = ask(f"{name}: ")
    if not value:
        raise typer.BadParameter(f"set the environment variable {name}")
    return value
