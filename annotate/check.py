"""What is wrong with a corpus, and how much of everything it holds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotate.corpus import PARTITIONS, Sentence, find_problems, read_lines
from annotate.files import find_files
from annotate.settings import load_labels

REPEAT_LENGTH = 13  # characters; a shorter sentence, such as `张三说。`, may come again without telling anything

# what `spacy debug data` asks of training data: sentences, sentences for good results, spans of a label
FEWEST_SENTENCES, ENOUGH_SENTENCES, ENOUGH_SPANS = 100, 2000, 50


@dataclass
class Counts:
    """What one partition holds; `spans` by label."""

    articles: set[str] = field(default_factory=set)
    sentences: int = 0
    without_spans: int = 0
    spans: Counter[str] = field(default_factory=Counter)

    def add(self, sentence: Sentence) -> None:
        self.articles.add(sentence.article)
        self.sentences += 1
        self.without_spans += not sentence.spans
        self.spans.update(span.label for span in sentence.spans)


@dataclass
class Report:
    """The outcome of `check`: problems to mend, warnings to know of, a line each; counts by partition."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))


def to_partition(path: Path) -> str:
    """The partition of a gold file: the nearest folder named `train`, `dev` or `test`, or an empty string."""
    return next((folder for folder in reversed(path.parts[:-1]) if folder in PARTITIONS), "")


def check(paths: Iterable[Path]) -> Report:
    """Examine every record of the files and of the `.jsonl` files below the folders.

    Problems: unsound spans, a sentence in two partitions, a sentence twice with different spans, a file without
    records. Warnings: a sentence twice. Raises ParknerError where a file cannot be read or a line is no record.
    """
    report = Report()
    seen: dict[str, tuple[str, str, Sentence]] = {}
    for path in find_files(paths, (".jsonl",)):
        partition = to_partition(path)
        address = ""
        for address, sentence in read_lines(path):
            report.problems += [f"{address}: {problem}" for problem in find_problems(sentence)]
            report.counts[partition].add(sentence)
            if len(sentence.text) >= REPEAT_LENGTH:
                first = seen.setdefault(sentence.text, (address, partition, sentence))
                if first[0] != address:
                    _compare(report, first, (address, partition, sentence))
        if not address:
            report.problems.append(f"{path}: the file is empty")
    return report


def _compare(report: Report, first: tuple[str, str, Sentence], second: tuple[str, str, Sentence]) -> None:
    """Report two records with one text."""
    if first[1] != second[1]:
        report.problems.append(f"{second[0]}: the sentence is in another partition too, at {first[0]}")
    elif sorted(first[2].spans) != sorted(second[2].spans):
        report.problems.append(f"{second[0]}: the sentence has other spans at {first[0]}")
    else:
        report.warnings.append(f"{second[0]}: the sentence repeats {first[0]}")


def find_shortages(counts: Counts) -> Iterator[str]:
    """Yield where training data is below the thresholds of `spacy debug data`.

    >>> list(find_shortages(Counts(sentences=99)))[0]
    '99 sentences to train on; below 100 training is not expected to work'
    """
    if counts.sentences < FEWEST_SENTENCES:
        yield f"{counts.sentences} sentences to train on; below {FEWEST_SENTENCES} training is not expected to work"
    elif counts.sentences < ENOUGH_SENTENCES:
        yield f"{counts.sentences} sentences to train on; good results usually take {ENOUGH_SENTENCES}"
    for label in load_labels():
        if counts.spans[label.name] < ENOUGH_SPANS:
            yield f"{counts.spans[label.name]} {label.name} spans to train on; {ENOUGH_SPANS} are the least advised"
