"""Read raw articles from text files, web pages and JSON lines, in any common Chinese encoding."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from annotate.errors import ParknerError
from annotate.files import STREAM, find_files, parse_object, read_bytes
from annotate.foreign_records import is_labelled
from annotate.normalise import normalise
from annotate.pages.web_page import read_web_page
from annotate.record_checks import is_text
from annotate.wrong_file_kinds import NO_PAGES

SUFFIXES = (".txt", ".html", ".htm", ".jsonl")
ENCODINGS = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
LEAST_COMMON = 0.5


@dataclass(frozen=True, slots=True)
class Article:
    """A raw article: its name in the records, its text with one paragraph per line, and what the source says about it.

    `published` is an ISO date. If the text does not begin with the title, the title is added as its first line.
    `address` is its source: a file, or a line of one. `left_out` has (why, text) of each other part of a web page.
    """

    name: str
    text: str
    published: str | None = None
    url: str | None = None
    address: str = ""
    left_out: tuple[tuple[str, str], ...] = ()


def find_pages(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each given file of raw articles, and for each given folder the files of raw articles below it.

    Raises ParknerError for a missing path, a folder without such a file, and a file of another kind.
    """
    for path in find_files(paths, SUFFIXES, others=NO_PAGES):
        if path != STREAM and path.suffix.lower() not in SUFFIXES:
            raise ParknerError(f"{path}: not one of {', '.join(SUFFIXES)}: give the file the suffix of its format")
        yield path


def read_articles(paths: Iterable[Path]) -> Iterator[Article]:
    """Yield the articles of `.txt`, `.html` and `.jsonl` files, and of folders with such files, in order.

    `-` is plain text on standard input. An article gets its name from its file (`find_sources`). In JSON lines, the
    name is the row's `article`, or else file and line (`news-7`). Raises ParknerError with the address of a source that
    cannot be read, is empty, or would have the same name as another.
    """
    return name_once(pair for path, name in find_sources(paths, find_pages) for pair in read_source(path, name))


def find_sources(paths: Iterable[Path], find: Callable[[Iterable[Path]], Iterator[Path]]) -> Iterator[tuple[Path, str]]:
    """Yield each file that `find` finds, with its name without suffix; below a given folder, with the path from there.

    The name does not depend on the other files or their order. Raises ParknerError for a file that is given twice.
    """
    seen: set[Path] = set()
    for given in paths:
        for path in find([given]):
            if path in seen:
                raise ParknerError(f"{path}: given twice: give each file and folder once")
            seen.add(path)
            plain = path.with_suffix("") if path.suffix.lower() == ".xz" else path
            yield path, (plain.relative_to(given) if given.is_dir() else Path(plain.name)).with_suffix("").as_posix()


def name_once(articles: Iterable[tuple[str, Article]]) -> Iterator[Article]:
    """Yield the articles of (address, article) pairs. Raises ParknerError if two addresses share a name."""
    addresses: dict[str, str] = {}
    for address, article in articles:
        other = addresses.setdefault(article.name, address)
        if other != address:
            raise ParknerError(
                f"{address}: its article would be called {article.name}, like that of {other}: "
                "rename one, or give the folder that both are in"
            )
        yield replace(article, address=address)


def read_source(path: Path, name: str) -> Iterator[tuple[str, Article]]:
    """Yield (address, article) for each article of a file. `name` is the name of the file."""
    content = read_bytes(path)
    if not content.strip():
        raise ParknerError(f"{path}: the file is empty")
    if path.suffix.lower() == ".jsonl":
        yield from _parse_json_lines(content, path=path, name=name)
    elif path.suffix.lower() in (".html", ".htm"):
        yield str(path), _parse_page(content, path=path, name=name)
    else:
        yield str(path), Article("stdin" if path == STREAM else name, decode(content, address=str(path)))


def decode(content: bytes, *, address: str) -> str:
    """Decode UTF-8 (with or without byte order mark), GB 18030, Big5 or UTF-16 (`guess_encoding`). Lines end in `\\n`.

    >>> decode("苏州工业园区今年新增企业三百家。".encode("gb18030"), address="a.txt")
    '苏州工业园区今年新增企业三百家。'
    """
    encoding = guess_encoding(content)
    if encoding is None:
        raise ParknerError(f"{address}: not Chinese text in UTF-8, GB 18030, Big5 or UTF-16")
    text = content.decode(encoding, errors="replace")  # UTF-16 may be cut off
    if "\0" in text:
        raise ParknerError(f"{address}: a binary file, not text")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def guess_encoding(content: bytes) -> str | None:
    """Guess an encoding: UTF-16 by its byte order mark, UTF-8, or the one that gives most common Chinese characters.

    >>> guess_encoding("苏州工业园区今年新增企业三百家。".encode("gb18030")), guess_encoding(b"\\xff")
    ('gb18030', None)
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    with suppress(UnicodeDecodeError):
        content.decode("utf-8-sig")
        return "utf-8-sig"
    from charset_normalizer import from_bytes  # takes 50 ms, and is needed only if it is not UTF-8

    shares = {
        match.encoding: _share_of_common(str(match))
        for match in from_bytes(content, cp_isolation=ENCODINGS, threshold=1.0)
    }
    best = max(shares, key=shares.__getitem__, default="")
    return best if best and shares[best] >= LEAST_COMMON else None


def _share_of_common(text: str) -> float:
    """Return the share of the non-ASCII characters that are in the first level of GB 2312 (3,755), or punctuation."""
    codes = [character.encode("gb2312", errors="ignore") for character in normalise(text).text if character > "\x7f"]
    return sum(b"\xa1" <= code[:1] < b"\xd8" for code in codes) / len(codes) if codes else 0.0


def _parse_json_lines(content: bytes, *, path: Path, name: str) -> Iterator[tuple[str, Article]]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            address = f"{path}:{number}"
            yield address, _parse_json_line(line, name=f"{name}-{number}", address=address)


def _parse_json_line(line: bytes, *, name: str, address: str) -> Article:
    row = parse_object(line, address=address)
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        raise ParknerError(f'{address}: no "text" string')
    if not is_text(row["text"]):
        raise ParknerError(f'{address}: "text" is not valid Unicode')
    for key in ("article", "title", "published", "url"):
        if row.get(key) is not None and not is_text(row[key]):
            raise ParknerError(f'{address}: "{key}" is not a string')
    if is_labelled(row):
        raise ParknerError(
            f"{address}: a labelled record, not a raw page; its labels would be lost: it needs no `split`; "
            "`parkner prelabel --model` labels records with a model"
        )
    name = row.get("article") or name
    if name.startswith("/") or ".." in PurePosixPath(name).parts:  # `unmark` names files after it
        raise ParknerError(f'{address}: "article" is a path out of the folder: {name}')
    return Article(name, _with_title(row.get("title"), row["text"]), row.get("published"), row.get("url"))


def _parse_page(content: bytes, *, path: Path, name: str) -> Article:
    page = read_web_page(decode(content, address=str(path)))
    if page is None:
        raise ParknerError(f"{path}: no article text found in this page")
    return Article(name, _with_title(page.title, page.text), page.published, page.url, left_out=page.left_out)


def _with_title(title: str | None, text: str) -> str:
    first = text.strip().partition("\n")[0]
    return text if not title or first.strip() == title.strip() else f"{title}\n{text}"
