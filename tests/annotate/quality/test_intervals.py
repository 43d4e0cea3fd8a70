import numpy as np
import pytest
from scipy.stats import bootstrap

from annotate.quality.intervals import Interval, to_intervals
from annotate.quality.score import count_by_article, score
from annotate.sentence import Sentence
from annotate.spans import Span

LABELS = ("PARK", "ORG", "METRIC", "DATE")
TEXT = "青芦湾医药港去年引进十二家企业"


def make_readings(articles: int) -> tuple[list[Sentence], list[Sentence]]:
    """Gold of four spans a sentence, and predictions that miss some, invent some and mistake some labels."""
    random = np.random.default_rng(7)
    gold, predicted = [], []
    for article in range(articles):
        for number in range(random.integers(1, 6)):
            spans = [Span(3 * place, 3 * place + 2, label) for place, label in enumerate(LABELS)]
            guess = [Span(s.start, s.end, str(random.choice(LABELS))) if random.random() < 0.2 else s for s in spans]
            gold.append(Sentence(TEXT, tuple(s for s in spans if random.random() < 0.8), str(article), number))
            predicted.append(gold[-1].with_spans(s for s in guess if random.random() < 0.9))
    return gold, predicted


def test_intervals_are_of_what_is_scored():
    gold, predicted = make_readings(12)
    assert list(to_intervals(gold, predicted)) == list(score(gold, predicted))


def test_scipy_finds_the_same_intervals():
    gold, predicted = make_readings(30)
    intervals = to_intervals(gold, predicted)
    for place, label in enumerate(LABELS):
        counts = count_by_article(gold, predicted)[:, place].T
        theirs = bootstrap(tuple(counts), f1, paired=True, method="percentile", rng=1).confidence_interval
        assert intervals[label] == pytest.approx(tuple(theirs), abs=0.01)


def f1(right, predicted, gold, axis):
    return 2 * right.sum(axis) / (predicted.sum(axis) + gold.sum(axis))


def test_a_seed_gives_the_same_intervals():
    gold, predicted = make_readings(5)
    assert to_intervals(gold, predicted) == to_intervals(gold, predicted)
    assert to_intervals(gold, predicted) != to_intervals(gold, predicted, seed=1)


def test_one_article_says_nothing_of_others():
    gold, predicted = make_readings(1)
    assert set(to_intervals(gold, predicted).values()) == {Interval(0.0, 1.0)}


def test_what_is_never_there_has_no_f1():
    gold = [Sentence("无", article=article) for article in "ab"]
    assert set(to_intervals(gold, gold).values()) == {Interval(0.0, 0.0)}
