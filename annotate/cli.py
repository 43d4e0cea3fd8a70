"""The commands that need no spaCy. Each is a caption: read, call, write, report."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.agree_cli import app as agree_app
from annotate.agreement import Difference, to_line
from annotate.arguments import Output, Simplify, Sources, readable, writable, writable_folder
from annotate.check import check as check_files
from annotate.clean import Dropped
from annotate.consistency import find_unlabelled
from annotate.corpus import find_records, read_records, read_sentences, write_sentences
from annotate.doccano.cli import app as doccano_app
from annotate.doccano.project_cli import app as project_app
from annotate.doccano.pull_cli import app as pull_app
from annotate.economy_cli import app as economy_app
from annotate.files import open_output
from annotate.markup import to_gold, to_marked_line
from annotate.outputs import check_apart
from annotate.pages import read_pages
from annotate.rules_cli import app as rules_app
from annotate.sources import find_pages, find_sources, read_articles
from annotate.stats import Counts, add_up, count_kinds, find_shortages
from annotate.tables import print_tables, to_count_table, to_kind_table
from annotate.terminal import console

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
app.add_typer(doccano_app)
app.add_typer(pull_app)
app.add_typer(agree_app)
app.add_typer(rules_app, name="rules")
app.add_typer(project_app, name="project")
app.add_typer(economy_app)

Semicolons = Annotated[bool, typer.Option(help="Split sentences at semicolons too, or leave them whole there.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say which lines cleaning dropped, and why.")]


@app.command()
def split(
    sources: Sources,
    output: Output,
    simplify: Simplify = False,
    semicolons: Semicolons = True,
    verbose: Verbose = False,
) -> None:
    """Clean raw pages and split them into sentences, a record a line."""
    check_apart(output, find_pages(sources))
    sentences = read_pages(
        sources, simplified=simplify, semicolons=semicolons, on_drop=print_dropped if verbose else None
    )
    count = write_sentences(output, sentences)
    console.print(f"{count} sentences -> {output}")
    if not count:
        console.print("Warning: cleaning has left nothing: --verbose says what it dropped, and why")


def print_dropped(article: str, dropped: Dropped) -> None:
    """Tell of one line that is no part of its article."""
    console.print(f"{article}: line {dropped.line}: {dropped.reason}: {dropped.text}")


@app.command()
def check(
    files: Annotated[
        list[Path], typer.Argument(callback=readable(find_records), help="Records: .jsonl files, or folders of them.")
    ],
    stats: Annotated[bool, typer.Option("--stats", help="Count surfaces, units and forms of dates too.")] = False,
    unlabelled: Annotated[
        bool, typer.Option("--unlabelled", help="List what is labelled three times or more and elsewhere not.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for a warning too.")] = False,
) -> None:
    """Validate records and partitions, and count what there is. Exits with 1 if there is a problem."""
    report = check_files(files)
    for line in [*(f"Warning: {warning}" for warning in report.warnings), *report.problems]:
        typer.echo(line, err=True)
    print_tables(to_count_table(report.counts))
    if stats:
        print_kinds(report.counts)
    if unlabelled:
        for sentence, span in find_unlabelled(list(read_sentences(*files))):
            typer.echo(to_line(Difference(sentence, span.start, span.end, (), (span,))))
    for line in find_shortages(report.counts["train"]) if "train" in report.counts else ():
        typer.echo(f"Note: {line}")
    if report.problems or (strict and report.warnings):
        raise typer.Exit(1)


def print_kinds(counts: dict[str, Counts]) -> None:
    """Count the distinct surfaces, and list the units and forms of dates, the most frequent first."""
    print_tables(to_kind_table(counts))
    for kind, found in count_kinds(add_up(counts.values())).items():
        typer.echo(f"{kind}: " + ", ".join(f"{name or '(none)'} {count}" for name, count in found.most_common()))


@app.command()
def mark(
    files: Annotated[
        list[Path], typer.Argument(callback=readable(find_records), help="Records of one article, as .jsonl files.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", callback=writable(".txt"), help="The .txt file to write, or - for standard output."
        ),
    ],
) -> None:
    """Write records as text with marked entities, `[光谷](PARK)`, a sentence a line, for people to edit."""
    check_apart(output, find_records(files))
    with open_output(output) as stream:
        stream.writelines(to_marked_line(sentence, address=address) for address, sentence in read_records(*files))


@app.command()
def unmark(
    pages: Annotated[
        list[Path],
        typer.Argument(callback=readable(find_pages), help="Pages with marked entities, .txt, each an article."),
    ],
    gold: Annotated[Path, typer.Option(callback=writable_folder, help="The folder for the records.")],
    articles: Annotated[Path, typer.Option(callback=writable_folder, help="The folder for the raw pages.")],
) -> None:
    """Turn pages with marked entities into raw pages and gold records, or none of them where a mark is wrong."""
    for path, name in find_sources(pages, find_pages):
        check_apart(articles / f"{name}.txt", [path])
    golds = [(marked.name, *to_gold(marked)) for marked in read_articles(pages)]
    for name, page, sentences in golds:
        with open_output(articles / f"{name}.txt") as stream:
            stream.write(page)
        write_sentences(gold / f"{name}.jsonl", sentences)
