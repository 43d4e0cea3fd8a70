"""Read raw articles from text files, web pages and JSON lines, in any common Chinese encoding."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from annotate.errors import ParknerError
from annotate.files import STREAM, find_files, parse_object, read_bytes
from annotate.foreign_records import is_labelled
from annotate.pages.encoding import Decoded, decode
from annotate.pages.web_page import read_web_page
from annotate.record_checks import is_text
from annotate.wrong_file_kinds import NO_PAGES

SUFFIXES = (".txt", ".html", ".htm", ".jsonl")


@dataclass(frozen=True, slots=True)
class Article:
    """A raw article: its name in the records, its text with one paragraph per line, and what the source says about it.

    `published` is an ISO date. If the text does not begin with the title, the title is added as its first line.
    `address` is its source: a file, or a line of one. `left_out` has (why, text) of each other part of a web page.
    `damage` says which bytes of the source are no text, as `:line: …`.
    """

    name: str
    text: str
    published: str | None = None
    url: str | None = None
    address: str = ""
    left_out: tuple[tuple[str, str], ...] = ()
    damage: str = ""


def find_pages(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each given file of raw articles, and for each given folder the files of raw articles below it.

    Raises ParknerError for a missing path, a folder without such a file, and a file of another kind.
    """
    for path in find_files(paths, SUFFIXES, others=NO_PAGES):
        if path != STREAM and path.suffix.lower() not in SUFFIXES:
            raise ParknerError(f"{path}: not one of {', '.join(SUFFIXES)}: give the file the suffix of its format")
        yield path


Reject = Callable[[ParknerError], None]


def read_articles(paths: Iterable[Path], *, on_reject: Reject | None = None) -> Iterator[Article]:
    """Yield the articles of `.txt`, `.html` and `.jsonl` files, and of folders with such files, in order.

    `-` is plain text on standard input. An article gets its name from its file (`find_sources`). In JSON lines, the
    name is the row's `article`, or else file and line (`news-7`). `on_reject` gets the error of each source that cannot
    be read, is damaged beyond a few bytes, or is empty. Raises ParknerError for a source that would have the same name
    as another; without `on_reject`, for those too, and for the first damaged byte.
    """
    sources = find_sources(paths, find_pages)
    return name_once(pair for path, name in sources for pair in read_source(path, name, on_reject=on_reject))


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


def read_source(path: Path, name: str, *, on_reject: Reject | None = None) -> Iterator[tuple[str, Article]]:
    """Yield (address, article) for each article of a file. `name` is the name of the file."""
    reads: Iterable[tuple[str, Callable[[], Article]]]
    try:
        content = read_bytes(path)
        if not content.strip():
            raise ParknerError(f"{path}: the file is empty")
    except ParknerError as error:
        _reject(error, on_reject)
        return
    if path.suffix.lower() == ".jsonl":
        reads = _list_json_lines(content, path=path, name=name)
    elif path.suffix.lower() in (".html", ".htm"):
        reads = [(str(path), lambda: _parse_page(content, path=path, name=name))]
    else:
        reads = [(str(path), lambda: _parse_text(content, path=path, name="stdin" if path == STREAM else name))]
    for address, read in reads:
        try:
            article = read()
            if article.damage and on_reject is None:
                raise ParknerError(f"{address}{article.damage}")
        except ParknerError as error:
            _reject(error, on_reject)
        else:
            yield address, article


def _reject(error: ParknerError, on_reject: Reject | None) -> None:
    if on_reject is None:
        raise error
    on_reject(error)


def _parse_text(content: bytes, *, path: Path, name: str) -> Article:
    decoded = decode(content, address=str(path))
    return Article(name, decoded.text, damage=_tell_damage(decoded))


def _tell_damage(decoded: Decoded) -> str:
    several = (
        f"{decoded.unread} characters cannot be read, the first here"
        if decoded.unread > 1
        else "a character cannot be read"
    )
    return f":{decoded.line}: {several}" if decoded.unread else ""


def _list_json_lines(content: bytes, *, path: Path, name: str) -> Iterator[tuple[str, Callable[[], Article]]]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            address = f"{path}:{number}"
            yield address, partial(_parse_json_line, line, name=f"{name}-{number}", address=address)


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
    decoded = decode(content, address=str(path))
    page = read_web_page(decoded.text)
    if page is None:
        raise ParknerError(f"{path}: no article text found in this page")
    text, damage = _with_title(page.title, page.text), _tell_damage(decoded)
    return Article(name, text, page.published, page.url, left_out=page.left_out, damage=damage)


def _with_title(title: str | None, text: str) -> str:
    first = text.strip().partition("\n")[0]
    return text if not title or first.strip() == title.strip() else f"{title}\n{text}"
