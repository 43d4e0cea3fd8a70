"""Run a program in the background until it is stopped."""

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
    """A program that runs in a folder while a `with` block lasts. It can be stopped and started in between.

    Its child processes are in its process group. Its output is appended to `<name>.log` in the folder. Only the owner
    can read the log and the other files that it writes.
    """

    name: str
    command: Sequence[str]
    folder: Path = field(kw_only=True)
    environment: Mapping[str, str] = field(kw_only=True, repr=False)  # contains secrets
    _process: subprocess.Popen[bytes] = field(init=False, repr=False)

    @property
    def pid(self) -> int:
        """The id of the process and of its group."""
        return self._process.pid

    def start(self) -> None:
        """Start the program. It must not be running."""
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
        """Terminate it, and kill it if it still runs after STOP_SECONDS. It may have ended already."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError):  # the rest of the group, usually nothing
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def check(self) -> None:
        """Raise ParknerError if it has ended by itself."""
        if self._process.poll() is not None:
            raise ParknerError(f"{self.log}: the {self.name} has stopped")

    def wait_for_port(self, port: int) -> None:
        """Wait until something listens on a port of 127.0.0.1. Raises ParknerError if it ends or START_SECONDS pass."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            time.sleep(0.1)
        raise ParknerError(f"{self.log}: the {self.name} is not up after {START_SECONDS} s")

    @property
    def log(self) -> Path:
        """The path of its log."""
        return self.folder / f"{self.name}.log"

    def __enter__(self) -> "Daemon":
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
