"""What `parkner` says of itself, and how errors are told."""

import re
import subprocess
import sys

import pytest
import typer

from training.cli.main import COMMANDS, GROUPS, app


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    """One of 80 columns, whatever the tests run in."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")


def test_commands_stand_in_panels_in_the_order_of_the_loop(parkner):
    lines = parkner("--help").out.splitlines()
    panels = [line.strip("╭╮─ ") for line in lines if line.startswith("╭")]
    assert panels == ["Options", *COMMANDS]
    shown = [match[1] for line in lines if (match := re.match(r"│ ([a-z]+) ", line))]
    registered = typer.main.get_command(app).commands
    assert sorted(shown) == sorted(registered)
    assert GROUPS.keys() <= COMMANDS.keys()


@pytest.mark.parametrize("arguments", [(), ("rules",), ("project",)])
def test_what_a_command_does_is_a_whole_sentence(parkner, arguments):
    out = parkner(*arguments, "--help").out
    assert "..." not in out.partition("Usage")[2].partition("\n")[2]
    assert "…" not in out
    panels = re.split(r"╭─.*─╮", out)[2:]
    helps = [entry for panel in panels for entry in re.split(r"│ (?=[a-z]+ )", panel)[1:]]
    assert helps
    assert all(re.search(r"\.\s*│\s*(╰─+╯)?\s*$", entry) for entry in helps)


def test_version(parkner):
    assert parkner("--version") == (0, "parkner 0.1.0\n", "")


def test_the_module_is_the_command():
    done = subprocess.run([sys.executable, "-m", "training", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == "parkner 0.1.0\n"


def test_debug_shows_where_an_error_arose(parkner, tmp_path):
    missing = tmp_path / "missing.jsonl"
    line = f"Error: {missing}: no such file or folder\n"
    assert parkner("check", missing) == (1, "", line)
    result = parkner("--debug", "check", missing)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("Traceback (most recent call last):\n")
    assert result.err.endswith(line)
