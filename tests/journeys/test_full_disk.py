"""A disk that is really full: one line that names the file or folder, and what was there before stays."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

SIZE = 64 * 1024
PARKNER = [sys.executable, "-m", "training"]
FULL = os.strerror(errno.ENOSPC)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with a page free at most."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a disk")
    (folder / "old").write_text("old", "utf-8")
    (folder / "rest").write_bytes(bytes(SIZE - 2 * 4096))
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # a traceback may still hold a file there


@pytest.fixture
def records(tmp_path: Path) -> Path:
    train, dev = (tmp_path / "records" / partition / "a.jsonl" for partition in ("train", "dev"))
    texts = [f"石桥药业第{number}次落户青芦湾医药港。" for number in range(500)]
    write_sentences(train, [Sentence(text, (Span(0, 4, "ORG"),), "a", place) for place, text in enumerate(texts, 1)])
    shutil.copytree(train.parent, dev.parent)
    return train


@pytest.fixture
def raw_page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text("".join(f"石桥药业第{number}次落户青芦湾医药港。\n" for number in range(500)), "utf-8")
    return path


@pytest.fixture
def tight(disk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The disk as the place of temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    return disk


def check(result, named: Path, disk: Path) -> None:
    (line,) = [line for line in result.err.splitlines() if line.startswith("Error")]
    assert (result.code, line) == (1, f"Error: {named}: {FULL}")
    assert "Traceback" not in result.err
    assert {path.name: path.read_bytes()[:3] for path in disk.iterdir()} == {"old": b"old", "rest": b"\0\0\0"}


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("split {page} -o {disk}/old", "old"),
        ("prelabel {records} --replace -o {disk}/old", "old"),
        ("mark {records} -o {disk}/old", "old"),
        ("agree {records} {again} --html {disk}/old", "old"),
        ("apply {model} {page} -o {disk}/old.jsonl", "old.jsonl"),
        ("apply {model} {page} -o {disk}/old.csv", "old.csv"),
        ("silver {page} --model {model} -o {disk}/old --share-empty 1", "old"),
        ("rank {records} --model {model} -o {disk}/old", "old"),
        ("convert {gold} -o {disk} --silver {records}", "train.spacy"),
        ("pretrain {page} --config {config} --steps 1 -o {disk}/old", "old"),
        ("segmenter {folder} -o {disk}", ""),
    ],
)
def test_a_file_is_named_and_what_was_there_stays(
    parkner, command, named, disk, records, raw_page, tmp_path, gold, model, config
):
    again = shutil.copy(records, tmp_path / "again.jsonl")
    paths = {
        "disk": disk,
        "records": records,
        "page": raw_page,
        "folder": tmp_path / "records",
        "again": again,
        "gold": gold,
        "model": model,
        "config": config,
    }
    check(parkner(*command.format(**paths).split()), disk / named, disk)


def test_temporary_files_are_named_by_their_folder(parkner, tight, records, free_port):
    check(parkner("push", records, "--project", "a", "--url", f"http://127.0.0.1:{free_port}"), tight, tight)


@pytest.mark.parametrize(
    "command",
    ["package {model} --gold {gold}/dev --train {gold}/train -o {0}", "curve {config} --gold {gold} --seeds 1"],
)
def test_what_others_write_is_one_line_too(parkner, command, tight, tmp_path, gold, model, config):
    result = parkner(*command.format(tmp_path / "out", gold=gold, model=model, config=config).split())
    (line,) = [line for line in result.err.splitlines() if line.startswith("Error")]
    assert result.code == 1
    assert line.startswith(f"Error: {tight}")
    assert "No space left" in line or "ENOSPC" in line


def test_standard_output_may_be_full(records, raw_page):
    for arguments in (["split", raw_page, "-o", "-"], ["check", records], ["--help"]):
        with open("/dev/full", "w") as full:
            done = subprocess.run([*PARKNER, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        error = done.stderr.splitlines()[-1]
        assert (done.returncode, error) == (1, f"Error: standard output or a temporary file: {FULL}")


def test_a_reader_may_have_enough(records):
    with subprocess.Popen(
        [*PARKNER, "mark", records, "-o", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        run.stdout.close()
        assert (run.wait(), run.stderr.read()) == (1, b"")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_says_so_and_leaves_what_was_there(tmp_path, number):
    (tmp_path / "old").write_text("old", "utf-8")
    rows = b'{"text": "\xe7\x94\xb2", "label": []}\n' * 2
    with subprocess.Popen(
        [*PARKNER, "mark", "-", "-o", tmp_path / "old"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # in the background it may be ignored
    ) as run:
        run.stdin.write(rows)
        run.stdin.flush()
        while run.poll() is None and not list(tmp_path.glob(".old.*/old")):
            pass
        run.send_signal(number)
        assert (run.wait(), run.stderr.read()) == (130, b"Interrupted\n")
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["old"]
