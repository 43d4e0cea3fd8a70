"""Raw text in bulk: pages, and text files too large to be held in memory, which may be compressed."""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from annotate.clean import clean
from annotate.corpus import Sentence
from annotate.errors import ParknerError
from annotate.files import find_files
from annotate.sources import SUFFIXES, Article, decode, read_articles
from annotate.split import split_article

BLOCK = 2**20  # bytes; a larger text file is read in pieces, each an article
SENTENCES = 20  # of a passage


def read_passages(paths: Iterable[Path]) -> Iterator[list[Sentence]]:
    """Yield raw text without page furniture in passages of some sentences, each an article of its own.

    Raises ParknerError as `read_raw` does.
    """
    numbers = count(1)
    for article in read_raw(paths):
        sentences = iter(split_article(clean(article)[0]))
        while passage := list(islice(sentences, SENTENCES)):
            name = f"{article.name}-{next(numbers)}"
            yield [replace(sentence, article=name) for sentence in passage]


def read_raw(paths: Iterable[Path]) -> Iterator[Article]:
    """Yield the articles of raw pages (`read_articles`), text files in pieces of a megabyte, also `.txt.xz`.

    Raises ParknerError with the address of a source that cannot be read or is empty.
    """
    for path in find_files(paths, (*SUFFIXES, ".xz")):
        if path.name.lower().endswith((".txt", ".txt.xz")):
            yield from _read_text(path)
        else:
            yield from read_articles([path])


def _read_text(path: Path) -> Iterator[Article]:
    empty = True
    try:
        with lzma.open(path) if path.suffix.lower() == ".xz" else path.open("rb") as stream:
            while lines := stream.readlines(BLOCK):
                empty = False
                yield Article(path.stem, decode(b"".join(lines), address=str(path)))
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error
    except (lzma.LZMAError, EOFError) as error:
        raise ParknerError(f"{path}: broken compression: {error}") from error
    if empty:
        raise ParknerError(f"{path}: the file is empty")
