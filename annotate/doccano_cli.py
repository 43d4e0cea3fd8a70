"""The commands about doccano: run one, push to it, pull from it."""

import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from doccano_client import DoccanoClient

from annotate.corpus import write_sentences
from annotate.doccano_client import connect
from annotate.doccano_rows import read_for_doccano
from annotate.pull import pull as pull_sentences
from annotate.push import push as push_sentences
from annotate.server import run_doccano
from annotate.settings import load_labels
from annotate.terminal import console

app = typer.Typer()

Project = Annotated[str, typer.Option(help="The name of the doccano project.")]
Url = Annotated[str, typer.Option(envvar="DOCCANO_URL", help="Where doccano is.")]
Timeout = Annotated[float, typer.Option(min=0, help="Seconds that doccano's worker may take for a task.")]
LOCAL = "http://127.0.0.1:8000"


@app.command()
def doccano(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on 127.0.0.1.")] = 8000,
    home: Annotated[Path, typer.Option(help="The folder of its database and logs.")] = Path(".doccano"),
    venv: Annotated[Path, typer.Option(help="Its virtual environment, made when missing.")] = Path(".venv-doccano"),
) -> None:
    """Run a doccano, web server and worker, on this machine until Ctrl-C.

    The administrator is DOCCANO_USERNAME (admin) with DOCCANO_PASSWORD, or a random password that is shown once.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    console.print("starting doccano …")
    with run_doccano(home, port=port, venv=venv, report=console.print) as server:
        console.print(f"doccano runs at {server.url}; Ctrl-C stops it")
        while True:
            server.check()
            time.sleep(0.5)


@app.command()
def push(
    file: Annotated[Path, typer.Argument(help="A JSONL file, or - for standard input.")],
    project: Project,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Send sentences to a doccano project, which is made when there is none, and see that all of them arrive."""
    sentences = read_for_doccano(file)
    with console.status(f"doccano takes {len(sentences)} sentences …"):
        pushed = push_sentences(_log_in(url), project.strip(), sentences, timeout=timeout)
    for warning in pushed.warnings:
        console.print(f"Warning: {warning}")
    spans = sum(len(sentence.spans) for sentence in sentences)
    console.print(f"{len(sentences)} sentences with {spans} spans -> {pushed.where}/dataset")


@app.command()
def pull(
    project: Project,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, or - for standard output.")],
    everything: Annotated[bool, typer.Option("--all", help="Take unconfirmed sentences too.")] = False,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Fetch the confirmed sentences of a doccano project."""
    with console.status("doccano exports …"):
        pulled = pull_sentences(_log_in(url), project.strip(), everything=everything, timeout=timeout)
    count = write_sentences(output, pulled.sentences)
    for warning in pulled.warnings:
        console.print(f"Warning: {warning}")
    labels = Counter(span.label for sentence in pulled.sentences for span in sentence.spans)
    spans = ", ".join(f"{labels[label.name]} {label.name}" for label in load_labels())
    console.print(f"{count} sentences, {pulled.confirmed} of them confirmed: {spans} -> {output}")


def _log_in(url: str) -> DoccanoClient:
    """A client with the user name and password of the environment, the only place they may come from."""
    for name in ("DOCCANO_USERNAME", "DOCCANO_PASSWORD"):
        if not os.environ.get(name):
            raise typer.BadParameter(f"set the environment variable {name}")
    return connect(url, os.environ["DOCCANO_USERNAME"], os.environ["DOCCANO_PASSWORD"])
