"""Find the problems of a corpus."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from annotate.quality.repeats import RUN, find_near_repeats, find_shared_runs
from annotate.quality.stats import Counts
from annotate.record_checks import find_problems
from annotate.records import find_records, read_lines
from annotate.sentence import PARTITIONS, Sentence

MOST_NEAR_REPEATS = 0.01  # the share of a corpus from which a warning is given
MOST_SHOWN = 10  # sentences listed that share text with training sentences; the rest is only counted


class Record(NamedTuple):
    """A sentence with its address and partition."""

    address: str
    partition: str
    sentence: Sentence


@dataclass
class Report:
    """The result of `check_records`: problems to fix and warnings, one line each, and counts by partition."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: defaultdict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))


def to_partition(path: Path) -> str:
    """Return the partition of a gold file: its nearest parent folder named `train`, `dev` or `test`, else ""."""
    return next((folder for folder in reversed(path.parts[:-1]) if folder in PARTITIONS), "")


def check_records(paths: Iterable[Path]) -> Report:
    """Check every record of the given files, and of the `.jsonl` files below the given folders.

    Problems: faulty spans, a sentence in two partitions, a sentence twice with different spans, an empty file.
    Warnings: a sentence twice, text that held-out sentences share with training sentences, many sentences that nearly
    repeat another. Raises ParknerError if a file cannot be read or a line is not a record.
    """
    report = Report()
    places: list[Record] = []
    for path in find_records(paths):
        partition = to_partition(path)
        address = ""
        for address, sentence in read_lines(path):
            report.problems += [f"{address}: {problem}" for problem in find_problems(sentence)]
            report.counts[partition].add(sentence)
            places.append(Record(address, partition, sentence))
        if not address:
            report.problems.append(f"{path}: the file is empty")
    _report_repeats(report, places)
    _report_shared_runs(report, places)
    _report_near_repeats(report, places)
    return report


def _report_repeats(report: Report, places: Iterable[Record]) -> None:
    """Report sentences that repeat another. Those shorter than RUN, such as `张三说。`, may repeat by chance."""
    seen: dict[str, Record] = {}
    for place in places:
        first = seen.setdefault(place.sentence.text, place)
        if first is place or len(place.sentence.text) < RUN:
            continue
        if first.partition != place.partition:
            report.problems.append(f"{place.address}: the sentence is in another partition too, at {first.address}")
        elif sorted(first.sentence.spans) != sorted(place.sentence.spans):
            report.problems.append(f"{place.address}: the sentence has other spans at {first.address}")
        else:
            report.warnings.append(f"{place.address}: the sentence repeats {first.address}")


def _report_shared_runs(report: Report, places: Iterable[Record]) -> None:
    by_partition: defaultdict[str, list[Record]] = defaultdict(list)
    for place in places:
        by_partition[place.partition].append(place)
    held_out, trained = by_partition["dev"] + by_partition["test"], by_partition["train"]
    shared = find_shared_runs([place.sentence for place in held_out], [place.sentence for place in trained])
    lines = [f"{held_out[one].address}: {run!r} is also at {trained[other].address}" for one, other, run in shared]
    report.warnings += lines[:MOST_SHOWN]
    if len(lines) > MOST_SHOWN:
        report.warnings.append(f"{len(lines) - MOST_SHOWN} more held-out sentences share {RUN} characters with train")


def _report_near_repeats(report: Report, places: Sequence[Record]) -> None:
    repeats = list(find_near_repeats([place.sentence.text for place in places]))
    if repeats and len(repeats) >= MOST_NEAR_REPEATS * len(places):
        first, second = (places[number].address for number in repeats[0])
        share = f"{100 * len(repeats) / len(places):.1f}%"
        report.warnings.append(f"{share} of the sentences nearly repeat another, such as {first} and {second}")
