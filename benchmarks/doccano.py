"""Measures time and memory of push and pull, and our share of the time: python benchmarks/doccano.py [SENTENCES…]

It starts a new doccano on an empty SQLite database and runs the commands as a user does. A sentence has three spans.
"Ours" is the CPU time of our process; all other time is counted as the server's.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from annotate.doccano.api.client import connect, list_all, look_up_project
from annotate.doccano.server.run import run_doccano
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence

GOLD = Path("corpus/gold/train")
SPANS = 3
SIZES = (5_000, 20_000)
CONFIRMED = 500
CHIEF = "chief"
console = Console(width=110)


class Run(NamedTuple):
    """A command, its number of sentences, its seconds, the CPU seconds of our process, and our peak memory (MB)."""

    what: str
    sentences: int
    seconds: float
    ours: float
    megabytes: float


def make_sentences(count: int) -> Iterator[Sentence]:
    """Yield sentences of the bundled gold with three spans each, again and again, under new article names each time."""
    fitting = [
        sentence.with_spans(sentence.spans[:SPANS]) for sentence in read_sentences(GOLD) if len(sentence.spans) >= SPANS
    ]
    for number, sentence in enumerate(islice(cycle(fitting), count)):
        article = f"{sentence.article}-{number // len(fitting)}"
        yield Sentence(sentence.text, sentence.spans, article, sentence.number, sentence.extra)


def measure(what: str, sentences: int, *arguments: object, environment: dict[str, str]) -> Run:
    """Run `parkner` with these arguments and measure it."""
    command = [sys.executable, "-m", "training", *map(str, arguments)]
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{what}: exit code {process.returncode}")
    seconds = time.perf_counter() - start
    return Run(what, sentences, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def run_all(sizes: list[int]) -> Iterator[Run]:
    """Yield the result of each command when it is done, with a separate project for each size."""
    password = secrets.token_urlsafe()
    os.environ |= {"DOCCANO_USERNAME": CHIEF, "DOCCANO_PASSWORD": password}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with run_doccano(home / "doccano", port=8765, venv=Path(".venv-doccano"), report=console.print) as server:
            environment = {**os.environ, "DOCCANO_URL": server.url}
            for size in sizes:
                file, back = home / f"{size}.jsonl", home / f"{size}-back.jsonl"
                write_sentences(file, make_sentences(size))
                project = ("--project", f"{size}")
                push = ("push", file, *project, "--timeout", 600)
                pull = ("pull", *project, "--timeout", 600, "-o")
                yield measure("push and verify", size, *push, environment=environment)
                yield measure("push again", size, *push, environment=environment)
                yield measure("pull --all", size, *pull, back, "--all", environment=environment)
                confirm(server.url, password, f"{size}")
                confirmed = measure(
                    "pull, confirmed", CONFIRMED, *pull, home / "confirmed.jsonl", environment=environment
                )
                (home / "confirmed.jsonl").unlink()
                yield confirmed


def confirm(url: str, password: str, name: str) -> None:
    """Confirm the first sentences of a project."""
    client = connect(url, CHIEF, password)
    project = look_up_project(client, name)
    assert project
    endpoint = f"v1/projects/{project['id']}/examples"
    for example in islice(list_all(client, endpoint), CONFIRMED):
        client.post(f"{endpoint}/{example['id']}/states")


def main() -> None:
    """Print a row for each command."""
    table = Table("", "sentences", "seconds", "ours", "ours / server's", "memory, MB")
    for run in run_all([int(size) for size in sys.argv[1:]] or list(SIZES)):
        share = run.ours / (run.seconds - run.ours)
        figures = f"{run.sentences:,}", f"{run.seconds:.1f}", f"{run.ours:.1f}", f"{share:.1%}", f"{run.megabytes:.0f}"
        table.add_row(run.what, *figures)
        console.print(run.what, *figures)
    console.print(table)


if __name__ == "__main__":
    main()
