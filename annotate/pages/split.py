"""Split Chinese text, with mixed half- and full-width punctuation, into sentences."""

import re
from collections import deque
from collections.abc import Iterator

from annotate.pages.page_files import Article
from annotate.sentence import Sentence

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSERS = "”’」』》〉）】〕)\\]"
_ELLIPSIS = r"(?: …++ | \.{3,}+ )"
_EMOJI = "\u2600-\u27bf\ufe0f\u200d\U0001f300-\U0001faff"
_END = rf"""
    (?: [。！？｡] [。！？!?｡]*
      | (?<= [{_HAN}{_CLOSERS}％%] ) ． (?= \s* \Z )              # elsewhere it stands between the parts of a reference
      | (?<! [!?] ) [!?]++ (?! [A-Za-z0-9=&] )                    # not the ? inside a URL, list?page=2
      | (?<= [{_HAN}{_CLOSERS}%] ) \. (?! [.A-Za-z0-9] )          # a half-width full stop, not in a decimal or list
      | (?<! [….] ) {_ELLIPSIS} (?= [{_CLOSERS}\s] )           # an ellipsis before a closing mark or a blank
    )
    {_ELLIPSIS}? [{_CLOSERS}]*+ (?! [，,、] ) (?: [ ]? [{_EMOJI}]++ )?
"""
# A title, and brackets in the middle of a sentence.
_UNDIVIDED = re.compile(
    r"《 [^《》]{1,60} 》 | (?<= [^\s。！？｡!?；;] ) [（(] [^()（）]{1,100} [)）] (?= [^\s。！？｡!?；;] )", re.VERBOSE
)
_FULL_STOP = re.compile(_END, re.VERBOSE)
_FULL_STOP_OR_SEMICOLON = re.compile(rf"[；;] [{_CLOSERS}]* | {_END}", re.VERBOSE)


def split_text(text: str, *, semicolons: bool = True) -> Iterator[str]:
    """Yield the sentences of a text in order. Only blanks between sentences are dropped.

    A sentence never crosses a line end, so headlines and list items stay separate. Closing quotation marks and brackets
    after a full stop belong to its sentence, and so do emoji. A title in 《》 and a text in brackets in the
    middle of a sentence are not divided. Semicolons also end a sentence unless `semicolons` is false.

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
    """Yield where the sentences of a line end. A straight quotation mark that closes a quotation belongs to them."""
    before, counted = {'"': 0, "'": 0}, 0
    undivided = deque(match.span() for match in _UNDIVIDED.finditer(line))
    for match in ends.finditer(line):
        end = match.end()
        while undivided and undivided[0][1] < end:
            undivided.popleft()
        if undivided and undivided[0][0] < end:
            continue
        for mark in before:
            before[mark] += line.count(mark, counted, end)
        counted = end
        yield end + before.get(line[end : end + 1], 0) % 2


def split_article(article: Article, *, semicolons: bool = True) -> Iterator[Sentence]:
    """Yield the sentences of an article, numbered from 1, with its date and URL if it has them."""
    extra = {key: value for key in ("published", "url") if (value := getattr(article, key))}
    for number, text in enumerate(split_text(article.text, semicolons=semicolons), start=1):
        yield Sentence(text, article=article.name, number=number, extra=extra)
