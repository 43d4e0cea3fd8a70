"""The commands that need spaCy, which is imported only when one of them runs, and the entry point of `parkner`."""

import errno
import json
import os
import signal
import sys
from contextlib import redirect_stdout
from itertools import tee
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from annotate.arguments import (
    Gazetteer,
    Output,
    Records,
    Rules,
    Simplify,
    Sources,
    find_single,
    readable,
    writable,
    writable_folder,
)
from annotate.cli import app
from annotate.corpus import find_records, read_sentences, write_sentences
from annotate.errors import ParknerError
from annotate.files import STREAM, open_output
from annotate.options import to_share
from annotate.outputs import check_apart
from annotate.own_names import add_names, load_gazetteer
from annotate.pages import read_pages
from annotate.relabel import read_to_label
from annotate.rules import prelabel as prelabel_by_rules
from annotate.rules_file import RULES, load_rules
from annotate.settings import CONFIGS
from annotate.sources import find_pages
from annotate.tables import print_tables
from annotate.terminal import console, show_progress
from training.inputs import DEFAULT_CONFIG, DEFAULT_GOLD, Config, HeldOut, Model, find_data, find_gold, find_pipelines
from training.pretrain_cli import app as pretrain_app
from training.rank_cli import app as rank_app
from training.segmenter_cli import app as segmenter_app
from training.silver_cli import app as silver_app

DEFAULT_CARD = CONFIGS / "model-card.md"
DEFAULT_TRAIN = Path("corpus/gold/train")
NO_PLACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT}
INTERRUPTED = 130  # what typer makes of Ctrl-C
SHARES = [0.12, 0.25, 0.5, 1.0]
app.add_typer(segmenter_app)
app.add_typer(pretrain_app)
app.add_typer(silver_app)
app.add_typer(rank_app)


@app.command()
def prelabel(
    file: Records,
    output: Output,
    rules: Annotated[
        Path | None,
        typer.Option(
            callback=readable(find_single), help="The rules file.  [default: configs/rules.toml, none with --model]"
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(callback=readable(find_pipelines), help="A trained pipeline, such as models/ner/model-best."),
    ] = None,
    gazetteer: Gazetteer = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Label anew what people have corrected or confirmed: their work is lost.")
    ] = False,
) -> None:
    """Label sentences with rules, a model, or both: then rules add what overlaps no span of the model."""
    if gazetteer and model and rules is None:
        raise typer.BadParameter("--gazetteer adds names to the rules: with --model, give --rules too")
    sentences, own = read_to_label(file, anew=replace), load_gazetteer(*gazetteer or ())
    if model is None:
        labelled = prelabel_by_rules(sentences, add_names(load_rules(rules or RULES), own))
    else:
        known = add_names(load_rules(rules), own) if rules else None
        from training.predict import load_model, merge, predict

        first, second = tee(sentences)
        labelled = predict(first, load_model(model))
        if known:
            labelled = merge(labelled, prelabel_by_rules(second, known))
    count = write_sentences(output, show_progress(labelled, "Labelling"))
    console.print(f"{count} sentences -> {output}")


@app.command()
def convert(
    gold: Annotated[
        Path,
        typer.Argument(
            callback=readable(find_gold), help="The folder of gold records, with train/, dev/ and, if need be, test/."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", callback=writable_folder, help="The folder for the .spacy files.")
    ],
    silver: Annotated[
        list[Path] | None,
        typer.Option(
            callback=readable(find_records),
            help="Records to train on too, as `silver` writes them; may be given again.",
        ),
    ] = None,
) -> None:
    """Convert gold records to spaCy's training data; list the entities that do not align with tokens."""
    from training.convert import convert as convert_folders

    for path, unaligned in convert_folders(gold, output, silver=silver or ()).items():
        for line in unaligned:
            typer.echo(f"Warning: {line}", err=True)
        console.print(f"{path}: {len(unaligned)} entities do not align")


@app.command()
def train(
    output: Annotated[
        Path, typer.Option("--output", "-o", callback=writable_folder, help="The folder for model-best and model-last.")
    ],
    config: Config = DEFAULT_CONFIG,
    data: Annotated[
        Path,
        typer.Option(
            callback=readable(find_data), help="The folder with train.spacy and dev.spacy, as `convert` writes them."
        ),
    ] = Path("corpus"),
    pretrained: Annotated[
        Path | None,
        typer.Option(callback=readable(find_single), help="Weights to start from, as `pretrain` writes them."),
    ] = None,
    gpu: Annotated[int, typer.Option(help="The GPU to train on, -1 for the CPU.")] = -1,
) -> None:
    """Train a pipeline with spaCy on the converted gold."""
    from training.train import train as train_pipeline

    best = train_pipeline(config, output, data=data, pretrained=pretrained, gpu=gpu)
    console.print(f"The best pipeline is {best}")


@app.command()
def evaluate(
    model: Model,
    gold: Annotated[
        list[Path],
        typer.Argument(callback=readable(find_records), help="Gold records: .jsonl files, or folders of them."),
    ],
    rules: Rules = RULES,
    gazetteer: Gazetteer = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", callback=writable(".json"), help="Write the scores to this .json file too."),
    ] = None,
) -> None:
    """Print precision, recall and F1 of rules and model: exact spans, counted in characters of the gold."""
    sentences = list(read_sentences(*gold))
    known = add_names(load_rules(rules), load_gazetteer(*gazetteer or ()))
    from annotate.score import score
    from training.predict import load_model, predict
    from training.tables import to_table

    nlp = load_model(model)
    predicted = show_progress(predict(sentences, nlp), "Predicting", total=len(sentences))
    scores = {
        "rules": score(sentences, prelabel_by_rules(sentences, known)),
        "model": score(sentences, predicted),
    }
    print_tables(to_table(scores, title=f"{', '.join(map(str, gold))}: {len(sentences)} sentences"))
    if json_file:
        with open_output(json_file) as stream:
            json.dump(
                {system: {k: v._asdict() for k, v in rows.items()} for system, rows in scores.items()}, stream, indent=2
            )


