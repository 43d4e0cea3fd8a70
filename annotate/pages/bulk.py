"""Read raw text in bulk: pages, and text files too large for memory, which may be compressed."""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from io import TextIOWrapper
from itertools import count, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import IO

from annotate.errors import ParknerError
from annotate.files import find_files
from annotate.pages.clean import clean
from annotate.pages.encoding import guess_encoding
from annotate.pages.page_files import (
    SUFFIXES,
    Article,
    find_pages,
    find_sources,
    name_once,
    read_source,
)
from annotate.pages.split import split_article
from annotate.sentence import Sentence
from annotate.wrong_file_kinds import NO_RAW

BLOCK = 2**20  # characters; a text file is read in pieces of at most this length, each an article
SAMPLE = 2**20  # bytes from which the encoding is guessed
SENTENCES = 20  # per passage


def read_passages(paths: Iterable[Path]) -> Iterator[list[Sentence]]:
    """Clean raw text and yield it in passages of up to 20 sentences. Each passage is an article: `page-1`, `page-2`, ….

    Raises ParknerError as `read_bulk` does.
    """
    for name, pieces in groupby(read_bulk(paths), key=attrgetter("name")):
        numbers = count(1)
        for piece in pieces:
            sentences = iter(split_article(clean(piece)[0]))
            while passage := list(islice(sentences, SENTENCES)):
                number = next(numbers)
                yield [replace(sentence, article=f"{name}-{number}") for sentence in passage]


def find_bulk(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of raw text; those in folders are sorted by name. Raises ParknerError as `find_pages` does."""
    for path in find_files(paths, (*SUFFIXES, ".xz"), others=NO_RAW):
        yield from [path] if path.name.lower().endswith(".txt.xz") else find_pages([path])


def read_bulk(paths: Iterable[Path]) -> Iterator[Article]:
    """Yield the articles of raw pages, as `read_articles` does, and of `.txt.xz` files.

    Text files come in pieces of at most 2^20 characters, all with the name of the file. Raises ParknerError as
    `read_articles` does, and for a piece without the end of a line or a sentence, which is not text.
    """
    sources = find_sources(paths, find_bulk)
    return name_once(pair for path, name in sources for pair in _read_file(path, name))


def _read_file(path: Path, name: str) -> Iterator[tuple[str, Article]]:
    if not path.name.lower().endswith((".txt", ".txt.xz")):
        return read_source(path, name)
    return ((str(path), Article(name, piece)) for piece in _read_text(path))


def _read_text(path: Path) -> Iterator[str]:
    try:
        with _open(path) as stream:
            encoding = _guess_encoding(stream, path)
        with _open(path) as stream, TextIOWrapper(stream, encoding) as text:
            yield from _cut(text, path)
    except OSError as error:
        raise ParknerError(f"{path}: {error.strerror}") from error
    except (lzma.LZMAError, EOFError) as error:
        raise ParknerError(f"{path}: broken compression: {error}") from error
    except UnicodeDecodeError as error:
        raise ParknerError(f"{path}: its beginning is {error.encoding}, a later part is not: {error.reason}") from error


def _open(path: Path) -> IO[bytes]:
    return lzma.open(path) if path.suffix.lower() == ".xz" else path.open("rb")


def _guess_encoding(stream: IO[bytes], path: Path) -> str:
    """Guess the encoding of a file from its first lines that are not pure ASCII."""
    sample, empty = bytearray(), True
    for line in iter(partial(stream.readline, SAMPLE), b""):
        empty = False
        if not line.isascii():
            sample += line
        if len(sample) >= SAMPLE:
            break
    if empty:
        raise ParknerError(f"{path}: the file is empty")
    ends = range(len(sample), max(len(sample) - 4, -1), -1)  # the sample may end inside a character
    encoding = next(filter(None, (guess_encoding(bytes(sample[:end])) for end in ends)), None)
    if encoding is None:
        raise ParknerError(f"{path}: not Chinese text in UTF-8, GB 18030, Big5 or UTF-16")
    return encoding


def _cut(text: TextIOWrapper, path: Path) -> Iterator[str]:
    """Yield the text in pieces that end at a line end; if a line is longer than a piece, at a sentence end."""
    rest = ""
    while piece := rest + text.read(BLOCK - len(rest)):
        if "\0" in piece:
            raise ParknerError(f"{path}: a binary file, not text")
        end = len(piece) if len(piece) < BLOCK else piece.rfind("\n") + 1 or piece.rfind("。") + 1
        if not end:
            raise ParknerError(f"{path}: {BLOCK} characters without the end of a line or a sentence: not text")
        yield piece[:end]
        rest = piece[end:]
