"""Programs of others, run to their end without what lets one into doccano."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from annotate.errors import ParknerError

OURS = "DOCCANO_"  # how the variables begin that say where doccano and its database are, and the passwords to them


def run_quietly(*command: str, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> str:
    """Run a command to its end and return what it printed; ParknerError is the last line of its complaint.

    Its environment is ours without the secrets, if no other is given.

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
    """Our environment for a program that has no business with doccano, such as what builds a package."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
