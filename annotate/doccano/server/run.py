"""Run the embedded doccano: a database and logs in a folder, a web server on localhost and a worker."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotate.doccano.server.daemon import Daemon
from annotate.doccano.server.database import prepare_database
from annotate.doccano.server.environment import make_environment
from annotate.doccano.server.install import install_doccano
from annotate.errors import ParknerError

# `doccano webserver` listens on every address of the machine. Importing backend.cli puts doccano's settings into the
# environment.
WEB_SERVER = """
import sys, waitress, backend.cli
from config.wsgi import application
waitress.serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
"""
# `doccano task` looks for work once a second, and a push waits for three tasks.
WORKER = """
import sys, backend.cli
from kombu.transport.sqlalchemy import Transport
Transport.polling_interval = 0.2
sys.argv = ["doccano", "task", "--concurrency", "1"]
backend.cli.main()
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running doccano: its address, the folder with its database and logs, and its two processes."""

    url: str
    home: Path
    web_server: Daemon
    worker: Daemon

    def check(self) -> None:
        """Raise ParknerError if one of the processes has ended by itself."""
        self.web_server.check()
        self.worker.check()

    def wait_until_up(self) -> None:
        """Wait until the web server accepts connections. Raises ParknerError if it ends or takes too long."""
        self.web_server.wait_for_port(int(self.url.rpartition(":")[2]))


@contextmanager
def run_doccano(home: Path, *, port: int, venv: Path, report: Callable[[str], None]) -> Iterator[Server]:
    """Run a doccano at 127.0.0.1 while the block lasts. If missing, install it and make its database.

    Its database is an SQLite file in `home`, or the PostgreSQL of DOCCANO_DATABASE_URL. Its administrator is
    DOCCANO_USERNAME of the environment, or `admin`. DOCCANO_PASSWORD becomes the password; without it a new user gets a
    random one. `report` gets the messages for the user, also the random password.
    """
    check_port(port)
    python = str(install_doccano(venv, report=report))
    home = make_home(home)
    environment = make_environment(home)
    remove_exports(home)
    report(prepare_database(python, environment))
    web_server = Daemon("webserver", (python, "-c", WEB_SERVER, str(port)), folder=home, environment=environment)
    worker = Daemon("worker", (python, "-c", WORKER), folder=home, environment=environment)
    with web_server, worker:
        server = Server(f"http://127.0.0.1:{port}", home, web_server, worker)
        server.wait_until_up()
        yield server


def check_port(port: int) -> None:
    """Raise ParknerError if the port is in use or not allowed."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ParknerError(f"127.0.0.1:{port}: {error.strerror}: choose another port with --port") from error


def make_home(home: Path) -> Path:
    """Return the absolute path of a folder. If it is missing, make it, accessible to its owner only."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ParknerError(f"{home}: {error.strerror}") from error
    return home.resolve()


def remove_exports(home: Path) -> None:
    """Delete the exports of earlier runs: doccano keeps them all, and sends them to anybody who knows their name."""
    for export in (home / "media").glob("*.zip"):
        export.unlink()
