"""An article written otherwise, its spans going with their text: the ways of `training.data.augment`.

Chance is Python's own `random`, which spaCy seeds. An article is a Sentence of several lines, and keeps its lines.
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
SIZES = (3, 5, 8)  # characters; a name of four is as good as one of five, and none of six

Edit = tuple[int, int, str]  # a place in a text, and what is written there instead


def rewrite(article: Sentence, edits: Iterable[Edit]) -> Sentence:
    """The article after these edits, given in text order; those that reach over the edge of a span are left out.

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
    """The names of the lists by their label and size."""
    pools: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for name, origin in zip(rules.names.names, rules.names.meanings, strict=True):
        pools[rules.labels[origin], choose_size(name)].append(name)
    return dict(pools)


def choose_size(name: str) -> int:
    """How many of the limits in `SIZES` the name is longer than.

    >>> [choose_size(name) for name in ("光谷", "临江高新区", "青芦湾医药港小镇二期")]
    [0, 1, 3]
    """
    return sum(len(name) > size for size in SIZES)


def swap_names(article: Sentence, pools: Mapping[tuple[str, int], Sequence[str]], share: float) -> Sentence:
    """The article with another name of its label and size in place of each of a share of its names, everywhere."""
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
    """The article as content farms spin it: a synonym, often an odd one, for each word of `configs/spun.toml`."""
    pattern, synonyms = load_synonyms()
    words = pattern.finditer(article.text)
    return rewrite(article, [(*word.span(), random.choice(synonyms[word[0]])) for word in words])


@cache
def load_synonyms() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """The words of `configs/spun.toml` as a pattern, of two at one place the longer, and the synonyms of each."""
    path = CONFIGS / "spun.toml"
    synonyms = load_toml(path)
    check_table(synonyms, {}, dict.fromkeys(filter(None, synonyms), SOME_NAMES), address=str(path))
    if not synonyms:
        raise ParknerError(f"{path}: no words")
    return re.compile("|".join(map(re.escape, sorted(synonyms, key=len, reverse=True)))), synonyms


def drop_blanks(article: Sentence) -> Sentence:
    """The article without its blanks, but for those that part two words or numbers.

    >>> drop_blanks(Sentence("引进 12 家 AI 企业,与 Big Pharma 签约")).text
    '引进12家AI企业,与Big Pharma签约'
    """
    text = article.text
    runs = (blanks.span() for blanks in BLANKS.finditer(text))
    around = ((start, end, text[max(start - 1, 0) : start] + text[end : end + 1]) for start, end in runs)
    return rewrite(article, [(start, end, "") for start, end, pair in around if len(to_tokens(pair)) == len(pair)])


def to_half_width(article: Sentence) -> Sentence:
    """The article with punctuation of half width.

    >>> to_half_width(Sentence("青谷（二期）：开园！")).text
    '青谷(二期):开园!'
    """
    return replace(article, text=article.text.translate(HALF_WIDTH))


def to_traditional(article: Sentence) -> Sentence:
    """The article in Traditional characters, one for each.

    >>> to_traditional(Sentence("青芦湾医药港")).text
    '青蘆灣醫藥港'
    """
    return replace(article, text=article.text.translate(load_traditional()))


@cache
def load_traditional() -> dict[int, str]:
    """The Simplified characters, each with the Traditional one that it most often stands for."""
    characters = [chr(code) for code in HAN]
    converted = opencc.OpenCC("s2t").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {ord(simple): other for simple, other in pairs if simple != other and len(other) == 1}
