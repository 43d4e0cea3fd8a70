"""Raw text in bulk: pages, and text files too large to be held in memory, which may be compressed."""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, groupby, islice
from operator import attrgetter
from pathlib import Path

from annotate.clean import clean
from annotate.corpus import Sentence
from annotate.errors import ParknerError
from annotate.sources import SUFFIXES, Article, decode, find_sources, name_once, read_source
from annotate.split import split_article

BLOCK = 2**20  # bytes; a larger text file is read in pieces, each an article
SENTENCES = 20  # of a passage


def read_passages(paths: Iterable[Path]) -> Iterator[list[Sentence]]:
    """Yield raw text without page furniture in passages of some sentences, each an article of its own, `page-1`, ….

    Raises ParknerError as `read_raw` does.
    """
    for name, pieces in groupby(read_raw(paths), key=attrgetter("name")):
        numbers = count(1)
        for piece in pieces:
            sentences = iter(split_article(clean(piece)[0]))
            while passage := list(islice(sentences, SENTENCES)):
                number = next(numbers)
                yield [replace(sentence, article=f"{name}-{number}") for sentence in passage]


def read_raw(paths: Iterable[Path]) -> Iterator[Article]:
    """Yield the articles of raw pages (`read_articles`), text files in pieces of a megabyte, also `.txt.xz`.

    Pieces of a file have one name. Raises ParknerError as `read_articles` does.
    """
    sources = find_sources(paths, (*SUFFIXES, ".xz"))
    return name_once(pair for path, name in sources for pair in _read_file(path, name))


def _read_file(path: Path, name: str) -> Iterator[tuple[str, Article]]:
    if not path.name.lower().endswith((".txt", ".txt.xz")):
        return read_source(path, name)
    return ((str(path), piece) for piece in _read_text(path, name))


def _read_text(path: Path, name: str) -> Iterator[Article]:
    empty = True
    try:
        with lzma.open(path) if path.suffix.lower() == ".xz" else path.open("rb") as stream:
            while lines := stream.readlines(BLOCK):
                empty = False
                yield Article(name, decode(b"".join(lines), address=str(path)))
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error
    except (lzma.LZMAError, EOFError) as error:
        raise ParknerError(f"{path}: broken compression: {error}") from error
    if empty:
        raise ParknerError(f"{path}: the file is empty")
