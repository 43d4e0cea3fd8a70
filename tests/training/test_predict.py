import pytest
import spacy

from annotate.corpus import Sentence
from annotate.errors import ParknerError
from annotate.spans import Span
from training.predict import load_model, merge


def labelled(*origins):
    spans = tuple(Span(*origin[:3]) for origin in origins)
    return Sentence("青芦湾医药港去年开园", spans, extra={"origin": [list(origin) for origin in origins]})


def test_the_first_has_priority_and_the_second_fills_in():
    model = labelled((0, 6, "PARK", "model"))
    rules = labelled((3, 6, "ORG", "suffix"), (6, 8, "DATE", "relative year"))
    (merged,) = merge([model], [rules])
    assert merged.spans == (Span(0, 6, "PARK"), Span(6, 8, "DATE"))
    assert merged.extra["origin"] == [[0, 6, "PARK", "model"], [6, 8, "DATE", "relative year"]]


def test_no_model(tmp_path):
    with pytest.raises(ParknerError, match="no spaCy pipeline"):
        load_model(tmp_path)
    with pytest.raises(ParknerError, match="no spaCy pipeline"):
        load_model(tmp_path / "none")
    spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}}).to_disk(tmp_path)
    with pytest.raises(ParknerError, match="no entity recogniser, only nothing"):
        load_model(tmp_path)
