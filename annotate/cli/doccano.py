"""The command that runs a doccano on this machine."""

import signal
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import writable_folder
from annotate.doccano.server.run import run_doccano
from annotate.terminal import console


def doccano(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on 127.0.0.1.")] = 8000,
    home: Annotated[Path, typer.Option(callback=writable_folder, help="The folder of its database and logs.")] = Path(
        ".doccano"
    ),
    venv: Annotated[
        Path, typer.Option(callback=writable_folder, help="Its virtual environment, made if missing.")
    ] = Path(".venv-doccano"),
) -> None:
    """Run a doccano on this machine until Ctrl-C.

    It is a web server and a worker. The administrator is DOCCANO_USERNAME
    (admin) with DOCCANO_PASSWORD, or a random password that is shown once.
    The database is an SQLite file in --home, or the PostgreSQL of
    DOCCANO_DATABASE_URL (postgresql://user:password@host/database, over TLS
    unless it ends in ?sslmode=disable).

    Example: parkner doccano --port 8000
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    console.print("starting doccano …")
    with run_doccano(home, port=port, venv=venv, report=console.print) as server:
        console.print(f"doccano runs at {server.url}; Ctrl-C stops it")
        try:
            while True:
                server.check()
                time.sleep(0.5)
        finally:
            console.print("stopping doccano …")
