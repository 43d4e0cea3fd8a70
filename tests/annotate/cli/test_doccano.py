"""`parkner doccano`: it runs a real one until it is told to stop, or one of its processes dies."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from annotate.doccano.server.run import check_port

COMMAND = [sys.executable, "-m", "training", "doccano"]


@contextmanager
def start(home: Path, *, port: int, venv: Path) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """The command once its doccano runs, and what it has said."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DOCCANO_")}
    command = [*COMMAND, "--port", str(port), "--home", str(home), "--venv", str(venv)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**environment, "DOCCANO_USERNAME": "chief"}
    ) as process:
        assert process.stderr
        told: list[str] = []
        for line in process.stderr:
            told.append(line)
            if "Ctrl-C stops it" in line:
                break
        try:
            yield process, told
        finally:
            process.terminate()


@pytest.fixture
def home(prepared_home: Path, tmp_path: Path) -> Path:
    """The folder of a doccano that has run before."""
    shutil.copytree(prepared_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_it_is_stopped(number: signal.Signals, home: Path, venv: Path, free_port: int) -> None:
    url = f"http://127.0.0.1:{free_port}"
    with start(home, port=free_port, venv=venv) as (process, told):
        assert told == [
            "starting doccano …\n",
            "user chief exists already; to give it a new password set DOCCANO_PASSWORD\n",
            f"doccano runs at {url}; Ctrl-C stops it\n",
        ]
        assert requests.get(f"{url}/v1/health/", timeout=60).status_code == 200
        process.send_signal(number)
        _, rest = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, "stopping doccano …\n")
    check_port(free_port)


def test_it_ends_when_one_of_its_processes_dies(home: Path, venv: Path, free_port: int) -> None:
    with start(home, port=free_port, venv=venv) as (process, _):
        listed = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(process.pid)], capture_output=True, text=True
        )
        (worker,) = re.findall(r"^ *(\d+) .*\bkombu\b", listed.stdout, re.MULTILINE)
        os.kill(int(worker), signal.SIGKILL)
        _, rest = process.communicate(timeout=60)
    told = ["stopping doccano …", f"Error: {home}/worker.log: the worker has stopped"]
    assert (process.returncode, rest.splitlines()) == (1, told)
    check_port(free_port)


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path, venv: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        command = [*COMMAND, "--port", str(port), "--home", str(tmp_path / "home"), "--venv", str(venv)]
        done = subprocess.run(command, capture_output=True, text=True)
    message = f"Error: 127.0.0.1:{port}: Address already in use: choose another port with --port"
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, message)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("port", ["0", "65536"])
def test_what_is_no_port(port: str, parkner: Callable[..., Any]) -> None:
    result = parkner("doccano", "--port", port)
    assert (result.code, "'--port'" in result.err) == (2, True)
