"""What training and trained pipelines need, looked at before spaCy is imported, which takes seconds."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotate.errors import ParknerError
from annotate.files import is_folder, is_hidden
from annotate.records import find_records


def find_pipelines(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the folders of spaCy pipelines; ParknerError for what is none, naming the one below it, if any."""
    for path in paths:
        if not is_folder(path):
            raise ParknerError(f"{path}: a file, where a pipeline is a folder, such as models/ner/model-best")
        if not _is_pipeline(path):
            below = next(_find_below(path), None)
            advice = f"did you mean {below}?" if below else "`parkner train` makes one, such as models/ner/model-best"
            raise ParknerError(f"{path}: no pipeline here: {advice}")
        yield path


def _find_below(folder: Path) -> Iterator[Path]:
    """Yield the pipelines in a folder and in the folders of it, but what a training that was killed has left."""
    for path in sorted([*folder.glob("*"), *folder.glob("*/*")]):
        if _is_pipeline(path) and not is_hidden(path.relative_to(folder)):
            yield path


def _is_pipeline(path: Path) -> bool:
    return (path / "meta.json").is_file() and (path / "config.cfg").is_file()


def find_data(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield `train.spacy` and `dev.spacy` of each folder; ParknerError for one that is missing."""
    for path in (folder / name for folder in folders for name in ("train.spacy", "dev.spacy")):
        if not path.is_file():
            raise ParknerError(f"{path}: no such file; `parkner convert` makes it")
        yield path


def find_train(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of `train/` in each folder of gold; ParknerError where there is none."""
    return _find_partitions(folders, "train")


def find_gold(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of `train/` and `dev/` in each folder of gold; ParknerError where one of the two has none."""
    return _find_partitions(folders, "train", "dev")


def _find_partitions(folders: Iterable[Path], *partitions: str) -> Iterator[Path]:
    for gold in folders:
        for folder in (gold / partition for partition in partitions):
            if not is_folder(gold) or not folder.is_dir():
                raise ParknerError(f"{gold}: no folder {folder.name!r} in it; gold lies in {gold}/{{train,dev,test}}")
            yield from find_records([folder])
