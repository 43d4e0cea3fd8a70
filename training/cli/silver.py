"""The command that makes silver data; spaCy is imported only when it runs."""

from itertools import islice
from typing import Annotated

import typer

from annotate.cli.options import BulkText, Output, Rules, to_share
from annotate.cli.outputs import check_apart
from annotate.pages.bulk import find_bulk
from annotate.records import write_sentences
from annotate.rules.file import RULES, load_rules
from annotate.terminal import console, show_progress
from training.cli.options import Pipeline


def silver(
    raw: BulkText,
    model: Pipeline,
    output: Output,
    sentences: Annotated[int, typer.Option(help="How many sentences to write, at most.", min=1)] = 5000,
    share_empty: Annotated[
        float,
        typer.Option(parser=to_share, metavar="SHARE", help="The largest share of them without a span."),
    ] = 0.2,
    rules: Rules = RULES,
    seed: Annotated[int, typer.Option(help="The same seed draws the same passages.", min=0)] = 0,
) -> None:
    """Label raw text where rules and model agree.

    The records are for `convert --silver`. Places where they differ are left
    open.

    Example: parkner silver news.txt --model models/ner/model-best -o silver.jsonl
    """
    check_apart(output, find_bulk(raw))
    known = load_rules(rules)
    from training.data.silver import draw_sentences, label, thin_out
    from training.model.predict import load_model

    labelled = label(draw_sentences(raw, seed=seed), load_model(model), known)
    drawn = islice(thin_out(labelled, share_empty), sentences)
    count = write_sentences(output, show_progress(drawn, "Labelling", total=sentences))
    console.print(f"{count} sentences -> {output}")
    if not count:
        console.print("Warning: rules and model agree on none of these sentences")
