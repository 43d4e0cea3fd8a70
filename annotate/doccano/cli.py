"""The commands that run a doccano and push to it."""

import signal
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from annotate.arguments import RecordFile, writable_folder
from annotate.doccano.assignment import UNDIVIDED, describe_held, find_holders, leave_out
from annotate.doccano.client import to_first_page
from annotate.doccano.log_in import LOCAL, Timeout, Url, log_in, to_name
from annotate.doccano.order import set_scores
from annotate.doccano.project import find_batches
from annotate.doccano.push import push as push_sentences
from annotate.doccano.rows import read_for_doccano
from annotate.doccano.server import run_doccano
from annotate.errors import ParknerError
from annotate.spool import lay_aside
from annotate.terminal import console, show_status

app = typer.Typer()

Project = Annotated[str, typer.Option(help="The name of the doccano project.")]


@app.command()
def doccano(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on 127.0.0.1.")] = 8000,
    home: Annotated[Path, typer.Option(callback=writable_folder, help="The folder of its database and logs.")] = Path(
        ".doccano"
    ),
    venv: Annotated[
        Path, typer.Option(callback=writable_folder, help="Its virtual environment, made when missing.")
    ] = Path(".venv-doccano"),
) -> None:
    """Run a doccano, web server and worker, on this machine until Ctrl-C.

    The administrator is DOCCANO_USERNAME (admin) with DOCCANO_PASSWORD, or a random password that is shown once. Its
    database is an SQLite file in --home, or the PostgreSQL of DOCCANO_DATABASE_URL
    (postgresql://user:password@host/database, over TLS unless it ends in ?sslmode=disable).
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


@app.command()
def push(
    file: RecordFile,
    project: Project,
    order: Annotated[bool, typer.Option("--order", help="Make the place in the file doccano's score.")] = False,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Send the sentences that a doccano project lacks, and see that all are there; the project is made if need be."""
    sentences = lay_aside(read_for_doccano(file))
    name, client = to_name(project), log_in(url)
    with show_status("doccano …") as tell:
        held = find_holders(client, name, timeout=timeout).held if find_batches(client, name) else {}
        for line in describe_held(name, sentences, held, besides=[UNDIVIDED]):
            console.print(f"Warning: {line}")
        sentences = lay_aside(leave_out(sentences, held))
        if not any(True for _ in sentences):
            raise ParknerError(f"{client.baseurl}: nothing is left to send to {name}")
        pushed = push_sentences(client, name, sentences, timeout=timeout, tell=tell)
        if order:
            for count in set_scores(client, name, sentences, timeout=timeout):
                tell(f"{count} sentences ordered")
    for warning in pushed.warnings:
        console.print(f"Warning: {warning}")
    if pushed.changed:
        console.print(f"{pushed.changed} sentences have other spans there than in the file, and keep them")
    what = f"{pushed.sentences} sentences with {pushed.spans} spans, {pushed.sent} of them new"
    console.print(f"{what} -> {to_first_page(pushed.where, by_score=order)}")
