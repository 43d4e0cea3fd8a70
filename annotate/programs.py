"""Run other programs to their end, without doccano's passwords in their environment."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from annotate.errors import ParknerError

OURS = "DOCCANO_"  # prefix of the variables with the addresses and passwords of doccano and its database


def run_quietly(*command: str, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> str:
    """Run a command to its end and return its output. If it fails, raise ParknerError with the last line of its error.

    Unless `environment` is given, it runs in our environment without the secrets.

    >>> run_quietly("echo", "good")
    'good\\n'
    """
    given = leave_out_secrets() if environment is None else environment
    done = subprocess.run(command, env=given, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise ParknerError(f"{command[0]}: exit code {done.returncode}: {lines[-1]}")
    return done.stdout


def leave_out_secrets() -> dict[str, str]:
    """Return our environment without the secrets, for a program that does not need doccano, such as a package build."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
