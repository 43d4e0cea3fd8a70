"""parkner from a wheel, in an environment without the checkout and in an empty folder: the whole loop."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from build import ProjectBuilder
from pyproject_hooks import quiet_subprocess_runner

from annotate.records import read_sentences

ROOT = Path(__file__).parent.parent.parent
QUICK = {"max_steps": 2, "eval_frequency": 2}
PAGE = "青芦湾医药港去年引进12家企业\n\n石桥药业落户青芦湾医药港。去年，园区企业投资3.5亿元。他在现场看了很久。\n"
OTHER = "云渡科技城今年新增40家企业\n\n8月，白鹭洲管委会与云渡科技城签约。这里没有名字。\n"
Run = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, as building leaves files in the folder."""
    source = tmp_path_factory.mktemp("source")
    for name in ("annotate", "training", "configs"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    return Path(ProjectBuilder(source, runner=quiet_subprocess_runner).build("wheel", tmp_path_factory.mktemp("dist")))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A virtual environment with the wheel, which sees what else is installed here, but not this checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    (site / "others.pth").write_text(sysconfig.get_path("purelib"), "utf-8")  # the .pth files there are not read
    install = [sys.executable, "-m", "pip", f"--python={folder / 'bin' / 'python'}", "install", "--quiet"]
    subprocess.run([*install, "--no-index", "--no-deps", "--ignore-installed", wheel], check=True)
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return kept | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run a command of the environment in the empty folder; what it says to both streams."""

    def run(*command: object) -> str:
        done = subprocess.run([*map(str, command)], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@contextmanager
def run_doccano(environment: dict[str, str], folder: Path, *, port: int, venv: Path) -> Iterator[None]:
    """`parkner doccano` in the folder; an environment that it finds installed it leaves as it is."""
    command = ["parkner", "doccano", "--port", str(port), "--venv", str(venv)]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = []
        for line in server.stderr:
            said.append(line)
            if "Ctrl-C stops it" in line:
                break
        try:
            assert server.poll() is None, said
            yield
        finally:
            server.terminate()


def test_all_that_is_read_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    files = {
        str(file.relative_to(ROOT))
        for name in ("annotate", "training", "configs")
        for file in (ROOT / name).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert files - packed == set()


@pytest.mark.slow
def test_the_whole_loop(
    run: Run, environment: dict[str, str], tmp_path: Path, prepared_home: Path, venv: Path, free_port: int
) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    run("parkner", "split", "page.txt", "-o", "split.jsonl")
    run("parkner", "prelabel", "split.jsonl", "-o", "labelled.jsonl")
    labelled = [sentence.spans for sentence in read_sentences(tmp_path / "labelled.jsonl")]
    assert sum(map(len, labelled)) > 3

    shutil.copytree(prepared_home, tmp_path / ".doccano")
    url = f"http://127.0.0.1:{free_port}"
    environment |= {"DOCCANO_URL": url, "DOCCANO_USERNAME": "chief", "DOCCANO_PASSWORD": "a secret for tests"}
    with run_doccano(environment, tmp_path, port=free_port, venv=venv):
        run("parkner", "push", "labelled.jsonl", "--project", "园区")
        run("parkner", "pull", "--project", "园区", "--all", "-o", "gold/train/page.jsonl")
    assert [sentence.spans for sentence in read_sentences(tmp_path / "gold" / "train")] == labelled

    (tmp_path / "other.txt").write_text(OTHER, "utf-8")
    run("parkner", "split", "other.txt", "-o", "other.jsonl")
    run("parkner", "prelabel", "other.jsonl", "-o", "gold/dev/other.jsonl")
    run("parkner", "check", "gold")
    run("parkner", "convert", "gold", "-o", "corpus")
    run("python", "-c", WRITE_CONFIG)
    run("parkner", "train", "quick.cfg", "-o", "models")
    run("parkner", "evaluate", "models/model-best", "gold/dev", "--json", "scores.json")
    run("parkner", "apply", "models/model-best", "page.txt", "-o", "entities.csv")
    run("parkner", "package", "models/model-best", "--train", "gold/train", "--gold", "gold/dev", "-o", "dist")
    run("parkner", "curve", "quick.cfg", "--gold", "gold", "--share", "1", "--seeds", "1")
    run("parkner", "pretrain", "page.txt", "-o", "weights.bin", "--config", "quick.cfg", "--steps", "1")
    assert {path.name for path in tmp_path.iterdir()} >= {"scores.json", "entities.csv", "dist", "weights.bin"}


# The default config of the environment itself, in few steps.
WRITE_CONFIG = f"""
from annotate.settings import CONFIGS
from spacy.util import load_config
import pathlib
assert pathlib.Path({str(ROOT)!r}) not in CONFIGS.parents
settings = load_config(CONFIGS / "ner.cfg")
settings["training"] |= {QUICK}
settings.to_disk("quick.cfg")
"""
