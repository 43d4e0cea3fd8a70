"""A real doccano, one server with an empty database for the whole run, and the command line as a user meets it."""

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from doccano_client import DoccanoClient
from hypothesis import HealthCheck, settings

from annotate.doccano.client import connect
from annotate.doccano.install import find_python, install_doccano
from annotate.doccano.server import Server, run_doccano
from annotate.doccano.server_database import prepare_database
from annotate.doccano.server_settings import make_environment
from annotate.errors import ParknerError
from training.cli import main

# The same examples every time, however slow the machine is.
settings.register_profile("parkner", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("parkner")

VENV = Path(__file__).parent.parent / ".venv-doccano"


@pytest.fixture(scope="session")
def venv() -> Path:
    """Where doccano is installed, by the first test that needs it."""
    try:
        find_python()
    except ParknerError as error:
        pytest.skip(str(error))
    return VENV


@pytest.fixture
def free_port() -> int:
    return find_free_port()


@pytest.fixture(scope="session")
def find_port() -> Callable[[], int]:
    return find_free_port


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def prepared_home(venv: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a doccano that has not run yet, to be copied: its tables take longer to make than all the rest."""
    home = tmp_path_factory.mktemp("prepared")
    with as_chief():
        prepare_database(str(install_doccano(venv, report=lambda _: None)), make_environment(home))
    return home


@contextmanager
def as_chief() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCCANO_USERNAME", "chief")
        patch.setenv("DOCCANO_PASSWORD", "a secret for tests")
        patch.delenv("DOCCANO_DATABASE_URL", raising=False)
        yield


@contextmanager
def start_server(prepared: Path, home: Path, *, venv: Path) -> Iterator[Server]:
    """Run a doccano in a folder, as a copy of one that is prepared."""
    shutil.copytree(prepared, home, dirs_exist_ok=True)
    with as_chief(), run_doccano(home, port=find_free_port(), venv=venv, report=lambda _: None) as server:
        yield server


@pytest.fixture(scope="session")
def server(prepared_home: Path, venv: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with start_server(prepared_home, tmp_path_factory.mktemp("doccano"), venv=venv) as server:
        yield server


@pytest.fixture(scope="module")
def module_server(prepared_home: Path, venv: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with start_server(prepared_home, tmp_path_factory.mktemp("private"), venv=venv) as server:
        yield server


@pytest.fixture
def private_server(module_server: Server) -> Iterator[Server]:
    """A server of the module's own, whose processes its tests may kill, stop and start; whole again after each."""
    yield module_server
    for daemon in (module_server.web_server, module_server.worker):
        try:
            daemon.check()
        except ParknerError:
            daemon.stop()
            daemon.start()
    module_server.wait_until_up()


@pytest.fixture
def private_client(private_server: Server) -> DoccanoClient:
    return connect(private_server.url, "chief", "a secret for tests")


@pytest.fixture
def restart_web_server(private_server: Server) -> Callable[[], None]:
    """Start the web server of `private_server` again, at its port, whether it still runs or not."""

    def restart() -> None:
        private_server.web_server.stop()
        private_server.web_server.start()
        private_server.wait_until_up()

    return restart


@pytest.fixture
def restart_worker(private_server: Server) -> Callable[[], None]:
    """Start the worker of `private_server` again, whether it still runs or not."""

    def restart() -> None:
        private_server.worker.stop()
        private_server.worker.start()

    return restart


@pytest.fixture
def credentials(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with what the commands need to log in to it in the environment."""
    monkeypatch.setenv("DOCCANO_URL", server.url)
    monkeypatch.setenv("DOCCANO_USERNAME", "chief")
    monkeypatch.setenv("DOCCANO_PASSWORD", "a secret for tests")
    return server


@pytest.fixture
def client(server: Server) -> DoccanoClient:
    return connect(server.url, "chief", "a secret for tests")


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
