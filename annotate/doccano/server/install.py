"""Install doccano in its own virtual environment, because it needs older libraries than spaCy."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from annotate.errors import ParknerError
from annotate.programs import leave_out_secrets, run_quietly

LOCK = Path(__file__).with_name("requirements.lock")
PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14")  # the versions that the lock supports
# doccano declares Python < 3.12 and pandas < 2, but runs with newer ones: the lock is the full set that works.
PIP = ("-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--ignore-requires-python")
PRINT_VERSION = "import sys; print('python%d.%d' % sys.version_info[:2])"


def install_doccano(venv: Path, *, report: Callable[[str], None]) -> Path:
    """Return the Python of a virtual environment with the locked packages; make and report it if there is none."""
    python, stamp = venv.absolute() / "bin" / "python", venv / LOCK.name
    if not stamp.exists() or stamp.read_bytes() != LOCK.read_bytes():
        report(f"{venv}: installing doccano, which takes a minute or two …")
        run_quietly(choose_python(), "-m", "venv", "--clear", str(venv))
        # Without --use-pep517 an older pip, such as that of Python 3.11.2, fails to build seqeval.
        run_quietly(str(python), *PIP, "--use-pep517", "-r", str(LOCK))
        shutil.copyfile(LOCK, stamp)
    return python


def choose_python() -> str:
    """Find a Python for the locked packages: the running one, or the first of `PYTHONS` that starts.

    If there is none, raises a ParknerError that says what to do.
    """
    for python in (sys.executable, *PYTHONS):
        with suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(
                [python, "-c", PRINT_VERSION], env=leave_out_secrets(), capture_output=True, check=True, text=True
            )
            if done.stdout.strip() in PYTHONS:
                return python
    raise ParknerError(
        "doccano 1.8.4 needs Python 3.11 to 3.14, which is not here: install Python 3.13 beside this one, or run "
        "doccano in Docker with ADMIN_PASSWORD set: docker run -p 127.0.0.1:8000:8000 -v doccano:/data "
        "-e ADMIN_PASSWORD -e ADMIN_USERNAME=admin -e ADMIN_EMAIL=admin@example.com doccano/doccano"
    )
