"""The locks: every package with its hashes, no package index, one version of each for every Python that we support."""

import re
from collections import Counter
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from annotate.doccano.server.install import LOCK, PYTHONS

ROOT = Path(__file__).parent.parent.parent
LOCKS = [ROOT / "requirements.lock", LOCK]


def read_entries(lock: Path) -> list[str]:
    """The entries, each on a line with its hashes, without comments."""
    lines = [line for line in lock.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_hashes_and_no_index_is_named(lock: Path) -> None:
    entries = read_entries(lock)
    assert len(entries) > 50
    pattern = r"[\w.-]+==[\w.+!-]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+"
    assert [entry for entry in entries if not re.fullmatch(pattern, entry)] == []
    assert "://" not in lock.read_text("utf-8")


@pytest.mark.parametrize("python", sorted(PYTHONS))
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_there_is_one_version_of_each_for_a_python(lock: Path, python: str) -> None:
    requirements = [Requirement(entry.partition("--hash")[0].strip()) for entry in read_entries(lock)]
    version = python.removeprefix("python")
    environment = {"python_version": version, "python_full_version": f"{version}.1"}
    counts = Counter(each.name for each in requirements if not each.marker or each.marker.evaluate(environment))
    assert set(counts.values()) == {1}
    foreign = {each.name for each in requirements} - counts.keys()  # those of other systems
    assert all("sys_platform" in str(each.marker) for each in requirements if each.name in foreign)
