"""Reduce a raw page to its article: drop page furniture, other articles and repeats; read the publication date.

Kept lines lose the blanks around them, and their repeated half; nothing else in them changes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from annotate.needs import Needs, index_needs, list_bits
from annotate.normalise import normalise
from annotate.pages.page_files import Article
from annotate.pages.split import split_text
from annotate.settings import CONFIGS, load_toml
from annotate.toml_tables import EXAMPLES, FLAG, NAME, TABLE, TABLES, check_table, check_tables, compile_pattern

FURNITURE_LENGTH = 100  # characters; a longer line is prose, even if a pattern matches
REPEAT_LENGTH = 13  # characters; shorter lines, such as table cells, may repeat

_PROSE = re.compile(r"[\u3400-\u9fff]{4}.*[\u3400-\u9fff]{4}")


class Dropped(NamedTuple):
    """A line, or the repeated half of one, that was dropped, and why: its number in the raw text, from 1.

    The number is 0 for a part of a web page.
    """

    line: int
    reason: str
    text: str


class Furniture(NamedTuple):
    """The patterns of `configs/furniture.toml`: lines to drop, by name, and headings above lists of other articles.

    A line that `prose` matches is not dropped for a name in `unsure`. `needs` says which of `lines` can match.
    """

    lines: dict[str, re.Pattern[str]]
    needs: Needs
    names: list[str]
    unsure: frozenset[str]
    prose: re.Pattern[str]
    related: re.Pattern[str]


@cache
def load_furniture() -> Furniture:
    """Read and compile `configs/furniture.toml`."""
    path = CONFIGS / "furniture.toml"
    settings = load_toml(path)
    check_table(settings, {"furniture": TABLES, "prose": TABLE, "related": TABLE}, {}, address=str(path))
    for name in ("prose", "related"):
        check_table(settings[name], EXAMPLES, {}, address=f"{path}: {name}")
    shape, options = {"name": NAME, **EXAMPLES}, {"unsure": FLAG}
    rows = list(check_tables(settings["furniture"], shape, options, address=f"{path}: furniture"))
    lines = {row["name"]: compile_pattern(row["pattern"], address=address) for address, row in rows}
    unsure = frozenset(row["name"] for _, row in rows if row.get("unsure"))
    prose, related = (
        compile_pattern(settings[name]["pattern"], address=f"{path}: {name}") for name in ("prose", "related")
    )
    return Furniture(lines, index_needs(lines.values()), list(lines), unsure, prose, related)


@cache
def load_published() -> dict[str, re.Pattern[str]]:
    """Read and compile `configs/published.toml`: patterns for the publication date on a page, by name."""
    path = CONFIGS / "published.toml"
    settings = load_toml(path)
    check_table(settings, {"date": NAME, "time": NAME, "published": TABLES}, {}, address=str(path))
    patterns = {}
    for address, row in check_tables(
        settings["published"], {"name": NAME, **EXAMPLES}, {}, address=f"{path}: published"
    ):
        pattern = row["pattern"].replace("{date}", settings["date"]).replace("{time}", settings["time"])
        patterns[row["name"]] = compile_pattern(f"(?m) {pattern}", address=address)
    return patterns


def clean(article: Article) -> tuple[Article, list[Dropped]]:
    """Drop page furniture, other articles' headlines and repeats. Return the article, and what was dropped, in order.

    If the source does not say when the article was published, the date is read from the page.

    >>> article, dropped = clean(Article("a", "当前位置:首页 > 要闻\\n2024-05-06 09:30\\n园区开工。"))
    >>> article.text, article.published, dropped[0].reason
    ('2024-05-06 09:30\\n园区开工。', '2024-05-06', 'breadcrumb')
    """
    numbered = [(number, line.strip()) for number, line in enumerate(article.text.splitlines(), 1) if line.strip()]
    kept: list[str] = []
    dropped: list[Dropped] = []
    for (number, line), reason in zip(numbered, find_reasons(line for _, line in numbered), strict=True):
        if reason:
            dropped.append(Dropped(number, reason, line))
            continue
        half = _first_half(line)
        kept.append(half)
        if half != line:
            dropped.append(Dropped(number, "doubled", line[len(half) :].strip()))
    published = article.published or to_published(article.text)
    return replace(article, text="\n".join(kept), published=published), dropped


def find_reasons(lines: Iterable[str]) -> Iterator[str]:
    """Yield for each line the reason to drop it, or "" if it belongs to the article.

    A line is a repeat if all its sentences came before, also inside other lines. Blanks are ignored.

    >>> list(find_reasons(["药谷今年扩建二期,明年投产。", "相关新闻", "别处开工了", "药谷今年扩建二期,明年投产。"]))
    ['', 'related articles', 'related articles', 'repeat']
    """
    furniture = load_furniture()
    seen: set[str] = set()
    related, reason = False, ""
    for line in lines:
        plain = normalise(line).text.strip()
        sentences = {"".join(sentence.split()) for sentence in split_text(plain)}
        repeats = sentences <= seen and (len(plain) >= REPEAT_LENGTH or reason == "repeat")
        related = related or bool(furniture.related.search(plain))
        if name := _to_furniture(plain, furniture):
            reason = name
        elif repeats:
            reason = "repeat"
        elif related and not plain.rstrip("”」』)】").endswith("。"):
            reason = "related articles"
        else:
            reason, related = "", False
            seen |= sentences
        yield reason


def _to_furniture(plain: str, furniture: Furniture) -> str:
    if len(plain) > FURNITURE_LENGTH:
        return ""
    for number in list_bits(furniture.needs.select(plain)):
        name = furniture.names[number]
        if furniture.lines[name].search(plain) and not (name in furniture.unsure and furniture.prose.search(plain)):
            return name
    return ""


def _first_half(line: str) -> str:
    """Return the first half of a line that repeats itself, with at most two blanks between; else the whole line."""
    for blanks in range(3):
        half = (len(line) - blanks) // 2
        if half and line[:half] == line[-half:] and not line[half:-half].strip() and _PROSE.search(line[:half]):
            return line[:half]
    return line


def to_published(text: str) -> str | None:
    """Read the publication date of a page from a line such as `发布日期:2024-05-06`, as an ISO date; None without one.

    >>> to_published("2020年3月5日 星期四\\n2024-06-11 08:15 来源:本网")
    '2024-06-11'
    """
    plain = normalise(text).text
    for pattern in load_published().values():
        for match in pattern.finditer(plain):
            try:
                return date(*map(int, match.groups())).isoformat()
            except ValueError:  # 2023-13-45
                continue
    return None
