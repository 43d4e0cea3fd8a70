"""What became of pre-labels: verdicts, corrections, the card as a whole, and records with an `origin` that is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.agreement.differences import pair
from annotate.errors import ParknerError
from annotate.quality.score import score
from annotate.records import read_sentences, write_sentences
from annotate.rules.file import load_rules
from annotate.rules.find import prelabel
from annotate.rules.report import OUTCOMES, count_corrections, find_verdicts, read_prelabels, to_report_card
from annotate.sentence import Sentence
from annotate.spans import Span, keep_first

TEXT = "去年青芦湾医药港引进十二家企业，管委会说还会有。"
PARK, SHORT, QUANTITY = Span(2, 8, "PARK"), Span(5, 8, "PARK"), Span(10, 13, "METRIC")


def prelabelled(*spans, text=TEXT, rule="some rule"):
    return Sentence(text, tuple(spans), extra={"origin": [[*span, rule] for span in spans]})


@pytest.mark.parametrize(
    ("before", "gold", "outcomes", "corrections"),
    [
        ((PARK, QUANTITY), (PARK, QUANTITY), ["kept", "kept"], 0),
        ((PARK,), (), ["deleted"], 1),
        ((), (PARK, QUANTITY), [], 2),
        ((PARK,), (SHORT,), ["boundary"], 1),
        ((PARK,), (Span(2, 8, "ORG"),), ["label"], 1),
        ((PARK,), (Span(5, 9, "ORG"),), ["label"], 1),
        ((PARK,), (Span(2, 5, "ORG"), SHORT), ["boundary"], 2),
        ((Span(2, 5, "ORG"), SHORT), (PARK,), ["label", "boundary"], 2),
        ((PARK,), (QUANTITY,), ["deleted"], 2),
    ],
)
def test_what_became_of_a_sentence(before, gold, outcomes, corrections):
    before, gold = prelabelled(*before), Sentence(TEXT, gold)
    assert [verdict.outcome for verdict in find_verdicts(before, gold)] == outcomes
    assert count_corrections(before, gold) == corrections


span = st.builds(
    lambda start, length, label: Span(start, min(start + length, 10), label),
    st.integers(0, 9),
    st.integers(1, 4),
    st.sampled_from(["PARK", "ORG"]),
)
spans = st.lists(span, max_size=5).map(keep_first)


@given(spans, spans)
def test_the_card_agrees_with_the_score(before, gold):
    pairing = pair([prelabelled(*before, text="园" * 10)], [Sentence("园" * 10, tuple(gold))])
    card = to_report_card(pairing)
    kept = sum(verdict.outcome == "kept" for verdict in card.verdicts)
    wanted = score(pairing.second, pairing.first)["micro"]
    assert kept == round(wanted.recall * len(gold)) == round(wanted.precision * len(before))
    assert len(card.verdicts) == len(before)
    assert card.gold.total() == len(gold)
    wrong = len(before) - kept
    assert max(wrong, len(gold) - kept) <= card.corrections <= wrong + len(gold) - kept
    assert card.missed.total() <= len(gold) - kept


def test_the_rules_on_an_article():
    texts = ["青岚园去年引进12家企业。", "青岚园由石桥药业有限公司运营。", "四年里没有变化。"]
    before = list(prelabel([Sentence(text, (), "a", n) for n, text in enumerate(texts, 1)], load_rules()))
    gold = [before[0], before[1].with_spans([*before[1].spans[1:], Span(0, 3, "PARK")]), before[2]]
    card = to_report_card(pair(before, gold))
    assert card.gold.total() == sum(len(sentence.spans) for sentence in gold)
    assert {verdict.outcome for verdict in card.verdicts} <= set(OUTCOMES)
    assert "registered company" in {verdict.rule for verdict in card.verdicts}


def test_pre_labels_are_the_origin_whatever_the_record_has_now(tmp_path):
    path = tmp_path / "a.jsonl"
    write_sentences(path, [prelabelled(PARK).with_spans([SHORT]), Sentence("再见")])
    (before,) = read_prelabels(path)
    assert before.spans == (PARK,)
    assert to_report_card(pair([before], read_sentences(path))).corrections == 1


@pytest.mark.parametrize(
    ("origin", "message"),
    [
        ("rules", ':1: "origin" is not a list'),
        ([[0, 2, "PARK"]], ':1: "origin" is not a list'),
        ([[0, 2, "PARK", None]], ':1: "origin" is not a list'),
        ([[0, 99, "PARK", "a"]], r":1: origin: span \[0, 99, PARK\] ends after"),
        ([[0, 3, "PARK", "a"], [2, 4, "ORG", "a"]], r":1: origin: span \[2, 4, ORG\] overlaps"),
    ],
)
def test_an_origin_that_is_none(tmp_path, origin, message):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, "label": [], "origin": origin}), "utf-8")
    with pytest.raises(ParknerError, match=f"a.jsonl{message}"):
        list(read_prelabels(path))


def test_no_origin_at_all(tmp_path):
    write_sentences(tmp_path / "a.jsonl", [Sentence(TEXT)])
    with pytest.raises(ParknerError, match=r'a.jsonl: no record has the key "origin"'):
        list(read_prelabels(tmp_path / "a.jsonl"))
