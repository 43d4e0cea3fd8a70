"""The command that labels sentences by rules, a model or both."""

from itertools import tee
from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import Gazetteer, Output, Records, find_single, readable
from annotate.records import write_sentences
from annotate.rules.file import RULES, load_rules
from annotate.rules.find import prelabel as prelabel_by_rules
from annotate.rules.own_names import add_names, load_gazetteer
from annotate.rules.relabel import read_to_label
from annotate.terminal import console, show_progress
from training.inputs import find_pipelines


def prelabel(
    file: Records,
    output: Output,
    rules: Annotated[
        Path | None,
        typer.Option(
            callback=readable(find_single), help="The rules file.", show_default="configs/rules.toml, none with --model"
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(callback=readable(find_pipelines), help="A trained pipeline, such as models/ner/model-best."),
    ] = None,
    gazetteer: Gazetteer = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what people have corrected or confirmed: their work is lost.")
    ] = False,
) -> None:
    """Label sentences with rules, a model or both.

    With both, the rules add spans that overlap no span of the model.

    Example: parkner prelabel sentences.jsonl -o prelabelled.jsonl
    """
    if gazetteer and model and rules is None:
        raise typer.BadParameter("--gazetteer adds names to the rules: with --model, give --rules too")
    sentences, own = read_to_label(file, anew=replace), load_gazetteer(*gazetteer or ())
    if model is None:
        labelled = prelabel_by_rules(sentences, add_names(load_rules(rules or RULES), own))
    else:
        known = add_names(load_rules(rules), own) if rules else None
        from training.model.predict import load_model, merge, predict

        first, second = tee(sentences)
        labelled = predict(first, load_model(model))
        if known:
            labelled = merge(labelled, prelabel_by_rules(second, known))
    count = write_sentences(output, show_progress(labelled, "Labelling"))
    console.print(f"{count} sentences -> {output}")
