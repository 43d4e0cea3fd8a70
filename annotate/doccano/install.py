"""doccano in a virtual environment of its own, because it needs older libraries than spaCy, and an older Python."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from annotate.errors import ParknerError
from annotate.settings import CONFIGS

LOCK = CONFIGS.parent / "requirements-doccano.lock"
PYTHONS = ("python3.11", "python3.10")  # what the lock is made for
PRINT_VERSION = "import sys; print('python%d.%d' % sys.version_info[:2])"


def install_doccano(venv: Path, *, report: Callable[[str], None]) -> Path:
    """The Python of a virtual environment that holds the locked set; makes it, and says so, where there is none."""
    python, stamp = venv.absolute() / "bin" / "python", venv / LOCK.name
    if not stamp.exists() or stamp.read_bytes() != LOCK.read_bytes():
        report(f"{venv}: installing doccano, which takes a minute or two …")
        run_quietly(find_python(), "-m", "venv", "--clear", str(venv))
        # Without --use-pep517 an older pip, such as that of Python 3.11.2, fails to build seqeval.
        run_quietly(str(python), "-m", "pip", "install", "--quiet", "--use-pep517", "-r", str(LOCK))
        shutil.copyfile(LOCK, stamp)
    return python


def find_python() -> str:
    """A Python that the locked set installs on: the running one, or the first of `PYTHONS` that starts.

    Raises ParknerError that says what to do where there is none.
    """
    for python in (sys.executable, *PYTHONS):
        with suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run([python, "-c", PRINT_VERSION], capture_output=True, check=True, text=True)
            if done.stdout.strip() in PYTHONS:
                return python
    raise ParknerError(
        "doccano 1.8.4 needs Python 3.10 or 3.11, and there is none: install Python 3.11 beside this one, or run "
        "doccano in Docker with ADMIN_PASSWORD set: docker run -p 127.0.0.1:8000:8000 -v doccano:/data "
        "-e ADMIN_PASSWORD -e ADMIN_USERNAME=admin -e ADMIN_EMAIL=admin@example.com doccano/doccano"
    )


def run_quietly(*command: str, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> str:
    """Run a command to its end and return what it printed; ParknerError is the last line of its complaint.

    >>> run_quietly("echo", "good")
    'good\\n'
    """
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise ParknerError(f"{command[0]}: exit code {done.returncode}: {lines[-1]}")
    return done.stdout
