"""Compares the speed of the rules with a plain spaCy `span_ruler` of the same names: python benchmarks/rules.py [FILE…]

FILE is a raw page or a folder of raw pages. One process runs on one core. Seconds are CPU time, so other work hardly
matter. The search for the slowest lines takes some minutes.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import spacy
from adversarial import find_slowest, find_units
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from annotate.pages.clean import clean
from annotate.pages.page_files import Article, read_articles
from annotate.pages.split import split_article
from annotate.quality.score import Score, score
from annotate.records import read_sentences
from annotate.rules.file import Rules, load_rules
from annotate.rules.find import match_rules, prelabel
from annotate.sentence import Sentence
from annotate.spans import Span, keep_longest

PAGES = Path("corpus/articles")
GOLD = Path("corpus/gold/dev")
ROUNDS = 5
PATTERNS = 15  # the number of slowest rules to show
console = Console(width=120)


def time_median(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the median CPU seconds of a call over several rounds, and the call's result."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        result = call()
        seconds.append(time.process_time() - start)
    return median(seconds), result


def load_ruler(rules: Rules) -> Language:
    """Make a blank pipeline with the listed names and their aliases as phrase patterns."""
    nlp = spacy.blank("zh")
    ruler: Any = nlp.add_pipe("span_ruler")
    names = zip(rules.names.names, rules.names.meanings, strict=True)
    ruler.add_patterns([{"label": rules.labels[origin], "pattern": name} for name, origin in names])
    return nlp


def label_by_ruler(sentences: Iterable[Sentence], nlp: Language) -> Iterator[Sentence]:
    """Yield each sentence with the spans that the ruler finds; of overlapping spans the longest is kept."""
    for sentence in sentences:
        doc = nlp(sentence.text)
        found = [Span(span.start_char, span.end_char, span.label_) for span in doc.spans["ruler"]]
        yield sentence.with_spans(keep_longest(found))


def print_speed(articles: list[Article]) -> None:
    """Print the time of loading, and the speed of each stage in characters per second."""
    loading, rules = time_median(load_rules)
    cleaning, cleaned = time_median(lambda: [clean(article)[0] for article in articles])
    splitting, sentences = time_median(lambda: [one for article in cleaned for one in split_article(article)])
    finding, _ = time_median(lambda: [match_rules(sentence.text, rules) for sentence in sentences])
    labelling, _ = time_median(lambda: list(prelabel(sentences, rules)))
    together, _ = time_median(
        lambda: list(prelabel((one for article in articles for one in split_article(clean(article)[0])), rules))
    )
    loading_ruler, nlp = time_median(lambda: load_ruler(rules))
    ruling, _ = time_median(lambda: list(label_by_ruler(sentences, nlp)))

    characters = sum(len(article.text) for article in articles)
    table = Table("stage", "seconds", "characters a second", title=f"{len(articles)} pages, {characters:,} characters")
    for stage, seconds in [
        ("clean", cleaning),
        ("split", splitting),
        ("prelabel", labelling),
        ("  of which single sentences", finding),
        ("clean, split and prelabel", together),
        ("span_ruler", ruling),
    ]:
        table.add_row(stage, f"{seconds:.2f}", f"{characters / seconds:,.0f}")
    console.print(f"loading: rules {loading:.2f} s, span_ruler {loading_ruler:.2f} s", table)


def print_scores() -> None:
    """Print the scores of the rules and of the ruler on the gold."""
    gold, ours = list(read_sentences(GOLD)), load_rules()
    rules = score(gold, prelabel(gold, ours))
    ruler = score(gold, label_by_ruler(gold, load_ruler(ours)))
    table = Table("label", "rules P", "rules R", "rules F1", "ruler P", "ruler R", "ruler F1", "spans", title=str(GOLD))
    for label in rules:
        table.add_row(label, *to_cells(rules[label]), *to_cells(ruler[label]), str(rules[label].support))
    console.print(table)


def to_cells(value: Score) -> list[str]:
    """Format precision, recall and F1 in percent.

    >>> to_cells(Score(0.5, 1.0, 2 / 3, 4))
    ['50.0', '100.0', '66.7']
    """
    return [f"{100 * share:.1f}" for share in value[:3]]


def print_slowest() -> None:
    """Print the rules that take longest for a line of 100 kB, and the unit of that line."""
    rules = load_rules()
    table = Table("rule", "seconds", "the unit of its line", title="the slowest lines of 100 kB")
    slowest = find_slowest(find_units(rules), rules)
    for name, (seconds, unit) in sorted(slowest.items(), key=lambda row: -row[1][0])[:PATTERNS]:
        table.add_row(name, f"{seconds:.2f}", repr(unit))
    console.print(table)


if __name__ == "__main__":
    print_speed(list(read_articles([Path(path) for path in sys.argv[1:]] or [PAGES])))
    print_scores()
    print_slowest()
