"""Sentences of Chinese text, where half- and full-width punctuation mix."""

import re
from collections.abc import Iterator

from annotate.pages.page_files import Article
from annotate.sentence import Sentence

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSERS = "”’」』》〉）】〕)\\]"
_ELLIPSIS = r"(?: …++ | \.{3,}+ )"
_END = rf"""
    (?: [。！？] [。！？!?]*
      | (?<! [!?] ) [!?]++ (?! [A-Za-z0-9=&] )                    # not the mark inside an address, list?page=2
      | (?<= [{_HAN}{_CLOSERS}%] ) \. (?! [.A-Za-z0-9] )          # a half-width full stop, no decimal or list number
      | (?<! [….] ) {_ELLIPSIS} (?= [{_CLOSERS}\s] )           # an ellipsis before a closing mark or a blank
    )
    {_ELLIPSIS}? [{_CLOSERS}]*+ (?! [，,、] )
"""
_FULL_STOP = re.compile(_END, re.VERBOSE)
_FULL_STOP_OR_SEMICOLON = re.compile(rf"[；;] [{_CLOSERS}]* | {_END}", re.VERBOSE)


def split_text(text: str, *, semicolons: bool = True) -> Iterator[str]:
    """Yield the sentences of a text in order: every character of it but the blanks between them.

    A line never runs into the next, so headlines and list items stand alone; quotation marks and brackets that close
    after a full stop belong to it. Semicolons end a sentence too unless `semicolons` is false.

    >>> list(split_text("园区增长3.5%。“还会更快。”她说;他不信"))
    ['园区增长3.5%。', '“还会更快。”', '她说;', '他不信']
    """
    ends = _FULL_STOP_OR_SEMICOLON if semicolons else _FULL_STOP
    for line in text.splitlines():
        start = 0
        for end in (*_find_ends(line, ends), len(line)):
            if sentence := line[start:end].strip():
                yield sentence
            start = end


def _find_ends(line: str, ends: re.Pattern[str]) -> Iterator[int]:
    """Yield where the sentences of a line end, behind the straight quotation mark that closes what another opened."""
    before, counted = {'"': 0, "'": 0}, 0
    for match in ends.finditer(line):
        end = match.end()
        for mark in before:
            before[mark] += line.count(mark, counted, end)
        counted = end
        yield end + before.get(line[end : end + 1], 0) % 2


def split_article(article: Article, *, semicolons: bool = True) -> Iterator[Sentence]:
    """Yield the sentences of an article as records, numbered from 1, with its date and address where it has them."""
    extra = {key: value for key in ("published", "url") if (value := getattr(article, key))}
    for number, text in enumerate(split_text(article.text, semicolons=semicolons), start=1):
        yield Sentence(text, article=article.name, number=number, extra=extra)
