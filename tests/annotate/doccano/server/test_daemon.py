import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.doccano.server import daemon as module
from annotate.doccano.server.daemon import Daemon
from annotate.errors import ParknerError

Make = Callable[..., Daemon]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A worker in the test's folder: its command, and its environment."""
    return lambda *command, **environment: Daemon("worker", command, folder=tmp_path, environment=environment)


def wait_for(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(process: int) -> bool:
    """Whether a process is there, and not only what nobody has asked about since it ended."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(") ")[2][0] != "Z"


def test_a_program_runs_while_the_block_lasts(make: Make) -> None:
    with make("sleep", "600") as daemon:
        daemon.check()
        assert is_running(daemon.pid)
    assert not is_running(daemon.pid)
    daemon.stop()  # once more, for nothing
    with pytest.raises(ParknerError, match=rf"^{daemon.log}: the worker has stopped$"):
        daemon.check()


def test_a_program_that_ends_by_itself_is_noticed(make: Make, free_port: int) -> None:
    with make("true") as daemon:
        os.waitid(os.P_PID, daemon.pid, os.WEXITED | os.WNOWAIT)
        for check in (daemon.check, lambda: daemon.wait_for_port(free_port)):
            with pytest.raises(ParknerError, match=rf"^{daemon.log}: the worker has stopped$"):
                check()


def test_a_process_starts_again_with_its_old_log(tmp_path: Path, make: Make) -> None:
    with make("sh", "-c", "echo started; touch made; exec sleep 600") as daemon:
        wait_for(lambda: (tmp_path / "made").exists())
        first = daemon.pid
        os.killpg(first, signal.SIGKILL)
        daemon.stop()
        (tmp_path / "made").unlink()
        daemon.start()
        wait_for(lambda: (tmp_path / "made").exists())
        assert daemon.pid != first
    assert daemon.log.read_text() == "started\nstarted\n"
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_it_has_the_environment_that_is_given_and_does_not_show_it(make: Make) -> None:
    daemon = make("/usr/bin/env", SECRET_KEY="not for all")
    with daemon:
        os.waitid(os.P_PID, daemon.pid, os.WEXITED | os.WNOWAIT)
    assert daemon.log.read_text() == "SECRET_KEY=not for all\n"
    assert "not for all" not in repr(daemon)


def test_its_children_end_with_it(tmp_path: Path, make: Make) -> None:
    with make("sh", "-c", "sleep 600 & echo $! > new; mv new child; wait") as daemon:
        wait_for((tmp_path / "child").exists)
        child = int((tmp_path / "child").read_text())
        assert is_running(child)
    wait_for(lambda: not is_running(child))
    assert not is_running(daemon.pid)


def test_what_does_not_end_in_peace_is_killed(tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    with make("sh", "-c", "trap 'touch asked' TERM; touch ready; while :; do sleep 0.02; done") as daemon:
        wait_for((tmp_path / "ready").exists)
    assert not is_running(daemon.pid)
    assert (tmp_path / "asked").exists()


def test_a_port_is_waited_for(make: Make, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with make(sys.executable, "-m", "http.server", str(free_port), "--bind", "127.0.0.1") as daemon:
        daemon.wait_for_port(free_port)
    monkeypatch.setattr(module, "START_SECONDS", 0.2)
    with (
        make("sleep", "600") as daemon,
        pytest.raises(ParknerError, match=rf"^{daemon.log}: the worker is not up after 0\.2 s$"),
    ):
        daemon.wait_for_port(free_port)
