"""Three real pages and their gold. They are not part of the project; the tests are skipped if they are not there."""

from pathlib import Path

import pytest

from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.pages.to_sentences import read_pages
from annotate.quality.score import score
from annotate.records import read_sentences
from annotate.rules.file import load_rules
from annotate.rules.find import prelabel
from annotate.uid import add_uids

SHARED = Path(__file__).parent.parent.parent.parent / "shared"
LEAST = {"PARK": 0.75, "ORG": 0.55, "METRIC": 0.88, "DATE": 0.88}  # F1
pytestmark = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the real pages are not here")


def test_rules_find_what_people_marked():
    gold = list(read_sentences(SHARED / "gold"))
    scores = score(gold, prelabel(gold, load_rules()))
    assert [label for label in LEAST if scores[label].f1 < LEAST[label]] == []


def test_cleaning_keeps_the_articles():
    """Gold sentences with an entity are missing only if they were in menus or in lists of other articles."""
    pages = {sentence.text for sentence in read_pages([SHARED / "articles"])}
    gold = list(read_sentences(SHARED / "gold" / "linjiang-hightech.jsonl"))
    missing = [sentence for sentence in gold if sentence.spans and sentence.text not in pages]
    assert len(missing) <= 1


def test_pages_come_back_from_doccano_span_by_span(client):
    sentences = list(prelabel(read_pages([SHARED / "articles"]), load_rules()))
    push(client, "real pages", sentences, timeout=60)
    pulled = pull(client, "real pages", everything=True, timeout=60).sentences
    assert list(pulled) == list(add_uids(sentences))
