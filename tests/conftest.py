"""The command line as a user meets it. What takes more is in `tests/fixtures`."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from training.cli.main import main

# The same examples every time, however slow the machine is.
settings.register_profile("parkner", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("parkner")

pytest_plugins = [f"tests.fixtures.{name}" for name in ("doccano", "projects", "browser", "model", "pages")]


class Outcome(NamedTuple):
    """What one run of `parkner` returned and printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def parkner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run `parkner` with these arguments, in this process."""

    def run(*arguments: object) -> Outcome:
        monkeypatch.setattr("sys.argv", ["parkner", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run


@pytest.fixture
def refuse(parkner: Callable[..., Outcome]) -> Callable[[Path, str], Outcome]:
    """Run `parkner` on bad input in a folder, `{0}`: one line of error that begins with it, and nothing left behind."""

    def run(folder: Path, arguments: str) -> Outcome:
        before = sorted(folder.iterdir())
        result = parkner(*arguments.format(folder).split())
        (error,) = [line for line in result.err.splitlines() if line.strip()]
        assert result.code == 1
        assert error.startswith(f"Error: {folder}/")
        assert sorted(folder.iterdir()) == before
        return result._replace(err=error)

    return run
