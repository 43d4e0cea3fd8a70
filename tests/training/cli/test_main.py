"""The entry point itself: help in panels, the version, tracebacks for bug reports, and completion."""

import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from typer.main import get_command

from training.cli.main import app

ROOT = Path(__file__).parents[3]
PANELS = {
    "Pages and rules": ["split", "prelabel", "mark", "unmark", "rules"],
    "Correct in doccano": ["doccano", "push", "pull", "project"],
    "Judge the labels": ["check", "agree", "review", "economy"],
    "Train and measure": ["convert", "train", "evaluate", "curve", "rank", "silver", "pretrain", "segmenter"],
    "Use the model": ["apply", "package"],
}
VERSION = f"parkner {tomllib.loads((ROOT / 'pyproject.toml').read_text('utf-8'))['project']['version']}\n"


def find_commands(command: Any, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield a command and all those below it, each with the words that call it."""
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from find_commands(below, *words, name)


COMMANDS = dict(find_commands(get_command(app)))
GROUPS = [words for words, command in COMMANDS.items() if hasattr(command, "commands")]


@pytest.fixture
def read_help(parkner: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The help of a command at 80 columns, without colours, which some CI asks for."""
    monkeypatch.setenv("COLUMNS", "80")

    def read(*words: str) -> str:
        result = parkner(*words, "--help")
        assert (result.code, result.err) == (0, "")
        return Text.from_ansi(result.out).plain

    return read


def flatten(text: str) -> str:
    """Remove the lines of boxes and the line breaks from a text."""
    return " ".join(re.sub("[│╭╮╰╯─]", " ", text).split())


def test_commands_stand_in_panels_in_the_order_of_the_loop(read_help: Callable[..., str]) -> None:
    _, *panels = re.findall(r"^╭─ (.+?) ─+╮\n(.*?)^╰", read_help(), re.MULTILINE | re.DOTALL)
    found = {title: re.findall(r"^│ (\w+)", rows, re.MULTILINE) for title, rows in panels}
    assert list(found.items()) == list(PANELS.items())


def test_all_commands_and_groups_are_found() -> None:
    assert GROUPS == [(), ("rules",), ("project",)]
    assert {words[0] for words in COMMANDS if words} == {name for names in PANELS.values() for name in names}


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_each_command_has_a_whole_sentence_in_the_list(group: tuple[str, ...], read_help: Callable[..., str]) -> None:
    shown = flatten(read_help(*group))
    assert "…" not in shown
    assert shown.count("...") == 1  # of the usage, [ARGS]...
    for name, command in COMMANDS[group].commands.items():
        sentence, *_ = inspect.cleandoc(command.help).split("\n\n")
        assert re.fullmatch(r"[A-Z][^\n]+[^.]\.", sentence), name
        assert f"{name} {sentence}" in shown


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_shown_whole(words: tuple[str, ...], read_help: Callable[..., str]) -> None:
    shown, command = flatten(read_help(*words)), COMMANDS[words]
    for text in (command.help, *(parameter.help for parameter in command.params)):
        assert flatten(text) in shown
    assert "…" not in shown  # as in the long path of a default
    assert str(ROOT) not in shown


@pytest.mark.parametrize("words", [words for words in COMMANDS if words not in GROUPS], ids=" ".join)
def test_help_ends_in_an_example_with_options_that_there_are(words: tuple[str, ...]) -> None:
    *_, example = inspect.cleandoc(COMMANDS[words].help).split("\n\n")
    assert example.startswith(f"Example: parkner {' '.join(words)} ")
    given = [word for word in example.split() if word.startswith("-")]
    options = {name for parameter in COMMANDS[words].params for name in parameter.opts}
    needed = [parameter.opts for parameter in COMMANDS[words].params if parameter.required]
    assert set(given) <= options
    assert [names for names in needed if names[0].startswith("-") and not {*names} & {*given}] == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_not_ragged_at_80_columns(words: tuple[str, ...]) -> None:
    """Below the first paragraph typer keeps our line breaks, and breaks longer lines again."""
    _, *paragraphs = inspect.cleandoc(COMMANDS[words].help).split("\n\n")
    assert [line for text in paragraphs for line in text.splitlines() if len(line) > 78] == []


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("mark", "A marked entity is `[光谷](PARK)`."),
        ("prelabel", "[default: (configs/rules.toml, none with --model)]"),
        ("rules report", "[default: (the `origin` in GOLD)]"),
        ("project add", "[default: (annotator, for the new ones)]"),
        ("curve", "[default: (dev/ of the gold)]"),
        ("push", "[env var: DOCCANO_URL] [default: http://127.0.0.1:8000]"),
    ],
)
def test_brackets_are_no_markup(command: str, shown: str, read_help: Callable[..., str]) -> None:
    assert shown in flatten(read_help(*command.split()))


def test_version(parkner: Callable[..., Any]) -> None:
    assert parkner("--version") == (0, VERSION, "")


def test_version_of_the_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "training", "--version"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, VERSION, "")


def test_debug_shows_the_traceback(parkner: Callable[..., Any], tmp_path: Path) -> None:
    arguments = ("split", tmp_path / "none.txt", "-o", "-")
    error = f"Error: {tmp_path}/none.txt: no such file or folder\n"
    told = parkner("--debug", *arguments)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("Traceback (most recent call last):\n")
    assert told.err.endswith(f"annotate.errors.ParknerError: {error.removeprefix('Error: ')}{error}")
    assert parkner(*arguments) == (1, "", error)  # and only where it is asked for


def test_without_a_command_the_help_is_shown(parkner: Callable[..., Any]) -> None:
    result = parkner()
    assert (result.code, result.err) == (2, "")
    assert "Usage: parkner" in Text.from_ansi(result.out).plain


def test_ctrl_d_at_a_prompt(parkner: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def end(*_: Any, **__: Any) -> None:
        raise EOFError

    monkeypatch.setattr("training.cli.main.version", end)
    result = parkner("--version")
    assert (result.code, result.out, result.err.strip()) == (1, "", "Aborted!")


@pytest.mark.parametrize(
    ("typed", "offered"), [("parkner pre", ["prelabel", "pretrain"]), ("parkner rules s", ["suggest"])]
)
def test_the_shell_completes_commands(
    typed: str, offered: list[str], parkner: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_PARKNER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    assert parkner().out.split() == offered


def test_completion_can_be_installed(read_help: Callable[..., str]) -> None:
    assert {"--install-completion", "--show-completion"} <= set(read_help().split())


@pytest.mark.parametrize(
    "arguments", [["split"], ["nonsense"], ["split", "-"], ["check", "-", "--strickt"], ["curve", "--seeds", "0"]]
)
def test_a_wrong_usage_is_told_in_plain_lines(parkner: Callable[..., Any], arguments: list[str]) -> None:
    result = parkner(*arguments)
    *_, error = result.err.splitlines()
    assert (result.code, result.out) == (2, "")
    assert error.startswith("Error: ")
    assert "╭" not in result.err


def test_usage_names_what_was_meant(parkner: Callable[..., Any]) -> None:
    assert "Did you mean 'prelabel'?" in parkner("prelable", "a.jsonl").err
    assert "--strict" in parkner("check", "-", "--strickt").err


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_parameter_says_what_it_is_for(words: tuple[str, ...]) -> None:
    parameters = {parameter.name: (parameter.help or "").split() for parameter in COMMANDS[words].params}
    assert [name for name, told in parameters.items() if len(told) < 3] == []
