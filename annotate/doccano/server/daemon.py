"""A program that runs beside us until it is stopped."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotate.errors import ParknerError

START_SECONDS = 60
STOP_SECONDS = 10


@dataclass(slots=True)
class Daemon:
    """A program that runs in a folder while a `with` block lasts; it can be stopped and started in between.

    Its children are in a process group with it. What it says is added to `<name>.log` in the folder; only the owner
    can read that and whatever else it writes.
    """

    name: str
    command: Sequence[str]
    folder: Path = field(kw_only=True)
    environment: Mapping[str, str] = field(kw_only=True, repr=False)  # there are secrets in it
    _process: subprocess.Popen[bytes] = field(init=False, repr=False)

    @property
    def pid(self) -> int:
        """The process, and its group."""
        return self._process.pid

    def start(self) -> None:
        """Run the program; it must not be running."""
        with open(self.log, "ab", opener=_open_for_owner) as log:
            self._process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                umask=0o077,
                start_new_session=True,
            )

    def stop(self) -> None:
        """End it, in peace where it ends within STOP_SECONDS; nothing happens where it has ended already."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError):  # what is left of the group: most often nothing
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def check(self) -> None:
        """Raise ParknerError when it has ended by itself."""
        if self._process.poll() is not None:
            raise ParknerError(f"{self.log}: the {self.name} has stopped")

    def wait_for_port(self, port: int) -> None:
        """Return when something listens at 127.0.0.1; ParknerError when it has ended, or START_SECONDS are over."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            time.sleep(0.1)
        raise ParknerError(f"{self.log}: the {self.name} is not up after {START_SECONDS} s")

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.folder / f"{self.name}.log"

    def __enter__(self) -> "Daemon":
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