@app.command()
def curve(
    config: Config = DEFAULT_CONFIG,
    gold: Annotated[
        Path,
        typer.Option(callback=readable(find_gold), help="The folder of gold records, with train/ and dev/ in it."),
    ] = DEFAULT_GOLD,
    held_out: HeldOut = None,
    share: Annotated[
        list[float],
        typer.Option(
            parser=to_share,
            metavar="SHARE",
            help="A share of the training files, such as 0.5 or 50%; may be given again.",
        ),
    ] = SHARES,
    seeds: Annotated[int, typer.Option(help="How many seeds to train each with.", min=1)] = 3,
    plot: Annotated[
        Path | None, typer.Option(callback=writable(".png"), help="Draw the curve into this .png file too.")
    ] = None,
) -> None:
    """Train on shares of the training files, draw how the score grows, say whether to annotate more."""
    from training.advice import find_advice
    from training.curve import measure_curve, to_curve_tables, to_curves
    from training.plot import to_text, write_png

    measured = measure_curve(config, gold, held_out=held_out or [gold / "dev"], shares=share, seeds=range(seeds))
    with redirect_stdout(sys.stderr):  # what spaCy says of each training
        points = list(measured)
    out, curves = Console(), to_curves(points)
    x_label, y_label = "training files", f"micro F1 (%), seeds: {seeds}, bars: standard deviation"
    print_tables(*to_curve_tables(points))
    out.print(to_text(curves, x_label=x_label, y_label=y_label, width=out.width))
    if plot:
        write_png(plot, curves, x_label=x_label, y_label=y_label)
        console.print(f"The plot is {plot}")
    for line in find_advice(points):
        typer.echo(line)


@app.command()
def apply(
    model: Model,
    sources: Sources,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            callback=writable(".csv", ".jsonl"),
            help="The .csv or .jsonl file to write, or - for records on standard output.",
        ),
    ],
    simplify: Simplify = False,
) -> None:
    """Find the entities of raw articles: .csv gives a row an entity, .jsonl a record a sentence."""
    check_apart(output, find_pages(sources))
    from training.predict import load_model, predict
    from training.tables import write_entities

    sentences = predict(read_pages(sources, simplified=simplify), load_model(model))
    shown = show_progress(sentences, "Applying")
    if output.suffix.lower() == ".csv":
        console.print(f"{write_entities(output, shown)} entities -> {output}")
    else:
        console.print(f"{write_sentences(output, shown)} sentences -> {output}")


@app.command()
def package(
    model: Model,
    gold: Annotated[
        Path,
        typer.Option(callback=readable(find_records), help="Gold records that were held out: what to score on."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", callback=writable_folder, help="The folder for the wheel and the model card."),
    ],
    train: Annotated[
        Path,
        typer.Option(callback=readable(find_records), help="The gold it was trained on, which the card counts."),
    ] = DEFAULT_TRAIN,
    card: Annotated[
        Path, typer.Option(callback=readable(find_single), help="The template of the model card, a .md file.")
    ] = DEFAULT_CARD,
) -> None:
    """Score a pipeline and make it a Python package with a model card: spacy.load("zh_parkner")."""
    from training.package import package as package_pipeline

    for path in package_pipeline(model, output, train=train, gold=gold, template=card):
        console.print(path)


def main() -> None:
    """Run the command line; what the user can put right becomes one line on standard error and exit code 1.

    That is a ParknerError, and an OSError that tells of a full disk or of a place where we may not write. Ctrl-C and
    SIGTERM leave a word and exit code 130.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        try:
            app()
        finally:
            _flush()
    except ParknerError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from error
    except OSError as error:
        if error.errno not in NO_PLACE:
            raise
        name = error.filename2 or error.filename or "standard output or a temporary file"
        typer.echo(f"Error: {name}: {error.strerror}", err=True)
        raise SystemExit(1) from error
    except SystemExit as end:
        if end.code == INTERRUPTED:
            typer.echo("Interrupted", err=True)
        raise


def _flush() -> None:
    """Write out what was printed: a disk may be full only now, or `| head` have read enough."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # where the rest goes
        if isinstance(error, BrokenPipeError):
            raise SystemExit(1) from None
        raise ParknerError(f"{STREAM}: {error.strerror}") from error
