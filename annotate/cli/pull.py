"""The command that pulls from doccano."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from doccano_client import DoccanoClient

from annotate.cli.options import LOCAL, Timeout, Url, to_moment, to_name, writable, writable_folder
from annotate.doccano.api.client import get_project
from annotate.doccano.api.log_in import log_in
from annotate.doccano.pull import pull as pull_sentences
from annotate.doccano.reading_store import ReadingStore
from annotate.doccano.team.by_annotator import find_losses_by_annotator, name_files, to_takeovers
from annotate.doccano.team.progress import read_total
from annotate.errors import ParknerError
from annotate.overwrite import check_losses, list_some, read_file, set_aside, write_over
from annotate.sentence import Sentence, locate
from annotate.settings import load_labels
from annotate.terminal import console, show_status

Projects = Annotated[list[str], typer.Option("--project", help="The name of a doccano project; may be given again.")]


def pull(
    project: Projects,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", callback=writable(".jsonl"), help="The .jsonl file to write, or -."),
    ] = None,
    by_annotator: Annotated[
        Path | None,
        typer.Option(
            callback=writable_folder, help="Write what each person has confirmed to a separate file in this folder."
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Take unconfirmed sentences too.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Keep sentences of the file that do not come.")] = False,
    since: Annotated[
        datetime | None,
        typer.Option(parser=to_moment, metavar="DATE", help="Update with what was confirmed since this day (UTC)."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write faulty labels too, and overwrite work in the file.")
    ] = False,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Fetch the confirmed sentences of doccano projects, each once.

    It keeps a dated copy of the file that was there.

    Example: parkner pull --project 园区新闻 -o corrected.jsonl
    """
    if (output is None) == (by_annotator is None):
        raise typer.BadParameter("give either -o FILE or --by-annotator DIR")
    if since and everything:
        raise typer.BadParameter("--since takes confirmed sentences only: leave out --all")
    if by_annotator and (update or everything):
        raise typer.BadParameter("--by-annotator takes what each has confirmed: leave out --update and --all")
    client = log_in(url)
    with show_status("doccano exports …") as tell:
        pulled = pull_sentences(
            client,
            *[to_name(name) for name in project],
            everything=everything,
            since=since,
            base=read_file(output) if output and (update or since) else (),
            timeout=timeout,
            tell=tell,
        )
    for line in describe_progress(client, project):
        console.print(line)
    for warning in (*(pulled.differences if output else ()), *pulled.warnings):
        console.print(f"Warning: {warning}")
    if pulled.faults and not force:
        raise ParknerError(f"{list_some(pulled.faults)}; nothing is written; --force writes it anyway")
    for fault in pulled.faults:
        console.print(f"Warning: {fault}")
    if output:
        _write(output, pulled.sentences, force=force)
    if by_annotator:
        _write_apart(by_annotator, pulled.readings, force=force)
    if pulled.trimmed:
        console.print(f"{pulled.trimmed} spans had blanks or punctuation at their edges, which were cut off")


def describe_progress(client: DoccanoClient, names: Iterable[str]) -> Iterator[str]:
    """Yield how far each project is, except those in which everybody confirms separately."""
    for name in map(to_name, names):
        sentences, confirmed, _ = read_total(client, get_project(client, name))
        if confirmed is not None:
            yield f"{name}: {confirmed} of {sentences} sentences confirmed, {sentences - confirmed} to go"


def _write_apart(folder: Path, readings: ReadingStore, *, force: bool) -> None:
    """Write what each person has confirmed to a separate file; write nothing if one of the files would lose work."""
    files = name_files(folder, readings)
    takeovers = to_takeovers(files, readings)
    if not force:
        losses = list(find_losses_by_annotator(files, readings, takeovers))
        check_losses(folder, losses, way_out="--force writes anyway")
    for (before, now), taken in takeovers.items():
        places = list_some([locate(sentence) for sentence in taken])
        what = f"{len(taken)} sentences of {before} are in the file of {now}, who has confirmed them since"
        console.print(f"Warning: {what}: {places}")
    people = readings.list_confirmers()
    for user, file in files.items():
        if user in people:
            _write(file, readings.read(user), force=True)
        else:
            console.print(
                f"{user} has no confirmed sentences here any more: the old content of {file} is in {set_aside(file)}"
            )


def _write(path: Path, sentences: Iterable[Sentence], *, force: bool) -> None:
    """Write the sentences and print their counts."""
    counts = Counter[str]()

    def counted() -> Iterator[Sentence]:
        for sentence in sentences:
            counts.update(span.label for span in sentence.spans)
            counts["confirmed"] += "annotator" in sentence.extra
            yield sentence

    count, backup = write_over(path, counted(), force=force)
    spans = ", ".join(f"{counts[label.name]} {label.name}" for label in load_labels())
    confirmed = f", {counts['confirmed']} of them confirmed" if counts["confirmed"] < count else ""
    console.print(f"{count} sentences{confirmed}: {spans} -> {path}")
    if backup:
        console.print(f"The old content of {path} is in {backup}")
