"""What other programs are told, and that the build steps of others are not told how to get into doccano."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.errors import ParknerError
from annotate.programs import leave_out_secrets, run_quietly

ROOT = Path(__file__).parent.parent.parent
SECRETS = {
    "DOCCANO_PASSWORD": "a secret for tests",
    "DOCCANO_DATABASE_URL": "postgresql://a:secret@db.example/labels",
    "DOCCANO_USERNAME": "chief",
}
SAY = "import json, os; print(json.dumps(dict(os.environ)))"


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("secrets")
def test_secrets_stay_with_us() -> None:
    told = json.loads(run_quietly(sys.executable, "-c", SAY))
    assert not SECRETS.keys() & told.keys()
    assert told["PATH"] == os.environ["PATH"]
    assert leave_out_secrets().keys() == os.environ.keys() - SECRETS.keys()


@pytest.mark.parametrize("target", [".venv/installed", "run", "model", "test-all"])
def test_make_keeps_secrets_from_builds_and_the_workflow(target: str) -> None:
    said = subprocess.run(
        ["make", "--always-make", "--dry-run", target],
        cwd=ROOT,
        env=os.environ | SECRETS,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines = [line for line in said.splitlines() if not line.startswith("echo")]
    theirs = [line for line in lines if " pip install " in line or "weasel" in line]
    assert theirs
    assert [line for line in theirs if not all(f"-u {name}" in line for name in SECRETS)] == []


def test_a_command_that_fails() -> None:
    with pytest.raises(ParknerError, match="exit code 3: too bad"):
        run_quietly(sys.executable, "-c", "import sys; print('too bad', file=sys.stderr); sys.exit(3)")
