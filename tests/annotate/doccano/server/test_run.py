"""The embedded doccano: installed, started, stopped."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import requests
from doccano_client import DoccanoClient

from annotate.doccano.api.client import connect
from annotate.doccano.server.daemon import Daemon
from annotate.doccano.server.environment import make_environment
from annotate.doccano.server.run import Server, check_port, make_home, remove_exports, run_doccano
from annotate.errors import ParknerError
from annotate.programs import run_quietly


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_first_start(venv: Path, tmp_path: Path, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCCANO_USERNAME", raising=False)
    monkeypatch.delenv("DOCCANO_PASSWORD", raising=False)
    monkeypatch.delenv("DOCCANO_DATABASE_URL", raising=False)
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
        assert password[1] not in subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, text=True).stdout
    assert not is_alive(server.web_server.pid)
    assert not is_alive(server.worker.pid)
    files = [file for file in server.home.rglob("*") if file.is_file()]
    assert {"db.sqlite3", "secret_key", "webserver.log", "worker.log"} <= {file.name for file in files}
    assert all(password[1].encode() not in file.read_bytes() for file in files)
    assert all(file.stat().st_mode & 0o077 == 0 for file in [server.home, *files])


def test_the_queue_is_there_before_two_processes_want_it(prepared_home: Path) -> None:
    with closing(sqlite3.connect(prepared_home / "db.sqlite3")) as database:
        assert database.execute("SELECT name FROM kombu_queue").fetchall() == [("celery",)]


def test_killed_processes_start_again_and_sessions_go_on(
    private_server: Server,
    private_client: DoccanoClient,
    restart_web_server: Callable[[], None],
    restart_worker: Callable[[], None],
) -> None:
    for process in (private_server.web_server, private_server.worker):
        os.killpg(process.pid, signal.SIGKILL)
    restart_web_server()
    restart_worker()
    private_server.check()
    assert private_client.get("v1/me")["username"] == "chief"


def test_nothing_is_shown_to_strangers(server: Server) -> None:
    missing = requests.get(f"{server.url}/media/none", headers={"Origin": "http://page.example"}, timeout=60)
    assert missing.status_code == 404
    assert "urlconf" not in missing.text.casefold()  # as the page for developers has it
    assert "Access-Control-Allow-Origin" not in missing.headers
    assert requests.get(f"{server.url}/admin/", timeout=60).url.endswith("/admin/login/?next=/admin/")
    assert requests.get(f"{server.url}/v1/users", timeout=60).status_code == 403


def test_sessions_are_signed_with_a_key_of_our_own(client: DoccanoClient, server: Server, venv: Path) -> None:
    cookie = client.session.cookies["sessionid"]
    script = """
import sys, backend.cli, django
django.setup()
from django.contrib.sessions.models import Session
print("_auth_user_id" in Session.objects.get(session_key=sys.argv[1]).get_decoded())
"""
    environment = make_environment(server.home)
    read = (str(venv / "bin" / "python"), "-c", script, cookie)
    assert run_quietly(*read, environment=environment) == "True\n"
    del environment["SECRET_KEY"]  # leaves doccano's own, which everybody knows
    assert run_quietly(*read, environment=environment) == "False\n"


def test_a_process_of_the_two_that_stops_is_noticed(tmp_path: Path) -> None:
    running = Daemon("webserver", ["sleep", "600"], folder=tmp_path, environment={})
    ended = Daemon("worker", ["true"], folder=tmp_path, environment={})
    with running, ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        Server("", tmp_path, running, running).check()
        for pair in ((running, ended), (ended, running)):
            with pytest.raises(ParknerError, match=r"worker\.log: the worker has stopped"):
                Server("", tmp_path, *pair).check()


def test_home_is_a_folder_of_its_owner(tmp_path: Path) -> None:
    assert make_home(tmp_path / "far" / "home").stat().st_mode & 0o777 == 0o700
    tmp_path.chmod(0o755)
    assert make_home(tmp_path).stat().st_mode & 0o777 == 0o755  # what is there stays as it is
    (tmp_path / "file").touch()
    with pytest.raises(ParknerError, match="file: File exists"):
        make_home(tmp_path / "file")


def test_only_exports_are_removed(tmp_path: Path) -> None:
    remove_exports(tmp_path)  # before the first start there are none
    upload = tmp_path / "media" / "an upload" / "of somebody.zip"
    upload.parent.mkdir(parents=True)
    for file in (upload, tmp_path / "media" / "0143fbac.zip"):
        file.touch()
    remove_exports(tmp_path)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [upload]
