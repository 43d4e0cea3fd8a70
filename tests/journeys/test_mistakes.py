"""Mistakes of new users on the command line, and parkner's messages, which come before it loads anything."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

READ_RECORDS = [
    "prelabel {} -o {0}/out.jsonl",
    "rules report {}",
    "rules report {0}/good.jsonl {}",
    "rules suggest {} -o {0}/out.tsv",
    "check {}",
    "agree {} {0}/good.jsonl",
    "review {0}/good.jsonl {} --project p -o {0}/out.jsonl",
    "mark {} -o {0}/out.txt",
    "push {} --project p",
    "project assign {} --project p --to li",
    "economy {}",
    "rank {} --model {0}/model -o {0}/out.jsonl",
    "convert {0}/gold -o {0}/out --silver {}",
    "evaluate {0}/model {}",
    "curve --gold {0}/gold --held-out {}",
    "segmenter {0}/gold -o {0}/out --held-out {}",
    "package {0}/model --gold {} -o {0}/out",
    "package {0}/model --train {} --gold {0}/good.jsonl -o {0}/out",
]
READ_PAGES = [
    "split {} -o {0}/out.jsonl",
    "unmark {} --gold {0}/out --articles {0}/out",
    "apply {0}/model {} -o {0}/out.csv",
    "silver {} --model {0}/model -o {0}/out.jsonl",
    "pretrain {} -o {0}/out.bin",
]
WRITE_FILES = [
    ("split {0}/page.txt -o {}", ".jsonl"),
    ("prelabel {0}/good.jsonl -o {}", ".jsonl"),
    ("rules suggest {0}/good.jsonl -o {}", ""),
    ("agree {0}/good.jsonl {0}/other.jsonl --html {}", ".html"),
    ("review {0}/good.jsonl {0}/other.jsonl --project p -o {}", ".jsonl"),
    ("mark {0}/good.jsonl -o {}", ".txt"),
    ("pull --project p -o {}", ".jsonl"),
    ("rank {0}/good.jsonl --model {0}/model -o {}", ".jsonl"),
    ("evaluate {0}/model {0}/good.jsonl --json {}", ".json"),
    ("curve --gold {0}/gold --plot {}", ".png"),
    ("pretrain {0}/page.txt -o {}", ""),
    ("silver {0}/page.txt --model {0}/model -o {}", ".jsonl"),
    ("apply {0}/model {0}/page.txt -o {}", ".csv or .jsonl"),
]
WRITE_FOLDERS = [
    "unmark {0}/page.txt --gold {} --articles {0}/out",
    "unmark {0}/page.txt --gold {0}/out --articles {}",
    "doccano --home {}",
    "doccano --venv {}",
    "pull --project p --by-annotator {}",
    "convert {0}/gold -o {}",
    "train -o {} --data {0}/gold",
    "segmenter {0}/gold -o {}",
    "package {0}/model --train {0}/good.jsonl --gold {0}/good.jsonl -o {}",
]
NEED_PIPELINES = [
    "prelabel {0}/good.jsonl --model {} -o {0}/out.jsonl",
    "rank {0}/good.jsonl --model {} -o {0}/out.jsonl",
    "silver {0}/page.txt --model {} -o {0}/out.jsonl",
    "evaluate {} {0}/good.jsonl",
    "package {} --train {0}/good.jsonl --gold {0}/good.jsonl -o {0}/out",
    "apply {} {0}/page.txt -o {0}/out.csv",
]
NEED_OTHERS = [
    ("train {0}/none.cfg --data {0}/data -o {0}/out", "none.cfg: no such file or folder"),
    ("train --data {0}/folder -o {0}/out", "train.spacy: no such file; `parkner convert` makes it"),
    ("train --data {0}/data --pretrained {0}/none.bin -o {0}/out", "none.bin: no such file or folder"),
    ("pretrain {0}/page.txt --config {0}/folder -o {0}/out", "folder: a folder: give one file"),
    ("evaluate {0}/model {0}/good.jsonl --rules {0}/none.toml", "none.toml: no such file or folder"),
    ("evaluate {0}/model {0}/good.jsonl --gazetteer {0}/none.tsv", "none.tsv: no such file or folder"),
    ("convert {0}/good.jsonl -o {0}/out", "good.jsonl: no folder 'train' in it"),
    ("curve --gold {0}/folder", "folder: no folder 'train' in it"),
    (
        "package {0}/model --train {0}/good.jsonl --gold {0}/good.jsonl --card {0}/none.md -o {0}/out",
        "none.md: no such",
    ),
]


@pytest.fixture
def folder(tmp_path):
    """A folder with something of each kind; its pipelines are empty, so that nothing can be loaded from them."""
    sentence = Sentence("园区里有光谷。", (Span(4, 6, "PARK"),), "a", 1)
    for name in ("good.jsonl", "other.jsonl", "gold/train/a.jsonl", "gold/dev/a.jsonl"):
        write_sentences(tmp_path / name, [sentence])
    for name in ("model", "models/ner/model-best", "folder", "data"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("meta.json", "config.cfg"):
        (tmp_path / "model" / name).touch()
        (tmp_path / "models/ner/model-best" / name).touch()
    for name in (
        "page.html",
        "page.pdf",
        "page.docx",
        "page.xlsx",
        "page.zip",
        "page.csv",
        "page.spacy",
        "page.html.xz",
    ):
        (tmp_path / name).write_bytes(b"PK\3\4")
    for name in ("train.spacy", "dev.spacy"):
        (tmp_path / "data" / name).touch()
    (tmp_path / "page.txt").write_text("园区里有光谷。\n", "utf-8")
    (tmp_path / "array.json").write_text('[{"text": "园区里有光谷。"}]\n', "utf-8")
    (tmp_path / "indented.json").write_text('[\n  {\n    "text": "园区里有光谷。"\n  }\n]\n', "utf-8")
    return tmp_path


def put(command: str, path: str) -> str:
    """The command with a path of the folder in it."""
    return command.replace("{}", "{0}/" + path)


@pytest.mark.parametrize("command", READ_RECORDS)
def test_records_are_wanted(refuse, folder, command):
    for name, message in (
        ("page.txt", "page.txt: a page, not records: run `parkner split` on it first"),
        ("page.html", "page.html: a page, not records: run `parkner split` on it first"),
        ("page.docx", "page.docx: a document: save it as .txt or .html and run `parkner split` on it first"),
        ("page.xlsx", "page.xlsx: a document: save it as .txt"),
        ("page.pdf", "page.pdf: a document: save it as .txt"),
        ("page.csv", "page.csv: a table, not records"),
        ("page.zip", "page.zip: an archive: unpack it first"),
        ("page.spacy", "page.spacy: spaCy's training data"),
        ("none.jsonl", "none.jsonl: no such file or folder"),
        ("n" * 300, "File name too long"),
    ):
        assert message in refuse(folder, put(command, name)).err
    (folder / "folder" / "page.txt").touch()
    message = refuse(folder, put(command, "folder")).err
    assert message.endswith(
        ("no .jsonl file in this folder, but page.txt, a page, not records: run `parkner split` on it first",)
        if not command.startswith(("push", "project"))
        else (": a folder: give one file",)
    )


@pytest.mark.parametrize("command", READ_PAGES)
def test_pages_are_wanted(refuse, folder, command):
    for name, message in (
        ("page.docx", "page.docx: a document: save it as .txt or .html first"),
        ("page.xlsx", "page.xlsx: a document: save it as .txt"),
        ("page.pdf", "page.pdf: a document: save it as .txt"),
        ("page.csv", "page.csv: a document: save it as .txt"),
        ("page.zip", "page.zip: an archive: unpack it first"),
        ("page.html.xz", "page.html.xz: an archive: unpack it first"),
        ("array.json", "array.json: JSON: put each article on its own line in a .jsonl file"),
        ("page.spacy", "page.spacy: not one of .txt, .html, .htm, .jsonl"),
        ("none.txt", "none.txt: no such file or folder"),
        ("folder", "folder: no .txt / .html / .htm / .jsonl"),
    ):
        assert message in refuse(folder, put(command, name)).err


@pytest.mark.parametrize("name", ["array.json", "indented.json"])
def test_an_array_is_no_line(refuse, folder, name):
    for command in ("prelabel {} -o {0}/out.jsonl", "check {}"):
        assert f"{name}:1: each line must be one JSON object: `jq -c" in refuse(folder, put(command, name)).err
    (folder / "array.jsonl").write_bytes((folder / name).read_bytes())
    assert "array.jsonl:1: each line must be" in refuse(folder, "split {0}/array.jsonl -o {0}/out.jsonl").err


@pytest.mark.parametrize(("command", "suffixes"), WRITE_FILES)
def test_a_file_that_cannot_be_written(refuse, folder, command, suffixes):
    assert "folder: a folder: give the file to write, such as" in refuse(folder, put(command, "folder")).err
    assert "page.txt is a file, not a folder" in refuse(folder, put(command, "page.txt/out/new")).err
    assert "File name too long" in refuse(folder, put(command, "n" * 300)).err
    if suffixes:
        assert f"out.xlsx: this is written as {suffixes}: " in refuse(folder, put(command, "out.xlsx")).err


@pytest.mark.parametrize("command", WRITE_FOLDERS)
def test_a_folder_that_cannot_be_written(refuse, folder, command):
    assert "page.txt: not a folder: give a folder to write to" in refuse(folder, put(command, "page.txt")).err
    assert "page.txt is a file, not a folder" in refuse(folder, put(command, "page.txt/out")).err


@pytest.mark.parametrize("command", NEED_PIPELINES)
def test_a_pipeline_that_is_none(refuse, folder, command):
    best = folder / "models" / "ner" / "model-best"
    for name, message in (
        ("models/ner", f"models/ner: no pipeline here: did you mean {best}?"),
        ("models", f"models: no pipeline here: did you mean {best}?"),
        ("folder", "folder: no pipeline here: `parkner train` makes one, such as models/ner/model-best"),
        ("page.txt", "page.txt: a file, not a pipeline: give a folder"),
        ("none", "none: no such file or folder"),
    ):
        assert message in refuse(folder, put(command, name)).err


@pytest.mark.parametrize(("command", "message"), NEED_OTHERS)
def test_what_else_is_missing(refuse, folder, command, message):
    assert message in refuse(folder, command).err


@pytest.mark.parametrize(
    "command",
    [
        "split {0}/page.jsonl -o {0}/page.jsonl",
        "split {0} -o {0}/page.jsonl",
        "apply {0}/model {0}/page.jsonl -o {0}/page.jsonl",
        "silver {0}/page.jsonl --model {0}/model -o {0}/page.jsonl",
        "pretrain {0}/page.jsonl -o {0}/page.jsonl",
        "mark {0}/page -o {0}/page",
        "rules suggest {0}/page.jsonl -o {0}/page.jsonl",
        "review {0}/page.jsonl {0}/good.jsonl --project p -o {0}/page.jsonl",
        "unmark {0}/page.txt --gold {0}/out --articles {0}",
    ],
)
def test_what_is_read_is_not_written_over(refuse, folder, command):
    for name in ("page.jsonl", "page"):
        (folder / name).write_text('{"text": "园区里有光谷。"}\n', "utf-8")
    before = [(folder / name).read_bytes() for name in ("page.jsonl", "page", "page.txt")]
    assert "the output would overwrite this input: give another name or folder" in refuse(folder, command).err
    assert [(folder / name).read_bytes() for name in ("page.jsonl", "page", "page.txt")] == before


def test_folders_that_are_closed():
    """As somebody who is not root, since root may look and write everywhere."""
    script = """
