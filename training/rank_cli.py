"""The command that says which sentences to annotate first; spaCy is imported only when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from annotate.corpus import read_sentences, write_sentences
from annotate.rules_file import RULES, load_rules
from annotate.terminal import console, show_progress

app = typer.Typer()


@app.command()
def rank(
    file: Annotated[Path, typer.Argument(help="Records with or without spans, or -.")],
    model: Annotated[Path, typer.Option(help="A trained pipeline, such as models/ner/model-best.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file for the records, or -.")],
    rules: Annotated[
        Path,
        typer.Option(
            help="The rules, asked where the model cannot say how sure it is.", show_default="configs/rules.toml"
        ),
    ] = RULES,
) -> None:
    """Put those sentences first of which the model is least sure, near repeats last; no span is touched."""
    from training.predict import load_model
    from training.rank import add_uncertainty
    from training.rank import rank as rank_sentences

    read = add_uncertainty(read_sentences(file, unlabelled=True), load_model(model), load_rules(rules))
    count = write_sentences(output, rank_sentences(show_progress(read, "Reading")))
    console.print(f"{count} sentences -> {output}")
