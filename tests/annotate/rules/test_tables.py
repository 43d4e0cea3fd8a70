from annotate.agreement.differences import pair
from annotate.rules.report import to_report_card
from annotate.rules.tables import find_examples, to_label_table, to_rule_table, to_summary
from annotate.sentence import Sentence
from annotate.spans import Span
from tests.tables import to_rows

TEXT = "去年青芦湾医药港引进十二家企业，管委会说还会有。"
PARK, SHORT, QUANTITY = Span(2, 8, "PARK"), Span(5, 8, "PARK"), Span(10, 13, "METRIC")


def prelabelled(*spans, text=TEXT, rule="some rule"):
    return Sentence(text, tuple(spans), extra={"origin": [[*span, rule] for span in spans]})


def test_nothing_labelled_is_no_division():
    card = to_report_card(pair([prelabelled()], [Sentence(TEXT)]))
    assert to_summary(card).startswith("- of 100 gold spans arrived ready; - corrections")


def test_examples_are_the_first_corrections_of_each_rule():
    before = [prelabelled(PARK, rule="b"), prelabelled(QUANTITY, rule="a"), prelabelled(SHORT, rule="b")] * 2
    verdicts = to_report_card(pair(before, [Sentence(TEXT, (PARK,))] * 6)).verdicts
    lines = list(find_examples(verdicts, most=1))
    assert [line.partition(": “")[0] for line in lines] == ["a: deleted", "b: boundary"]
    place = "“去年青芦湾医药港引进十二…”: [医药港](PARK) | [青芦湾医药港](PARK): 去年青芦湾医药港引进十二家企业，…"
    assert lines[1] == f"b: boundary: {place}"
    assert list(find_examples(verdicts, most=0)) == []


def test_rules_that_fired_most_often_come_first_and_of_equals_by_name():
    before = [prelabelled(PARK, rule="b"), prelabelled(QUANTITY, rule="c"), prelabelled(SHORT, rule="b")]
    before.append(prelabelled(PARK, rule="a"))
    table = to_rule_table(to_report_card(pair(before, [Sentence(TEXT, (PARK,))] * 4)))
    assert [[row[0], row[1], row[-1]] for row in to_rows(table)] == [
        ["b", "2", "50.0"],
        ["a", "1", "100.0"],
        ["c", "1", "0.0"],
        ["all", "4", "50.0"],
    ]


def test_a_gold_span_is_ready_or_overlapped_or_not_found():
    gold = [Sentence(TEXT, (PARK, QUANTITY)), Sentence(TEXT, (PARK,)), Sentence(TEXT, (PARK,))]
    table = to_label_table(to_report_card(pair([prelabelled(PARK), prelabelled(SHORT), prelabelled()], gold)))
    assert to_rows(table) == [
        ["PARK", "3", "1", "1"],
        ["ORG", "0", "0", "0"],
        ["METRIC", "1", "0", "1"],
        ["DATE", "0", "0", "0"],
        ["all", "4", "1", "2"],
    ]
