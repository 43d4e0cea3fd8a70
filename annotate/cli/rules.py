"""The commands about rules: a report on each rule, and the names that the rules miss."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.agreement.differences import pair
from annotate.cli.options import Gazetteer, Rules, readable, writable
from annotate.cli.outputs import check_apart
from annotate.files import STREAM
from annotate.records import find_records, read_sentences
from annotate.rules.file import RULES, load_rules
from annotate.rules.own_names import add_names, load_gazetteer
from annotate.rules.report import read_prelabels, to_report_card
from annotate.rules.suggest import suggest_names, write_suggestions
from annotate.rules.tables import find_examples, to_label_table, to_rule_table, to_summary
from annotate.tables import print_tables
from annotate.terminal import console

app = typer.Typer(
    name="rules", no_args_is_help=True, help="Evaluate the rules on corrected sentences, and learn names."
)

Gold = Annotated[
    Path,
    typer.Argument(callback=readable(find_records), help="Corrected records: a .jsonl file or a folder of them."),
]


@app.command()
def report(
    gold: Gold,
    prelabelled: Annotated[
        Path | None,
        typer.Argument(
            callback=readable(find_records),
            help="The same records, as `prelabel` wrote them.",
            show_default="the `origin` in GOLD",
        ),
    ] = None,
    examples: Annotated[int, typer.Option(min=0, help="How many corrections of each rule to show.")] = 0,
) -> None:
    """Show how people corrected each rule's spans.

    It also shows the spans that no rule found, and the sum of all corrections.

    Example: parkner rules report corrected.jsonl
    """
    pairing = pair(read_prelabels(prelabelled or gold), read_sentences(gold))
    card = to_report_card(pairing)
    print_tables(to_rule_table(card), to_label_table(card))
    typer.echo(to_summary(card))
    for line in find_examples(card.verdicts, most=examples):
        typer.echo(line)
    for what, alone in zip((f"are not in {gold}", "have no pre-labels"), pairing.unpaired, strict=True):
        if alone:
            typer.echo(f"Warning: {alone} sentences {what}", err=True)


@app.command()
def suggest(
    gold: Gold,
    output: Annotated[
        Path, typer.Option("--output", "-o", callback=writable(), help="The file to write, or - for standard output.")
    ] = STREAM,
    rules: Rules = RULES,
    gazetteer: Gazetteer = None,
    least: Annotated[int, typer.Option(min=1, help="How often a name must be labelled.")] = 1,
) -> None:
    """List parks and organisations that the rules miss.

    Each line has a name, its label, how often it is labelled, and the share of
    its occurrences that are labelled.

    Example: parkner rules suggest corrected.jsonl -o names.tsv
    """
    check_apart(output, find_records([gold]))
    known = add_names(load_rules(rules), load_gazetteer(*gazetteer or ()))
    count = write_suggestions(output, suggest_names(read_sentences(gold), known, least=least))
    console.print(f"{count} names -> {output}")
