"""Curves as pictures: what a reader of the PNG or of the terminal can see of the numbers."""

from io import StringIO

import matplotlib.image
import pytest
from rich.cells import cell_len
from rich.console import Console

from annotate.errors import ParknerError
from training.measure.plot import Mean, to_text, to_ticks, write_png

CURVES = {
    "corpus/gold/dev": [Mean(16, 70.0, 1.5), Mean(33, 75.2, 1.0), Mean(66, 78.0, 0.4), Mean(132, 80.0, 0.3)],
    "其他": [Mean(16, 60.0, 2.0), Mean(33, 64.0, 1.0), Mean(66, 66.0, 0.5), Mean(132, 69.0, 0.5)],
}
LABELS = {"x_label": "training files", "y_label": "F1 (%)"}


def print_plot(curves, *, colour=None):
    stream = StringIO()
    console = Console(file=stream, width=80, force_terminal=colour, color_system="standard" if colour else None)
    console.print(to_text(curves, width=80, **LABELS))
    return stream.getvalue().splitlines()


def test_the_terminal_shows_points_ticks_and_legend():
    first, *plot, dev, other = print_plot(CURVES)
    assert (first, dev, other) == ("F1 (%)", "o corpus/gold/dev", "x 其他")
    assert plot[-1].strip() == "training files"
    assert plot[-2].split() == ["16", "33", "66", "132"]
    assert {cell_len(line) for line in plot[:-3]} == {80}
    places = {mark: [line.index(mark) for line in plot[:-2] if mark in line] for mark in "ox"}
    assert [len(place) for place in places.values()] == [4, 4]
    assert places["o"] == places["x"] == sorted(places["o"], reverse=True)


def test_a_pipe_gets_no_colour_codes_and_a_terminal_does():
    assert not any("\x1b" in line for line in print_plot(CURVES))
    assert any("\x1b[36m" in line for line in print_plot(CURVES, colour=True))


def test_the_same_curves_are_the_same_text():
    once = print_plot(CURVES)
    print_plot({"random": [Mean(1, 2.0, 0.0), Mean(1000, 3.0, 0.0)]})
    assert print_plot(CURVES) == once


@pytest.mark.parametrize("curve", [[Mean(8, 50.0, 0.0)], [Mean(8, 0.0, 0.0), Mean(16, 0.0, 0.0)]])
def test_a_curve_of_little_is_drawn_too(curve, tmp_path):
    assert sum("o" in line for line in print_plot({"dev": curve})[1:-2]) == 1
    write_png(tmp_path / "curve.png", {"dev": curve}, **LABELS)
    assert (tmp_path / "curve.png").exists()


def test_png(tmp_path):
    write_png(tmp_path / "new" / "curve.png", CURVES, **LABELS)
    picture = matplotlib.image.imread(tmp_path / "new" / "curve.png")
    assert picture.shape == (750, 1200, 4)
    assert len({tuple(pixel) for pixel in picture.reshape(-1, 4)[:, :3].round(1).tolist()}) > 10


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ParknerError, match=r"curve\.png: "):
        write_png(tmp_path / "file" / "curve.png", CURVES, **LABELS)


def test_crowded_ticks_are_left_out():
    ticks = to_ticks({"dev": [Mean(size, 0.0, 0.0) for size in range(50, 1001, 50)]})
    assert ticks[0] == 50
    assert ticks[-1] == 1000
    assert len(ticks) <= 11
