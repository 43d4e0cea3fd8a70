from annotate.cost.economy import Cost
from annotate.cost.tables import to_correction_table, to_time_table
from tests.tables import to_rows

COSTS = {
    ("[li] :smile:", True): Cost(3, 9, 6, 2, 15.25, 101.666),
    ("wang", False): Cost(1, 0, 0, 0, None, None),
}


def test_where_nothing_was_labelled_there_is_no_share() -> None:
    assert to_rows(to_correction_table(COSTS)) == [
        ["[li] :smile:", "yes", "3", "9", "6", "66.7"],
        ["wang", "no", "1", "0", "0", "-"],
    ]


def test_where_no_time_is_known_there_are_no_seconds() -> None:
    assert to_rows(to_time_table(COSTS)) == [
        ["[li] :smile:", "yes", "2", "15.2", "101.7"],
        ["wang", "no", "0", "-", "-"],
    ]


def test_no_seconds_at_all_are_a_number() -> None:
    (row,) = to_rows(to_time_table({("li", True): Cost(2, 0, 0, 1, 0.0, 0.0)}))
    assert row[-2:] == ["0.0", "0.0"]
