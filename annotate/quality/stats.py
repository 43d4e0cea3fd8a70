"""Count the content of a corpus by partition, and the kinds of units and dates among its spans."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotate.normalise import normalise
from annotate.sentence import Sentence
from annotate.settings import load_labels

# thresholds of `spacy debug data` for training data: sentences, sentences for good results, spans per label
FEWEST_SENTENCES, ENOUGH_SENTENCES, ENOUGH_SPANS = 100, 2000, 50

_AROUND = re.compile(r"[ ,]|以[上下内]$|左右$|上下$|(?<=[个家年])多$")
_NUMBER = re.compile(
    r".*(?:[\d.~〇零一二两三四五六七八九十几数半余多来]|/(?=\d)|百(?![帕分])|千(?![瓦克米伏帕赫卡])|^[约近超逾过上]+(?=[万亿]))"
)
_DIGITS = re.compile(r"\d+")
_HAN_DIGITS = re.compile(r"[〇零一二两三四五六七八九十]+")


@dataclass
class Counts:
    """The counts of one partition; `surfaces` are the texts of the spans, counted by label."""

    articles: set[str] = field(default_factory=set)
    sentences: int = 0
    without_spans: int = 0
    surfaces: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, sentence: Sentence) -> None:
        self.articles.add(sentence.article)
        self.sentences += 1
        self.without_spans += not sentence.spans
        for start, end, label in sentence.spans:
            self.surfaces[label][sentence.text[start:end]] += 1


def add_up(parts: Iterable[Counts]) -> Counts:
    """Add up the counts of several partitions."""
    total = Counts()
    for part in parts:
        total.articles |= part.articles
        total.sentences += part.sentences
        total.without_spans += part.without_spans
        for label, surfaces in part.surfaces.items():
            total.surfaces[label] += surfaces
    return total


def to_unit(quantity: str) -> str:
    """Return the unit of a METRIC: the text after its last number, with `万` and `亿`; "" for a bare fraction.

    >>> [to_unit(quantity) for quantity in ("约１,500余家", "近三千亩", "10至20亿元", "300千瓦时", "2个百分点", "1/4")]
    ['家', '亩', '亿元', '千瓦时', '个百分点', '']
    """
    return _NUMBER.sub("", _AROUND.sub("", normalise(quantity).text))


def to_form(date: str) -> str:
    """Return the format of a DATE: its numbers become `N`, its Chinese numerals `〇`.

    >>> [to_form(date) for date in ("2022年8月18日", "去年12月", "上世纪九十年代", "2022-08-18")]
    ['N年N月N日', '去年N月', '上世纪〇年代', 'N-N-N']
    """
    return _HAN_DIGITS.sub("〇", _DIGITS.sub("N", normalise(date).text.replace(" ", "")))


def count_kinds(counts: Counts) -> dict[str, Counter[str]]:
    """Count the units of the METRIC spans and the forms of the DATE spans."""
    units: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    for quantity, count in counts.surfaces["METRIC"].items():
        units[to_unit(quantity)] += count
    for date, count in counts.surfaces["DATE"].items():
        forms[to_form(date)] += count
    return {"units": +units, "date forms": +forms}


def find_shortages(counts: Counts) -> Iterator[str]:
    """Yield a line for each threshold of `spacy debug data` that training data does not reach.

    >>> list(find_shortages(Counts(sentences=99)))[0]
    '99 sentences to train on; below 100 training is not expected to work'
    """
    if counts.sentences < FEWEST_SENTENCES:
        yield f"{counts.sentences} sentences to train on; below {FEWEST_SENTENCES} training is not expected to work"
    elif counts.sentences < ENOUGH_SENTENCES:
        yield f"{counts.sentences} sentences to train on; good results usually need {ENOUGH_SENTENCES}"
    for label in load_labels():
        spans = counts.surfaces[label.name].total()
        if spans < ENOUGH_SPANS:
            yield f"{spans} {label.name} spans to train on; at least {ENOUGH_SPANS} are advised"
