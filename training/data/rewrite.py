"""Rewrites articles for `training.data.augment`; spans move with their text.

Random choices use Python's `random`, which spaCy seeds. An article is a Sentence of several lines, and keeps its lines.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import opencc

from annotate.errors import ParknerError
from annotate.rules.file import Rules
from annotate.sentence import Sentence
from annotate.settings import CONFIGS, load_toml
from annotate.spans import Span
from annotate.toml_tables import SOME_NAMES, check_table
from training.model.tokenizer import to_tokens

BLANKS = re.compile(r"[^\S\n]+")
HALF_WIDTH = str.maketrans("，：；（）！？", ",:;()!?")
HAN = range(0x3400, 0xA000)
SIZES = (3, 5, 8)  # the longest names of the size classes, in characters: 1-3, 4-5, 6-8, above 8

Edit = tuple[int, int, str]  # start and end of a place in a text, and its new text


def rewrite(article: Sentence, edits: Iterable[Edit]) -> Sentence:
    """Apply edits, given in text order, to an article; an edit that crosses the edge of a span is left out.

    >>> rewrite(Sentence("在光谷 见", (Span(1, 3, "PARK"),)), [(0, 1, "走进"), (2, 4, "?"), (3, 4, "")]).text
    '走进光谷见'
    """
    edges = {edge for span in article.spans for edge in (span.start, span.end)}
    kept = [edit for edit in edits if edges.isdisjoint(range(edit[0] + 1, edit[1]))]

    def move(place: int) -> int:
        return place + sum(len(new) - (end - start) for start, end, new in kept if end <= place)

    pieces, position = [], 0
    for start, end, new in kept:
        pieces += [article.text[position:start], new]
        position = end
    spans = (Span(move(start), move(end), label) for start, end, label in article.spans)
    text = "".join([*pieces, article.text[position:]])
    return replace(article, text=text, spans=tuple(span for span in spans if span.start < span.end))


def group_names(rules: Rules) -> dict[tuple[str, int], list[str]]:
    """Group the listed names by label and size class."""
    pools: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for name, origin in zip(rules.names.names, rules.names.meanings, strict=True):
        pools[rules.labels[origin], choose_size(name)].append(name)
    return dict(pools)


def choose_size(name: str) -> int:
    """Return the size class of a name: the number of limits in `SIZES` that its length exceeds.

    >>> [choose_size(name) for name in ("光谷", "临江高新区", "青芦湾医药港小镇二期")]
    [0, 1, 3]
    """
    return sum(len(name) > size for size in SIZES)


def swap_names(article: Sentence, pools: Mapping[tuple[str, int], Sequence[str]], share: float) -> Sentence:
    """Replace a random share of an article's names by other names of the same label and size class, everywhere."""
    others: dict[tuple[str, str], str] = {}
    edits: list[Edit] = []
    for start, end, label in article.spans:
        name = article.text[start:end]
        if (name, label) not in others:
            pool = pools.get((label, choose_size(name)))
            others[name, label] = random.choice(pool) if pool and random.random() < share else name
        edits.append((start, end, others[name, label]))
    return rewrite(article, edits)


def spin(article: Sentence) -> Sentence:
    """Rewrite an article as content farms do: a synonym, often an odd one, for each word in `configs/spun.toml`."""
    pattern, synonyms = load_synonyms()
    words = pattern.finditer(article.text)
    return rewrite(article, [(*word.span(), random.choice(synonyms[word[0]])) for word in words])


@cache
def load_synonyms() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Return a pattern for the words in `configs/spun.toml`, which prefers longer words, and each word's synonyms."""
    path = CONFIGS / "spun.toml"
    synonyms = load_toml(path)
    check_table(synonyms, {}, dict.fromkeys(filter(None, synonyms), SOME_NAMES), address=str(path))
    if not synonyms:
        raise ParknerError(f"{path}: no words")
    return re.compile("|".join(map(re.escape, sorted(synonyms, key=len, reverse=True)))), synonyms


def drop_blanks(article: Sentence) -> Sentence:
    """Remove the blanks from an article, except those that separate two Latin words or two numbers.

    >>> drop_blanks(Sentence("引进 12 家 AI 企业,与 Big Pharma 签约")).text
    '引进12家AI企业,与Big Pharma签约'
    """
    text = article.text
    runs = (blanks.span() for blanks in BLANKS.finditer(text))
    around = ((start, end, text[max(start - 1, 0) : start] + text[end : end + 1]) for start, end in runs)
    return rewrite(article, [(start, end, "") for start, end, pair in around if len(to_tokens(pair)) == len(pair)])


def to_half_width(article: Sentence) -> Sentence:
    """Change the article's punctuation to half width.

    >>> to_half_width(Sentence("青谷（二期）：开园！")).text
    '青谷(二期):开园!'
    """
    return replace(article, text=article.text.translate(HALF_WIDTH))


def to_traditional(article: Sentence) -> Sentence:
    """Change the article to Traditional characters, one character for each.

    >>> to_traditional(Sentence("青芦湾医药港")).text
    '青蘆灣醫藥港'
    """
    return replace(article, text=article.text.translate(load_traditional()))


@cache
def load_traditional() -> dict[int, str]:
    """Map each Simplified character to the Traditional character that it most often stands for."""
    characters = [chr(code) for code in HAN]
    converted = opencc.OpenCC("s2t").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {ord(simple): other for simple, other in pairs if simple != other and len(other) == 1}
