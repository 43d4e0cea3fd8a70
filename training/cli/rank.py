"""The command that orders sentences for annotation; spaCy is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import Output, Records, find_single, readable
from annotate.records import read_sentences, write_sentences
from annotate.rules.file import RULES, load_rules
from annotate.terminal import console, show_progress
from training.cli.options import Pipeline


def rank(
    file: Records,
    model: Pipeline,
    output: Output,
    rules: Annotated[
        Path,
        typer.Option(
            callback=readable(find_single),
            help="The rules file, used if the model cannot say how sure it is.",
            show_default="configs/rules.toml",
        ),
    ] = RULES,
) -> None:
    """Put the sentences first that the model is least sure of.

    Near repeats come last. Spans do not change.

    Example: parkner rank new.jsonl --model models/ner/model-best -o ranked.jsonl
    """
    known = load_rules(rules)
    from training.measure.rank import add_uncertainty
    from training.measure.rank import rank as rank_sentences
    from training.model.predict import load_model

    read = add_uncertainty(read_sentences(file, unlabelled=True), load_model(model), known)
    count = write_sentences(output, rank_sentences(show_progress(read, "Reading")))
    console.print(f"{count} sentences -> {output}")