import os, sys
from training.cli.main import main
for number, command in enumerate(sys.stdin.read().splitlines()):
    if number and os.getuid() == 0:  # the first command has imported what all need
        os.setuid(65534)
    sys.argv = ["parkner", *command.split()]
    try:
        main()
    except SystemExit:
        pass
"""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "page.txt").write_text("光谷动工。", "utf-8")
        (folder / "none").mkdir(0o000)
        (folder / "read").mkdir(0o555)
        commands = [
            "split {0}/nothing.txt -o {0}/out.jsonl",
            "split {0}/none/page.txt -o -",
            "split {0}/page.txt -o {0}/none/out.jsonl",
            "split {0}/page.txt -o {0}/read/new/out.jsonl",
            "unmark {0}/page.txt --gold {0}/read --articles {0}/out",
        ]
        given = "\n".join(commands).format(folder)
        done = subprocess.run([sys.executable, "-c", script], input=given, capture_output=True, text=True, check=True)
        assert done.stderr.splitlines() == [
            f"Error: {folder}/nothing.txt: no such file or folder",
            f"Error: {folder}/none/page.txt: Permission denied",
            f"Error: {folder}/none/out.jsonl: Permission denied",
            f"Error: {folder}/read/new/out.jsonl: no permission to write in {folder}/read",
            f"Error: {folder}/read: no permission to write in {folder}/read",
        ]
        assert sorted(path.name for path in folder.iterdir()) == ["none", "page.txt", "read"]


@pytest.mark.parametrize("command", ["rules report {}", "economy {}", "prelabel {} -o {0}/out.jsonl"])
def test_a_file_of_records_without_one(refuse, folder, command):
    (folder / "empty.jsonl").touch()
    assert "empty.jsonl: the file is empty" in refuse(folder, put(command, "empty.jsonl")).err


def test_all_this_is_said_before_anything_heavy_is_loaded(folder):
    commands = [put(command, "none") for command in [*READ_RECORDS, *READ_PAGES, *NEED_PIPELINES]]
    commands += [put(command, "folder") for command, _ in WRITE_FILES]
    commands += [*(put(command, "page.txt") for command in WRITE_FOLDERS), *(command for command, _ in NEED_OTHERS)]
    script = """
import sys
from training.cli.main import main
for command in sys.stdin.read().splitlines():
    sys.argv = ["parkner", *command.split()]
    try:
        main()
    except SystemExit as end:
        print(command, end.code, *({"spacy", "matplotlib", "trafilatura"} & set(sys.modules)), sep="|")
"""
    given = "\n".join(command.format(folder) for command in commands)
    done = subprocess.run([sys.executable, "-c", script], input=given, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{command}|1" for command in given.splitlines()]
