"""Checks the inputs of training and of pipelines before spaCy is imported, because that import takes seconds."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotate.errors import ParknerError
from annotate.files import is_folder, is_hidden
from annotate.records import find_records


def find_pipelines(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the paths, which must be folders of spaCy pipelines.

    Raises ParknerError for any other path; the message names a pipeline below that path if there is one.
    """
    for path in paths:
        if not is_folder(path):
            raise ParknerError(f"{path}: a file, not a pipeline: give a folder, such as models/ner/model-best")
        if not _is_pipeline(path):
            below = next(_find_below(path), None)
            advice = f"did you mean {below}?" if below else "`parkner train` makes one, such as models/ner/model-best"
            raise ParknerError(f"{path}: no pipeline here: {advice}")
        yield path


def _find_below(folder: Path) -> Iterator[Path]:
    """Yield the pipelines in a folder and its subfolders, without the hidden remains of a killed training."""
    for path in sorted([*folder.glob("*"), *folder.glob("*/*")]):
        if _is_pipeline(path) and not is_hidden(path.relative_to(folder)):
            yield path


def _is_pipeline(path: Path) -> bool:
    return (path / "meta.json").is_file() and (path / "config.cfg").is_file()


def find_data(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield `train.spacy` and `dev.spacy` of each folder. Raises ParknerError for a missing file."""
    for path in (folder / name for folder in folders for name in ("train.spacy", "dev.spacy")):
        if not path.is_file():
            raise ParknerError(f"{path}: no such file; `parkner convert` makes it")
        yield path


def find_train(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of `train/` in each folder of gold. Raises ParknerError for a folder without any."""
    return _find_partitions(folders, "train")


def find_gold(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of `train/` and `dev/` in each folder of gold. Raises ParknerError if one of the two has none."""
    return _find_partitions(folders, "train", "dev")


def _find_partitions(folders: Iterable[Path], *partitions: str) -> Iterator[Path]:
    for gold in folders:
        for folder in (gold / partition for partition in partitions):
            if not is_folder(gold) or not folder.is_dir():
                raise ParknerError(f"{gold}: no folder {folder.name!r} in it: put gold in {gold}/{{train,dev,test}}")
            yield from find_records([folder])
