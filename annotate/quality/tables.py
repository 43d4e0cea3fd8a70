"""Show the counts of a corpus as terminal tables."""

from collections.abc import Mapping

from rich.table import Table

from annotate.quality.stats import Counts, add_up, count_kinds
from annotate.sentence import PARTITIONS
from annotate.settings import load_labels
from annotate.tables import make_table


def to_count_table(counts: Mapping[str, Counts]) -> Table:
    """Make a row per partition, and one for all: articles, sentences, those without spans (`empty`), spans by label."""
    table = make_table("", "articles", "sentences", "empty", *_labels(), "spans")
    for partition, part in _with_total(counts).items():
        spans = [part.surfaces[label].total() for label in _labels()]
        numbers = [len(part.articles), part.sentences, part.without_spans, *spans, sum(spans)]
        table.add_row(partition, *map(str, numbers))
    return table


def to_kind_table(counts: Mapping[str, Counts]) -> Table:
    """Make a row per partition: distinct surfaces by label, units, date forms, share of sentences without spans."""
    title = "Distinct surfaces, units and forms of dates"
    table = make_table("", *_labels(), "units", "date forms", "empty", title=title)
    for partition, part in _with_total(counts).items():
        numbers = [len(part.surfaces[label]) for label in _labels()]
        numbers += [len(found) for found in count_kinds(part).values()]
        table.add_row(partition, *map(str, numbers), f"{100 * part.without_spans / part.sentences:.1f}%")
    return table


def _labels() -> list[str]:
    return [label.name for label in load_labels()]


def _with_total(counts: Mapping[str, Counts]) -> dict[str, Counts]:
    """Return the partitions in their order, and their sum if there are several."""
    rows = {partition or "-": counts[partition] for partition in sorted(counts, key=(*PARTITIONS, "").index)}
    return rows | ({"all": add_up(counts.values())} if len(rows) > 1 else {})
