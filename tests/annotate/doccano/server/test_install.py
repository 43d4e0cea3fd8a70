import sys
from pathlib import Path

import pytest

from annotate.doccano.server import install
from annotate.doccano.server.install import choose_python, install_doccano
from annotate.errors import ParknerError


@pytest.fixture
def only_these(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, at first empty, that holds all Pythons there are: the running one is no Python at all."""
    monkeypatch.setattr(sys, "executable", "python-that-is-none")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def make_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_no_python_of_the_right_age(only_these: Path) -> None:
    make_program(only_these / "python3.13", "echo python3.13; exit 1")
    make_program(only_these / "python3.12", "echo python3.9")
    with pytest.raises(ParknerError, match=r"install Python 3.13 .* docker run"):
        choose_python()


def test_the_running_python_comes_first_and_then_what_starts(only_these: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_program(only_these / "python3.13", "echo python3.13; exit 1")
    make_program(only_these / "python3.11", "echo python3.11")
    assert choose_python() == "python3.11"
    make_program(only_these / "own", "echo python3.14")
    monkeypatch.setattr(sys, "executable", str(only_these / "own"))
    assert choose_python() == str(only_these / "own")


def test_a_python_on_trial_is_told_no_secret(only_these: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCCANO_PASSWORD", "a secret for tests")
    make_program(only_these / "python3.13", 'test "$DOCCANO_PASSWORD" || echo python3.13')
    assert choose_python() == "python3.13"


PYTHON = """
case "$*" in
*version_info*) echo python3.13 ;;
"-m venv --clear "*) rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
"-m pip install "*"--require-hashes "*" -r "*) for lock; do :; done; ! grep broken "$lock" ;;
esac
"""


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is to be installed, by a Python that only makes the folders and fails where the lock is broken."""
    make_program(tmp_path / "python", PYTHON)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(install, "LOCK", tmp_path / "requirements.lock")
    (tmp_path / "requirements.lock").write_text("doccano")
    return tmp_path / "requirements.lock"


def test_what_is_installed_stays_until_the_lock_changes(tmp_path: Path, lock: Path) -> None:
    venv, told = tmp_path / "venv", list[str]()
    python = install_doccano(venv, report=told.append)
    assert (python, python.exists()) == (venv / "bin" / "python", True)
    (venv / "old").touch()
    assert install_doccano(venv, report=told.append) == python
    assert ((venv / "old").exists(), len(told)) == (True, 1)
    lock.write_text("doccano, newer")
    install_doccano(venv, report=told.append)
    assert told == [f"{venv}: installing doccano, which takes a minute or two …"] * 2
    assert not (venv / "old").exists()


def test_what_could_not_be_installed_is_tried_again(tmp_path: Path, lock: Path) -> None:
    lock.write_text("broken")
    for _ in range(2):
        with pytest.raises(ParknerError, match=rf"^{tmp_path}/venv/bin/python: exit code 1: broken$"):
            install_doccano(tmp_path / "venv", report=lambda _: None)


def test_its_python_has_a_path_from_the_root(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since doccano runs in another folder."""
    monkeypatch.chdir(lock.parent)
    assert install_doccano(Path("venv"), report=lambda _: None) == lock.parent / "venv" / "bin" / "python"
