import csv

from annotate.corpus import Sentence
from annotate.spans import Span
from training.tables import write_entities


def test_entities_as_csv(tmp_path):
    sentence = Sentence('他说:"青芦湾,去年开园"', (Span(4, 7, "PARK"), Span(8, 10, "DATE")), "qinglu", 3)
    assert write_entities(tmp_path / "a.csv", [sentence, Sentence("无")]) == 2
    with open(tmp_path / "a.csv", encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first == {
        "article": "qinglu",
        "number": "3",
        "label": "PARK",
        "text": "青芦湾",
        "start": "4",
        "end": "7",
        "sentence": sentence.text,
    }
    assert second["text"] == "去年"
