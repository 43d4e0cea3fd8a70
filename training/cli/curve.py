"""The command that draws the learning curve; spaCy is imported only when it runs."""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from annotate.cli.options import readable, to_share, writable
from annotate.tables import print_tables
from annotate.terminal import console
from training.cli.options import DEFAULT_CONFIG, DEFAULT_GOLD, Config, HeldOut
from training.inputs import find_gold

SHARES = [0.12, 0.25, 0.5, 1.0]


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
    seeds: Annotated[int, typer.Option(help="How many seeds to train each share with.", min=1)] = 3,
    plot: Annotated[
        Path | None, typer.Option(callback=writable(".png"), help="Draw the curve into this .png file too.")
    ] = None,
) -> None:
    """Train on shares of the training files, and draw the score.

    It says whether to annotate more.

    Example: parkner curve --share 0.5 --share 1 --seeds 2
    """
    from training.measure.advice import find_advice
    from training.measure.curve import measure_curve, to_curve_tables, to_curves
    from training.measure.plot import check_matplotlib, to_text, write_png

    if plot:
        check_matplotlib()
    measured = measure_curve(config, gold, held_out=held_out or [gold / "dev"], shares=share, seeds=range(seeds))
    with redirect_stdout(sys.stderr):  # spaCy's output during each training
        points = list(measured)
    out, curves = Console(), to_curves(points)
    x_label, y_label = "training files", f"micro F1 (%), seeds: {seeds}, bars: standard deviation"
    print_tables(*to_curve_tables(points))
    out.print(to_text(curves, x_label=x_label, y_label=y_label, width=out.width))
    if plot:
        for warning in write_png(plot, curves, x_label=x_label, y_label=y_label):
            console.print(f"Warning: {warning}")
        console.print(f"The plot is {plot}")
    for line in find_advice(points):
        typer.echo(line)
