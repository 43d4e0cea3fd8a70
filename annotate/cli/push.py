"""The command that pushes to doccano."""

from typing import Annotated

import typer

from annotate.cli.options import LOCAL, ProjectName, RecordFile, Timeout, Url, to_name
from annotate.doccano.api.client import to_first_page
from annotate.doccano.api.log_in import log_in
from annotate.doccano.order import set_scores
from annotate.doccano.push import push_tasks, store_tasks
from annotate.doccano.row_format import read_for_doccano
from annotate.doccano.team.assignment import UNDIVIDED, describe_held, fetch_holders, leave_out
from annotate.doccano.team.batches import list_batches
from annotate.errors import ParknerError
from annotate.sentence_store import store_sentences
from annotate.terminal import console, show_status


def push(
    file: RecordFile,
    project: ProjectName,
    order: Annotated[bool, typer.Option("--order", help="Set doccano's score to the place in the file.")] = False,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Send the sentences that a doccano project lacks.

    It makes the project if necessary, and checks that all sentences have arrived.

    Example: parkner push prelabelled.jsonl --project 园区新闻
    """
    tasks = store_tasks(read_for_doccano(file))
    name, client = to_name(project), log_in(url)
    with show_status("doccano …") as tell:
        held = fetch_holders(client, name, timeout=timeout) if list_batches(client, name) else {}
        for line in describe_held(name, tasks, held, besides=[UNDIVIDED]):
            console.print(f"Warning: {line}")
        if held:
            tasks = store_sentences(leave_out(tasks, held))
            if not any(True for _ in tasks):
                raise ParknerError(f"{client.baseurl}: nothing is left to send to {name}")
        pushed = push_tasks(client, name, tasks, timeout=timeout, tell=tell)
        if order:
            for count in set_scores(client, name, tasks, timeout=timeout):
                tell(f"{count} sentences ordered")
    for warning in pushed.warnings:
        console.print(f"Warning: {warning}")
    if pushed.changed:
        console.print(f"{pushed.changed} sentences have other spans there than in the file; they stay as they are")
    what = f"{pushed.sentences} sentences with {pushed.spans} spans, {pushed.sent} of them new"
    console.print(f"{what} -> {to_first_page(pushed.where, by_score=order)}")
