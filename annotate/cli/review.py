"""The command that accepts what several people agree on, and lets one person decide the rest in doccano."""

import shlex

from annotate.agreement.adjudication import Review, add_accepted, adjudicate
from annotate.agreement.groups import read_readings
from annotate.cli.agree import warn_of_lone_sentences
from annotate.cli.options import LOCAL, Output, ProjectName, Readings, Timeout, Url, to_name
from annotate.cli.outputs import check_apart
from annotate.doccano.api.client import to_first_page
from annotate.doccano.api.log_in import log_in
from annotate.doccano.order import set_scores
from annotate.doccano.push import push
from annotate.doccano.team.comments import post_comments
from annotate.overwrite import read_file, write_over
from annotate.records import find_records
from annotate.terminal import console, show_status


def review(
    readings: Readings,
    project: ProjectName,
    output: Output,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Accept sentences on which all agree, and push the rest to decide.

    In the project, each sentence has the spans of most readings, a comment for
    each reading, and a score for its place: the lowest agreement comes first.
    Other sentences in the output file stay there.

    Example: parkner review li.jsonl wang.jsonl --project 定稿 -o gold.jsonl
    """
    check_apart(output, find_records(readings))
    grouped = read_readings(readings)
    found = adjudicate(grouped)
    accepted = add_accepted(read_file(output), found.accepted)
    if found.undecided:
        send(found, to_name(project), url=url, timeout=timeout)
    _, backup = write_over(output, accepted, force=True)
    console.print(f"{len(found.accepted)} sentences that all agree on -> {output}")
    if backup:
        console.print(f"The old content of {output} is in {backup}")
    warn_of_lone_sentences(grouped, readings)
    if found.undecided:
        console.print("When they are confirmed, this command adds them to the gold:")
        console.print(f"parkner pull --project {shlex.quote(to_name(project))} --update -o {shlex.quote(str(output))}")
    else:
        console.print(
            f"Nothing is left to decide, and nothing goes to doccano: {output} is the gold of all shared sentences"
        )


def send(found: Review, name: str, *, url: str, timeout: float) -> None:
    """Push the undecided sentences, in order and with comments, to the project of this name, and report it."""
    client = log_in(url)
    with show_status("doccano …") as tell:
        pushed = push(client, name, found.undecided, timeout=timeout, tell=tell)
        for count in post_comments(client, name, found.comments, timeout=timeout):
            tell(f"{count} comments posted")
        for count in set_scores(client, name, found.undecided, timeout=timeout):
            tell(f"{count} sentences ordered")
    for warning in pushed.warnings:
        console.print(f"Warning: {warning}")
    page = to_first_page(pushed.where, by_score=True)
    console.print(f"{pushed.sentences} sentences to decide, {pushed.sent} of them new -> {page}")
