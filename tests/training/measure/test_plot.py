"""Plots of curves: the numbers that a reader can see in the PNG or in the terminal."""

import shutil
import subprocess
import warnings
from io import StringIO
from pathlib import Path

import matplotlib.image
import pytest
from matplotlib import font_manager
from rich.cells import cell_len
from rich.console import Console

from annotate.errors import ParknerError
from annotate.quality.score import Score
from training.cli.curve import curve as draw_curve
from training.measure import curve as curve_module
from training.measure.curve import Point
from training.measure.plot import Mean, choose_fonts, to_text, to_ticks, write_png

CURVES = {
    "corpus/gold/dev": [Mean(16, 70.0, 1.5), Mean(33, 75.2, 1.0), Mean(66, 78.0, 0.4), Mean(132, 80.0, 0.3)],
    "其他": [Mean(16, 60.0, 2.0), Mean(33, 64.0, 1.0), Mean(66, 66.0, 0.5), Mean(132, 69.0, 0.5)],
}
DATA = matplotlib.get_data_path()  # the fonts that come with matplotlib
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


def draw(path, name):
    """Draw a curve of this name; return the picture and our warnings. A warning of matplotlib is an error."""
    with warnings.catch_warnings(action="error"):
        told = write_png(path, {name: CURVES["其他"]}, **LABELS)
    return matplotlib.image.imread(path).tolist(), told


@pytest.fixture
def chinese_font():
    """Skip if fontconfig knows no Chinese font, or none that matplotlib has also found."""
    if not shutil.which("fc-list"):
        pytest.skip("needs fontconfig")
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True, check=True).stdout
    if not {line.rstrip(": ") for line in listed.splitlines()} & {
        font.fname for font in font_manager.fontManager.ttflist
    }:
        pytest.skip("needs a Chinese font: install fonts-noto-cjk")


@pytest.fixture
def only_bundled_fonts(monkeypatch):
    bundled = [font for font in font_manager.fontManager.ttflist if Path(font.fname).is_relative_to(DATA)]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", bundled)


@pytest.mark.usefixtures("chinese_font")
def test_a_chinese_name_is_drawn(tmp_path):
    first, told = draw(tmp_path / "curve.png", "园区")
    other, told_too = draw(tmp_path / "curve.png", "开发")
    assert told == told_too == []
    assert first != other


@pytest.mark.usefixtures("chinese_font")
def test_a_font_is_added_only_where_the_name_needs_one():
    assert choose_fonts("dev F1") == (["DejaVu Sans"], set())
    (default, _), lacking = choose_fonts("dev 园区")
    assert (default, lacking) == ("DejaVu Sans", set())


@pytest.mark.usefixtures("only_bundled_fonts")
def test_a_name_that_no_font_has_is_boxes_and_one_line_of_warning(tmp_path):
    first, told = draw(tmp_path / "curve.png", "园区")
    other, _ = draw(tmp_path / "curve.png", "开发")
    assert first == other
    (line,) = told
    assert line.startswith(f"{tmp_path / 'curve.png'}: no font has 区园, so the plot shows boxes: install one")
    assert "\n" not in line
    assert draw(tmp_path / "curve.png", "dev")[1] == []


def test_without_matplotlib_the_command_says_so_before_it_trains(tmp_path, monkeypatch, parkner):
    monkeypatch.setattr("training.measure.plot.find_spec", lambda name: None)
    code, _, error = parkner("curve", "--plot", tmp_path / "curve.png")
    assert (code, error) == (
        1,
        "Error: matplotlib: not installed, and draws the .png file: pip install matplotlib\n",
    )


@pytest.mark.usefixtures("only_bundled_fonts")
def test_the_command_says_so_on_standard_error(tmp_path, monkeypatch, capsys):
    points = [Point(Path("园区"), files, 0, {"micro": Score(0.0, 0.0, 0.5, 1)}) for files in (1, 2)]
    monkeypatch.setattr(curve_module, "measure_curve", lambda *_, **__: points)
    draw_curve(plot=tmp_path / "curve.png", seeds=1)
    said = capsys.readouterr()
    assert [line.split(":")[0] for line in said.err.splitlines()] == [
        "Warning",
        f"The plot is {tmp_path / 'curve.png'}",
    ]
    assert "Warning" not in said.out
