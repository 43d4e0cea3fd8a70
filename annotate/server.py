"""The embedded doccano: an SQLite database in a folder, a web server on localhost and a worker."""

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from annotate.doccano_install import install_doccano, run_quietly
from annotate.errors import ParknerError

START_SECONDS = 60
STOP_SECONDS = 10

# Variables of ours or of some other Django that would lead doccano away from the database in its folder.
FOREIGN = {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH", "DOCCANO_PASSWORD"}

# `doccano webserver` listens on every address of the machine and `doccano createuser` takes the password as an
# argument, hence these two. To import backend.cli puts doccano's settings into the environment.
WEB_SERVER = """
import sys, waitress, backend.cli
from config.wsgi import application
waitress.serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
"""
SET_PASSWORD = """
import os, django, backend.cli
django.setup()
from django.contrib.auth import get_user_model
name, chosen, random = (os.environ.get(key) for key in ("ADMIN", "CHOSEN_PASSWORD", "RANDOM_PASSWORD"))
user = get_user_model().objects.filter(username=name).first()
if user is None:
    get_user_model().objects.create_superuser(name, "", chosen or random)
    print("created")
elif chosen and not user.check_password(chosen):
    user.set_password(chosen)
    user.save()
    print("changed")
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running doccano: its address, the folder with its database and logs, and its two processes."""

    url: str
    home: Path
    web_server: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]

    def check(self) -> None:
        """Raise ParknerError when one of the processes has ended by itself."""
        for name, process in (("webserver", self.web_server), ("worker", self.worker)):
            if process.poll() is not None:
                raise ParknerError(f"{self.home / name}.log: doccano's {name} has stopped")


@contextmanager
def run_doccano(home: Path, *, port: int, venv: Path, report: Callable[[str], None]) -> Iterator[Server]:
    """Keep a doccano running at 127.0.0.1 while the block lasts; install it and make its database where missing.

    Its administrator is the DOCCANO_USERNAME of the environment, or `admin`. DOCCANO_PASSWORD becomes the password;
    without it a new user gets a random one. `report` gets what the person in front should read, that one among it.
    """
    check_port(port)
    python = str(install_doccano(venv, report=report))
    home = make_home(home)
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment["DOCCANO_HOME"] = str(home)
    run_quietly(python, "-m", "backend.cli", "init", environment=environment, folder=home)
    report(_set_password(python, environment))
    with (
        _start("webserver", (python, "-c", WEB_SERVER, str(port)), environment) as web_server,
        _start("worker", (python, "-m", "backend.cli", "task", "--concurrency", "1"), environment) as worker,
    ):
        server = Server(f"http://127.0.0.1:{port}", home, web_server, worker)
        _wait_until_up(server, port)
        yield server


def check_port(port: int) -> None:
    """Raise ParknerError when the port is taken, or is none."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ParknerError(f"127.0.0.1:{port}: {error.strerror}: choose another port with --port") from error


def make_home(home: Path) -> Path:
    """The absolute path of a folder, made where it is missing."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParknerError(f"{home}: {error.strerror}") from error
    return home.resolve()


def _set_password(python: str, environment: Mapping[str, str]) -> str:
    """See to it that the administrator exists and has the password of our environment; say what was done."""
    name, chosen = os.environ.get("DOCCANO_USERNAME") or "admin", os.environ.get("DOCCANO_PASSWORD", "")
    random = secrets.token_urlsafe(12)
    passwords = {"ADMIN": name, "CHOSEN_PASSWORD": chosen, "RANDOM_PASSWORD": random}
    folder = Path(environment["DOCCANO_HOME"])
    done = run_quietly(python, "-c", SET_PASSWORD, environment={**environment, **passwords}, folder=folder).strip()
    if done == "created" and not chosen:
        return f"user {name} created, password {random} (shown only this once)"
    if done:
        return f"user {name} {done}, with the password in DOCCANO_PASSWORD"
    return f"user {name} exists already" + ("" if chosen else "; to give it a new password set DOCCANO_PASSWORD")


@contextmanager
def _start(name: str, command: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a process running in its home, with its children in a group of their own and its output in a log."""
    home = Path(environment["DOCCANO_HOME"])
    with (home / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=home, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError):  # what is left of the group: most often nothing
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until_up(server: Server, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        server.check()
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise ParknerError(f"{server.home}: doccano is not up after {START_SECONDS} s; its logs are here")
