import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support
from spacy.scorer import get_ner_prf
from spacy.training import Example

from annotate.quality.score import Score, score
from annotate.sentence import Sentence
from annotate.spans import Span, keep_first
from training.data.convert import to_doc

TEXT = "园" * 10
LABELS = ["PARK", "ORG", "METRIC", "DATE"]
span = st.builds(
    lambda start, length, label: Span(start, min(start + length, 10), label),
    st.integers(0, 9),
    st.integers(1, 4),
    st.sampled_from(LABELS),
)
sentence = st.lists(span, max_size=5).map(lambda spans: Sentence(TEXT, tuple(keep_first(spans))))


@given(st.lists(st.tuples(sentence, sentence), min_size=1, max_size=4))
def test_score_agrees_with_spacy(pairs):
    vocab = spacy.blank("xx").vocab
    scores = score([gold for gold, _ in pairs], [predicted for _, predicted in pairs])
    oracle = get_ner_prf([Example(to_doc(predicted, vocab), to_doc(gold, vocab)) for gold, predicted in pairs])
    total = sum(len(gold.spans) for gold, _ in pairs)
    assert scores["micro"].support == total
    if total:  # without gold spaCy gives no scores at all
        assert scores["micro"][:3] == pytest.approx([oracle["ents_p"], oracle["ents_r"], oracle["ents_f"]])
        for label, values in oracle["ents_per_type"].items():
            assert scores[label][:3] == pytest.approx([values["p"], values["r"], values["f"]])


@given(st.lists(st.tuples(sentence, sentence), max_size=4))
def test_score_agrees_with_scikit_learn(pairs):
    """To the last digit, of each label and of both averages."""
    true, found = ["none"], ["none"]  # scikit-learn refuses empty lists
    for pair in pairs:
        gold, predicted = ({span[:2]: span.label for span in reading.spans} for reading in pair)
        for place in gold | predicted:
            true.append(gold.get(place, "none"))
            found.append(predicted.get(place, "none"))
    scores = score([gold for gold, _ in pairs], [predicted for _, predicted in pairs])
    for average in (None, "micro", "macro"):
        oracle = precision_recall_fscore_support(true, found, labels=LABELS, average=average, zero_division=0.0)
        for place, name in enumerate([average] if average else LABELS):
            assert scores[name][:3] == tuple(np.atleast_1d(column)[place] for column in oracle[:3])


def test_nothing_scores_nothing():
    assert set(score([], []).values()) == {Score(0.0, 0.0, 0.0, 0)}


def test_macro_counts_labels_alike():
    gold = Sentence(TEXT, (Span(0, 1, "PARK"), Span(1, 2, "PARK"), Span(2, 3, "ORG")))
    assert score([gold], [gold.with_spans(gold.spans[:2])])["macro"].f1 == 0.25


def test_other_sentences_are_refused():
    with pytest.raises(ValueError, match="sentences differ"):
        score([Sentence("甲")], [Sentence("乙")])
