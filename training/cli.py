"""The commands that need spaCy, which is imported only when one of them runs, and the entry point of `parkner`."""

import json
import os
import sys
from itertools import tee
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from annotate.cli import Output, Simplify, Sources, app
from annotate.corpus import read_sentences, write_sentences
from annotate.errors import ParknerError
from annotate.files import open_output
from annotate.own_names import add_names, load_gazetteer
from annotate.pages import read_pages
from annotate.rules import prelabel as prelabel_by_rules
from annotate.rules_cli import Gazetteer
from annotate.rules_file import RULES, load_rules
from annotate.settings import CONFIGS
from annotate.terminal import console, show_progress

Model = Annotated[Path, typer.Argument(help="A trained pipeline, such as models/ner/model-best.")]
Rules = Annotated[Path, typer.Option(help="The rules.")]
DEFAULT_CONFIG = CONFIGS / "ner.cfg"
SHARES = [0.25, 0.5, 1.0]


@app.command()
def prelabel(
    file: Annotated[Path, typer.Argument(help="Records, as `split` writes them, or -.")],
    output: Output,
    rules: Annotated[
        Path | None, typer.Option(help="The rules.  [default: configs/rules.toml, none with --model]")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="A trained pipeline.")] = None,
    gazetteer: Gazetteer = None,
) -> None:
    """Label sentences with rules, a model, or both: then rules add what overlaps no span of the model."""
    if gazetteer and model and rules is None:
        raise typer.BadParameter("--gazetteer adds names to the rules: with --model, give --rules too")
    sentences, own = read_sentences(file), load_gazetteer(*gazetteer or ())
    if model is None:
        labelled = prelabel_by_rules(sentences, add_names(load_rules(rules or RULES), own))
    else:
        from training.predict import load_model, merge, predict

        first, second = tee(sentences)
        labelled = predict(first, load_model(model))
        if rules:
            labelled = merge(labelled, prelabel_by_rules(second, add_names(load_rules(rules), own)))
    count = write_sentences(output, show_progress(labelled, "Labelling"))
    console.print(f"{count} sentences -> {output}")


@app.command()
def convert(
    gold: Annotated[Path, typer.Argument(help="The folder with train/, dev/ and test/.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the .spacy files.")],
) -> None:
    """Convert gold records to spaCy's training data; list the entities that do not align with tokens."""
    from training.convert import convert as convert_folders

    for path, unaligned in convert_folders(gold, output).items():
        for line in unaligned:
            typer.echo(f"Warning: {line}", err=True)
        console.print(f"{path}: {len(unaligned)} entities do not align")


@app.command()
def train(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for model-best and model-last.")],
    config: Annotated[Path, typer.Argument(help="A spaCy training config.")] = DEFAULT_CONFIG,
    data: Annotated[Path, typer.Option(help="The folder with train.spacy and dev.spacy.")] = Path("corpus"),
    gpu: Annotated[int, typer.Option(help="The GPU to train on, -1 for the CPU.")] = -1,
) -> None:
    """Train a pipeline with spaCy on the converted gold."""
    from training.train import train as train_pipeline

    console.print(f"The best pipeline is {train_pipeline(config, output, data=data, gpu=gpu)}")


@app.command()
def evaluate(
    model: Model,
    gold: Annotated[list[Path], typer.Argument(help="Gold records: JSONL files, or folders of them.")],
    rules: Rules = RULES,
    gazetteer: Gazetteer = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the scores to this file too.")] = None,
) -> None:
    """Print precision, recall and F1 of rules and model: exact spans, counted in characters of the gold."""
    from annotate.score import score
    from training.predict import load_model, predict
    from training.tables import to_table

    nlp, sentences = load_model(model), list(read_sentences(*gold))
    known = add_names(load_rules(rules), load_gazetteer(*gazetteer or ()))
    predicted = show_progress(predict(sentences, nlp), "Predicting", total=len(sentences))
    scores = {
        "rules": score(sentences, prelabel_by_rules(sentences, known)),
        "model": score(sentences, predicted),
    }
    Console().print(to_table(scores, title=f"{', '.join(map(str, gold))}: {len(sentences)} sentences"))
    if json_file:
        with open_output(json_file) as stream:
            json.dump(
                {system: {k: v._asdict() for k, v in rows.items()} for system, rows in scores.items()}, stream, indent=2
            )


@app.command()
def curve(
    config: Annotated[Path, typer.Argument(help="A spaCy training config.")] = DEFAULT_CONFIG,
    gold: Annotated[Path, typer.Option(help="The folder with train/ and dev/.")] = Path("corpus/gold"),
    held_out: Annotated[
        list[Path] | None, typer.Option(help="Gold to score on; may be given again.  [default: dev/ of the gold]")
    ] = None,
    share: Annotated[list[float], typer.Option(help="A share of the training files; may be given again.")] = SHARES,
    seeds: Annotated[int, typer.Option(help="How many seeds to train each with.", min=1)] = 1,
) -> None:
    """Train on shares of the training files and print how the score grows: is more annotation worth it?"""
    from training.curve import measure_curve, to_curve_table

    points = measure_curve(config, gold, held_out=held_out or [gold / "dev"], shares=share, seeds=range(seeds))
    Console().print(to_curve_table(list(points)))


@app.command()
def apply(
    model: Model,
    sources: Sources,
    output: Output,
    simplify: Simplify = False,
) -> None:
    """Find the entities of raw articles: .csv gives a row an entity, anything else a record a sentence."""
    from training.predict import load_model, predict
    from training.tables import write_entities

    if output.suffix not in (".csv", ".jsonl", ""):
        raise ParknerError(f"{output}: entities are written as .csv or .jsonl")
    sentences = predict(read_pages(sources, simplified=simplify), load_model(model))
    shown = show_progress(sentences, "Applying")
    if output.suffix == ".csv":
        console.print(f"{write_entities(output, shown)} entities -> {output}")
    else:
        console.print(f"{write_sentences(output, shown)} sentences -> {output}")


def main() -> None:
    """Run the command line; a ParknerError becomes one line on standard error and exit code 1."""
    try:
        app()
    except ParknerError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from error
    except BrokenPipeError:  # `| head` has read enough; what is still to be flushed goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
