from importlib.metadata import version

import pytest
import spacy

from annotate.quality.intervals import Interval
from annotate.quality.score import Score
from annotate.quality.stats import Counts
from annotate.sentence import Sentence
from annotate.settings import load_labels
from annotate.spans import Span
from training.model.predict import load_model
from training.ship.card import (
    to_data_rows,
    to_label_rows,
    to_labels,
    to_meta,
    to_model_card,
    to_performance,
    to_score_rows,
)

SCORES = {"DATE": Score(1.0, 0.5, 2 / 3, 4), "micro": Score(0.8, 0.4, 8 / 15, 10), "macro": Score(0.0, 0.0, 0.0, 10)}
INTERVALS = {"DATE": Interval(0.6, 0.7), "micro": Interval(0.25, 0.75), "macro": Interval(0.0, 1.0)}


def test_labels_are_those_of_any_component(model):
    assert to_labels(load_model(model)) == list(load_labels())
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "DATE", "pattern": "今年"}])
    assert [label.name for label in to_labels(nlp)] == ["DATE"]


def test_the_meta_is_ours_whatever_was_stored():
    nlp = spacy.blank("zh", meta={"lang": "../evil", "name": "mine", "version": "7.0.0", "author": "林小禾"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": "今年"} for label in ("DATE", "ORG")])
    meta = to_meta(nlp, SCORES, INTERVALS)
    assert [meta[key] for key in ("lang", "name", "version", "license", "author")] == [
        *("zh", "parkner", version("parkner"), "MIT", "林小禾"),
    ]
    assert meta["description"] == "Entities of Chinese news about parks: ORG, DATE"
    assert meta["performance"] == to_performance(SCORES, INTERVALS)


def test_the_performance_is_that_of_all_spans_and_of_each_label():
    assert to_performance(SCORES, INTERVALS) == {
        "ents_p": 0.8,
        "ents_r": 0.4,
        "ents_f": 8 / 15,
        "ents_f_interval": [0.25, 0.75],
        "ents_per_type": {"DATE": {"p": 1.0, "r": 0.5, "f": 2 / 3, "f_interval": [0.6, 0.7]}},
    }


META = {"lang": "zh", "name": "parkner", "version": "0.1.0", "pipeline": ["tok2vec", "ner"]}


def test_a_card_is_filled_from_the_meta_and_the_sections():
    template = "# $name\n${version}: $pipeline\n\n$labels costs $$5, $name again"
    card = to_model_card(template, META, labels="| PARK |", data="not wanted")
    assert card == "# zh_parkner\n0.1.0: tok2vec, ner\n\n| PARK | costs $5, zh_parkner again"


@pytest.mark.parametrize(("template", "error"), [("$nmae", KeyError), ("5 $", ValueError), ("${name", ValueError)])
def test_a_card_that_nothing_fills_is_an_error(template, error):
    with pytest.raises(error):
        to_model_card(template, META)


def test_each_label_has_its_meaning():
    (heading, _, *rows) = to_label_rows(load_labels()[:2]).splitlines()
    assert heading == "| label | meaning |"
    assert rows == [f"| {label.name} | {label.meaning} |" for label in load_labels()[:2]]


def test_the_data_are_counted_by_part_and_label():
    counts = Counts()
    counts.add(Sentence("石桥药业见石桥药业。", (Span(0, 4, "ORG"), Span(5, 9, "ORG")), "a"))
    counts.add(Sentence("去年,他来了。", (Span(0, 2, "DATE"),), "b"))
    assert to_data_rows({"trained on": counts, "held out": Counts()}).splitlines() == [
        "|  | articles | sentences | PARK | ORG | METRIC | DATE |",
        "|---|---|---|---|---|---|---|",
        "| trained on | 2 | 2 | 0 | 2 | 0 | 1 |",
        "| held out | 0 | 0 | 0 | 0 | 0 | 0 |",
    ]


def test_scores_are_in_percent_with_their_intervals():
    assert to_score_rows(SCORES, INTERVALS).splitlines()[2:] == [
        "| DATE | 100.0 | 50.0 | 66.7 | 60.0–70.0 | 4 |",
        "| micro | 80.0 | 40.0 | 53.3 | 25.0–75.0 | 10 |",
        "| macro | 0.0 | 0.0 | 0.0 | 0.0–100.0 | 10 |",
    ]
