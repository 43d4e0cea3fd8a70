"""Draws curves of means with their spread, by size, as a PNG file and as text for a terminal."""

import warnings
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from itertools import cycle
from math import log2
from pathlib import Path
from typing import NamedTuple

from rich.text import Text

from annotate.errors import ParknerError
from annotate.files import blame, write_beside

HEIGHT = 18  # lines of the plot in a terminal, without its legend
STYLES = (("o", "cyan"), ("x", "red"), ("+", "green"), ("*", "magenta"))
DEFAULT_FONT = "DejaVu Sans"  # comes with matplotlib
PREFERRED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
)  # before others
NO_CHARACTER = 0xFFFF  # not a character in Unicode; a font that contains it draws boxes for everything


class Mean(NamedTuple):
    """The mean and standard deviation of the values at size `x`. `x` is above 0; an unknown deviation is 0."""

    x: float
    mean: float
    sd: float


Curves = Mapping[str, Sequence[Mean]]


def check_matplotlib() -> None:
    """Raise ParknerError where matplotlib, which `write_png` draws with, is not installed."""
    if not find_spec("matplotlib"):
        raise ParknerError("matplotlib: not installed, and draws the .png file: pip install matplotlib")


def to_ticks(curves: Curves) -> list[float]:
    """Choose the sizes to name on the axis, in order: the largest, and each smaller one with room for its name.

    >>> to_ticks({"dev": [Mean(1, 0.5, 0), Mean(50, 0.6, 0), Mean(99, 0.7, 0)], "test": [Mean(100, 0.6, 0)]})
    [1, 50, 100]
    """
    sizes = sorted({point.x for curve in curves.values() for point in curve}, reverse=True)
    room = log2(sizes[0] / sizes[-1]) / 10
    ticks = sizes[:1]
    for size in sizes[1:]:
        if log2(ticks[-1] / size) >= room:
            ticks.append(size)
    return ticks[::-1]


def choose_fonts(text: str) -> tuple[list[str], set[str]]:
    """Choose installed fonts that together have the characters of a text; also return the characters that none has.

    >>> choose_fonts("F1 (%)")
    (['DejaVu Sans'], set())
    """
    from matplotlib.font_manager import FontProperties, findfont, get_font, get_font_names

    fonts: list[str] = []
    lacking = {character for character in text if not character.isspace()}
    installed = {*get_font_names()}
    preferred = [font for font in (DEFAULT_FONT, *PREFERRED) if font in installed]
    for font in (*preferred, *sorted(installed.difference(preferred))):
        held = get_font(findfont(FontProperties(family=[font]))).get_charmap()
        here = {character for character in lacking if ord(character) in held}
        if font == DEFAULT_FONT or (here and NO_CHARACTER not in held):
            fonts.append(font)
            lacking -= here
        if not lacking:
            break
    return fonts, lacking


def write_png(path: Path, curves: Curves, *, x_label: str, y_label: str) -> list[str]:
    """Draw the curves into a PNG file, with a logarithmic axis for the size and bars for the deviation.

    Returns a warning, in one line, if no font has some characters of a name, so that the plot shows boxes.
    """
    import matplotlib
    from matplotlib.figure import Figure

    fonts, lacking = choose_fonts("".join((*curves, x_label, y_label)))  # a curve's name may be Chinese
    with (
        write_beside(path) as beside,
        matplotlib.rc_context({"font.family": fonts}),
        warnings.catch_warnings(),
    ):
        if lacking:  # our own warning follows below
            warnings.filterwarnings("ignore", r"Glyph \d+ .* missing")
        figure = Figure(figsize=(8, 5), layout="constrained")
        axes = figure.subplots()
        for (name, curve), (marker, _) in zip(curves.items(), cycle(STYLES), strict=False):
            x, means, deviations = zip(*curve, strict=True)
            axes.errorbar(x, means, yerr=deviations, label=name, marker=marker, capsize=4)
        axes.set_xscale("log", base=2)
        axes.set_xticks(to_ticks(curves), labels=[f"{tick:g}" for tick in to_ticks(curves)])
        axes.set(xlabel=x_label, ylabel=y_label)
        axes.grid(alpha=0.3)
        axes.legend()
        with blame(path):
            figure.savefig(beside, format="png", dpi=150)
    if not lacking:
        return []
    characters, known = "".join(sorted(lacking)), matplotlib.get_cachedir()
    return [
        f"{path}: no font has {characters}, so the plot shows boxes: install one, such as Noto Sans CJK, and delete "
        f"{known}, matplotlib's list of fonts"
    ]


def to_text(curves: Curves, *, x_label: str, y_label: str, width: int) -> Text:
    """Draw the curves as coloured text, `width` columns wide, on the same axes, with the legend below."""
    import plotext

    plotext.clear_figure()
    plotext.limit_size(False, False)  # also if the output is not a terminal
    plotext.plot_size(width, HEIGHT)
    plotext.theme("clear")
    legend = Text()
    for (name, curve), (marker, colour) in zip(curves.items(), cycle(STYLES), strict=False):
        x, means = [log2(point.x) for point in curve], [point.mean for point in curve]
        plotext.plot(x, means, marker="braille", color=colour)
        for place, (_, mean, deviation) in zip(x, curve, strict=True):
            plotext.plot([place, place], [mean - deviation, mean + deviation], marker="braille", color=colour)
        plotext.scatter(x, means, marker=marker, color=colour)
        legend.append(f"\n{marker} {name}", style=colour)
    plotext.xticks([log2(tick) for tick in to_ticks(curves)], [f"{tick:g}" for tick in to_ticks(curves)])
    plotext.xlabel(x_label)
    return Text(f"{y_label}\n") + Text.from_ansi(plotext.build().rstrip()) + legend
