"""The command that scores rules and model; spaCy is imported only when it runs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import Gazetteer, Rules, readable, writable
from annotate.files import open_output
from annotate.records import find_records, read_sentences
from annotate.rules.file import RULES, load_rules
from annotate.rules.find import prelabel as prelabel_by_rules
from annotate.rules.own_names import add_names, load_gazetteer
from annotate.tables import print_tables
from annotate.terminal import show_progress
from training.cli.options import Model


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
    """Show precision, recall and F1 of rules and model by label.

    Spans must match the gold exactly, in characters.

    Example: parkner evaluate models/ner/model-best corpus/gold/test
    """
    sentences = list(read_sentences(*gold))
    known = add_names(load_rules(rules), load_gazetteer(*gazetteer or ()))
    from annotate.quality.score import score
    from training.measure.tables import to_table
    from training.model.predict import load_model, predict

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
