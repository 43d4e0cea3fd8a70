from annotate.quality.stats import Counts
from annotate.quality.tables import to_count_table, to_kind_table
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.tables import to_rows


def count(*sentences):
    counts = Counts()
    for sentence in sentences:
        counts.add(sentence)
    return counts


DEV = count(Sentence("石桥药业见石桥药业", (Span(0, 4, "ORG"), Span(5, 9, "ORG")), "a"), Sentence("没有。", (), "a"))
TRAIN = count(Sentence("石桥药业有3家", (Span(0, 4, "ORG"), Span(5, 7, "METRIC")), "b"))


def test_partitions_come_in_their_order_and_their_sum_last():
    assert to_rows(to_count_table({"dev": DEV, "": TRAIN, "train": TRAIN})) == [
        ["train", "1", "1", "0", "0", "1", "1", "0", "2"],
        ["dev", "1", "2", "1", "0", "2", "0", "0", "2"],
        ["-", "1", "1", "0", "0", "1", "1", "0", "2"],
        ["all", "2", "4", "1", "0", "4", "2", "0", "6"],
    ]


def test_a_lone_partition_has_no_sum():
    assert [row[0] for row in to_rows(to_count_table({"": DEV}))] == ["-"]


def test_a_surface_of_two_partitions_is_one_of_all():
    assert to_rows(to_kind_table({"train": TRAIN, "dev": DEV})) == [
        ["train", "0", "1", "1", "0", "1", "0", "0.0%"],
        ["dev", "0", "1", "0", "0", "0", "0", "50.0%"],
        ["all", "0", "1", "1", "0", "1", "0", "33.3%"],
    ]
