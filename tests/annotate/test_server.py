"""The embedded doccano: installed, started, stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.doccano_client import connect
from annotate.doccano_install import find_python, install_doccano, run_quietly
from annotate.errors import ParknerError
from annotate.server import Server, check_port, make_home, run_doccano


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_first_and_second_start(venv: Path, tmp_path: Path, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCCANO_USERNAME", raising=False)
    monkeypatch.delenv("DOCCANO_PASSWORD", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1/none")  # not for us
    told: list[str] = []
    with run_doccano(tmp_path / "home", port=free_port, venv=venv, report=told.append) as server:
        [line] = told
        password = re.fullmatch(r"user admin created, password (\S+) \(shown only this once\)", line)
        assert password
        connect(server.url, "admin", password[1])
        with socket.socket() as probe:  # every 127.x.x.x is this machine: a server on all addresses would answer
            assert probe.connect_ex(("127.0.0.2", free_port)) != 0
        with pytest.raises(ParknerError, match=f"127.0.0.1:{free_port}: Address already in use"):
            check_port(free_port)
    assert not is_alive(server.web_server.pid)
    assert not is_alive(server.worker.pid)
    assert all(password[1].encode() not in file.read_bytes() for file in (tmp_path / "home").glob("*.*"))

    command = [sys.executable, "-c", "from training.cli import main; main()", "doccano", "--venv", str(venv)]
    command += ["--port", str(free_port), "--home", str(tmp_path / "home")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        for line in process.stderr:
            told.append(line)
            if "Ctrl-C stops it" in line:
                process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    assert "user admin exists already; to give it a new password set DOCCANO_PASSWORD\n" in told
    check_port(free_port)


def test_a_process_that_stops_is_noticed(tmp_path: Path) -> None:
    ended, running = subprocess.Popen(["true"]), subprocess.Popen(["sleep", "600"])
    ended.wait()
    try:
        Server("", tmp_path, running, running).check()
        with pytest.raises(ParknerError, match=r"worker\.log: doccano's worker has stopped"):
            Server("", tmp_path, running, ended).check()
    finally:
        running.kill()
        running.wait()


def test_home_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ParknerError, match="file: File exists"):
        make_home(tmp_path / "file")


def test_no_python_of_the_right_age(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", "python-that-is-none")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ParknerError, match=r"install Python 3.11 .* docker run"):
        find_python()


def test_what_is_installed_stays(venv: Path) -> None:
    told: list[str] = []
    install_doccano(venv, report=told.append)
    assert install_doccano(venv, report=told.append).exists()
    assert not [line for line in told[1:] if "installing" in line]


def test_a_command_that_fails() -> None:
    with pytest.raises(ParknerError, match="exit code 3: too bad"):
        run_quietly(sys.executable, "-c", "import sys; print('too bad', file=sys.stderr); sys.exit(3)")
