"""The commands about projects and the people in them: `parkner project …`."""

import math
from collections.abc import Iterable
from typing import Annotated

import typer
from doccano_client import DoccanoClient

from annotate.cli.options import LOCAL, RecordFile, Timeout, Url, to_name, to_share
from annotate.cost.pace import PAUSE
from annotate.doccano.api.client import get_project, list_projects, to_first_page
from annotate.doccano.api.log_in import log_in
from annotate.doccano.api.users import create_user, list_users
from annotate.doccano.push import Pushed
from annotate.doccano.row_format import read_for_doccano
from annotate.doccano.team.assignment import assign as assign_sentences
from annotate.doccano.team.assignment import describe_held, fetch_holders
from annotate.doccano.team.batches import list_with_batches
from annotate.doccano.team.members import ANNOTATOR, get_role, set_roles
from annotate.doccano.team.progress import join_parts, read_parts, read_total
from annotate.doccano.team.tables import to_people_table, to_project_table, to_span_table
from annotate.tables import print_tables
from annotate.terminal import console, show_status

app = typer.Typer(
    name="project", no_args_is_help=True, help="Show the progress of projects, add people to them, assign sentences."
)

Create = Annotated[
    bool, typer.Option("--create", help="Create the users that doccano lacks; each password is shown once.")
]
Name = Annotated[str, typer.Argument(help="The name of the doccano project.")]


@app.command("list")
def list_(url: Url = LOCAL) -> None:
    """List the projects in which you have a role, and their progress.

    Example: parkner project list --url http://127.0.0.1:8000
    """
    client = log_in(url)
    projects = sorted(list_projects(client), key=lambda project: project["name"])
    print_tables(to_project_table([(project["name"], read_total(client, project)) for project in projects]))


@app.command()
def show(name: Name, url: Url = LOCAL, timeout: Timeout = 120) -> None:
    """Show the progress of a project, and who has done what in it.

    The batches of its name are included. For each person it shows pace, spans
    and corrections.

    Example: parkner project show 园区新闻
    """
    client = log_in(url)
    projects = list_with_batches(client, to_name(name))
    with show_status("reading when each sentence was confirmed …"):
        parts = join_parts(part for project in projects for part in read_parts(client, project, timeout=timeout))
    totals = [(project["name"], read_total(client, project)) for project in projects]
    print_tables(to_project_table(totals), to_people_table(parts), to_span_table(parts))
    typer.echo(f"Hours are working time: more than {PAUSE // 60} minutes between two confirmations are a pause.")
    typer.echo("Spans are in the sentences that each person has confirmed; fixes are the corrections there.")


@app.command()
def add(
    name: Name,
    users: Annotated[list[str], typer.Argument(help="The users who become members.")],
    role: Annotated[
        str | None,
        typer.Option(
            help="annotator, annotation_approver or project_admin.", show_default="annotator, for the new ones"
        ),
    ] = None,
    create: Create = False,
    url: Url = LOCAL,
) -> None:
    """Make people members of a project, or give members another role.

    Example: parkner project add 园区新闻 li wang --create
    """
    client = log_in(url)
    project = get_project(client, to_name(name))
    get_role(client, role or ANNOTATOR)
    if create:
        create_missing(client, users)
    for line in set_roles(client, project, users, role=role):
        console.print(line)


@app.command()
def assign(
    file: RecordFile,
    project: Annotated[str, typer.Option(help="What the names of the batches begin with.")],
    to: Annotated[
        list[str], typer.Option(help="Who gets sentences: li, or li=2 for twice as many; may be given again.")
    ],
    create: Create = False,
    overlap: Annotated[
        float, typer.Option(parser=to_share, metavar="SHARE", help="The share that every person gets, such as 10%.")
    ] = 0,
    url: Url = LOCAL,
    timeout: Timeout = 120,
) -> None:
    """Split sentences among people by weight, and push each share.

    Each person's share goes to their own project, NAME · USER. A sentence stays
    with its annotator when the file grows or people are added: run it again to
    add what is new.

    Example: parkner project assign new.jsonl --project 园区新闻 --to li --to wang
    """
    name, weights, sentences = to_name(project), read_weights(to), list(read_for_doccano(file))
    client = log_in(url)
    if create:
        create_missing(client, weights)
    with show_status("doccano …") as tell:
        held = fetch_holders(client, name, timeout=timeout)
        for line in describe_held(name, sentences, held, besides=weights):
            console.print(f"Warning: {line}")
        for batch, pushed in assign_sentences(
            client, name, sentences, weights=weights, overlap=overlap, held=held, timeout=timeout, tell=tell
        ):
            for warning in pushed.warnings if pushed else ():
                console.print(f"Warning: {warning}")
            console.print(f"{batch}: {_describe(pushed)}")


def create_missing(client: DoccanoClient, users: Iterable[str]) -> None:
    """Create the users that doccano lacks, and print their passwords."""
    known = list_users(client)
    for user in users:
        if user not in known:
            typer.echo(f"user {user} created, password {create_user(client, user)} (shown only this once)")


def _describe(pushed: Pushed | None) -> str:
    if pushed is None:
        return "no sentences"
    return f"{pushed.sentences} sentences, {pushed.sent} of them new -> {to_first_page(pushed.where)}"


def read_weights(people: Iterable[str]) -> dict[str, float]:
    """Parse the weight of each person, 1 by default. A wrong weight, or a person given twice, is a usage error.

    >>> read_weights(["li=2", "wang"])
    {'li': 2.0, 'wang': 1.0}
    """
    weights: dict[str, float] = {}
    for given in people:
        person, _, weight = given.partition("=")
        try:
            number = float(weight or 1)
        except ValueError:
            number = 0
        if not person or person in weights or not 0 < number < math.inf:
            raise typer.BadParameter(f"--to {given}: give each user once, with a weight above 0: --to li=2 --to wang")
        weights[person] = number
    return weights
