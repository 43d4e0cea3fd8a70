from collections import Counter

from annotate.cost.pace import to_time
from annotate.doccano.team.progress import Part, Total
from annotate.doccano.team.tables import to_people_table, to_project_table, to_span_table
from tests.tables import to_rows


def test_the_tables_of_people() -> None:
    times = tuple(to_time(f"2026-11-22T{clock}Z") for clock in ("10:00:00", "10:00:10", "10:00:40", "12:00:00"))
    lin = Part("lin", frozenset({"annotator"}), 8, 4, times, Counter(PARK=3, PERSON=2), 4)
    meng = Part("meng", frozenset(), 0, 1, times[:1], Counter(), 1)
    assert [*to_rows(to_people_table([lin, meng])), *to_rows(to_span_table([lin, meng]))] == [
        ["lin", "annotator", "4", "50%", "180"],
        ["meng", "-", "1", "-", "-"],
        ["lin", "3", "0", "0", "0", "2", "5", "4"],
        ["meng", "0", "0", "0", "0", "0", "0", "1"],
        ["all", "3", "0", "0", "0", "2", "5", "5"],
    ]


def test_roles_come_sorted_and_names_as_they_are() -> None:
    part = Part("[li] :smile:", frozenset({"project_admin", "annotator"}), 3, 1, (), Counter(), 0)
    assert to_rows(to_people_table([part])) == [["[li] :smile:", "annotator, project_admin", "1", "33%", "-"]]


def test_where_all_confirm_for_themselves_a_project_has_no_number_of_confirmed_sentences() -> None:
    totals = [("青芦湾 · li", Total(8, 3, 2)), ("[初稿]", Total(8, None, 3)), ("空", Total(0, 0, 1))]
    assert to_rows(to_project_table(totals)) == [
        ["青芦湾 · li", "8", "3", "5", "2"],
        ["[初稿]", "8", "-", "-", "3"],
        ["空", "0", "0", "0", "1"],
    ]


def test_nobody_at_all_is_a_row_of_noughts() -> None:
    assert to_rows(to_people_table([])) == []
    assert to_rows(to_span_table([])) == [["all", *"000000"]]
