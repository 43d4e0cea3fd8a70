"""Turn raw pages into one stream of sentences: read, clean, split."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from annotate.normalise import simplify
from annotate.pages.clean import Dropped, clean
from annotate.pages.page_files import Reject, read_articles
from annotate.pages.split import split_article
from annotate.sentence import Sentence
from annotate.terminal import console


def read_pages(
    paths: Iterable[Path],
    *,
    simplified: bool = False,
    semicolons: bool = True,
    on_drop: Callable[[str, Dropped], None] | None = None,
    on_reject: Reject | None = None,
) -> Iterator[Sentence]:
    """Yield the sentences of the articles in files and folders of raw pages.

    `simplified` converts to Simplified characters and drops readings in brackets; without it the text is not changed.
    `on_drop` gets the article's name and each line that is dropped, of web pages first what is outside the article.
    `on_reject` gets the error of each source that cannot be read. Raises ParknerError as `read_articles` does.
    """
    for raw in read_articles(paths, on_reject=on_reject):
        if raw.damage:
            console.print(f"Warning: {raw.address}{raw.damage}")
        article, dropped = clean(raw)
        if on_drop:
            for line in (*(Dropped(0, reason, text) for reason, text in raw.left_out), *dropped):
                on_drop(article.name, line)
        if simplified:
            article = replace(article, text=simplify(article.text))
        yield from split_article(article, semicolons=semicolons)
