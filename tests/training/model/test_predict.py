import shutil

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span as Entity

from annotate.errors import ParknerError
from annotate.record_checks import find_problems
from annotate.records import read_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from training.model.predict import load_model, merge, predict


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
    with pytest.raises(ParknerError, match="no pipeline here: `parkner train` makes one"):
        load_model(tmp_path)
    with pytest.raises(ParknerError, match="none: no such file or folder"):
        load_model(tmp_path / "none")
    best, settings = tmp_path / "model-best", {"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}}
    spacy.blank("zh", config=settings).to_disk(best)
    shutil.copytree(best, tmp_path / ".training.x7k2" / "model-best")
    with pytest.raises(ParknerError, match=f"{tmp_path}: no pipeline here: did you mean {best}"):
        load_model(tmp_path)
    with pytest.raises(ParknerError, match="no entity recogniser, only nothing"):
        load_model(best)
    (best / "vocab" / "strings.json").write_text("{")
    with pytest.raises(ParknerError, match="spaCy cannot load this pipeline"):
        load_model(best)


CHARACTERS = {"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}}


@Language.component("test_sets_entities")
def set_entities(doc):
    """Somebody else's recogniser: tokens between two bars are an ORG, and the token after a # is a GPE."""
    bars = [token.i for token in doc if token.text == "|"]
    marks = [Entity(doc, token.i + 1, token.i + 2, label="GPE") for token in doc if token.text == "#"]
    pairs = zip(bars[::2], bars[1::2], strict=True)
    doc.ents = [*(Entity(doc, start + 1, end, label="ORG") for start, end in pairs), *marks]
    return doc


def find_foreign(*texts):
    nlp = spacy.blank("zh", config=CHARACTERS)
    nlp.add_pipe("test_sets_entities", name="ner")
    sentences = [Sentence(text, (), "a", number) for number, text in enumerate(texts, start=1)]
    found = list(predict(sentences, nlp))
    assert [problem for sentence in found for problem in find_problems(sentence)] == []
    return [[sentence.text[span.start : span.end] for span in sentence.spans] for sentence in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["在|石桥药业|。", "好"], [["石桥药业"], []]),
        (["在|石桥", "药业|。"], [["石桥"], []]),
        (["在|石桥 ", "药业", "好|。"], [["石桥"], [], []]),
        (["在|", "药业|。"], [[], ["药业"]]),
        (["在| 石桥　|。"], [["石桥"]]),
        (["在| ", " |。"], [[], []]),
        (["在#京|石桥|。"], [["石桥"]]),
    ],
)
def test_spans_of_any_model_are_sound(texts, expected):
    assert find_foreign(*texts) == expected


@pytest.mark.slow
def test_a_book_is_read_in_pieces(model, gold):
    """Twice what spaCy reads at once, with a name in its last line."""
    line = next(iter(read_sentences(gold / "train"))).text
    book = [Sentence("好" * 99_000, (), "book", number) for number in range(1, 21)]
    found = list(predict([*book, Sentence(line, (), "book", 21)], load_model(model)))
    assert len(found) == 21
    assert found[-1].spans == next(predict([Sentence(line, (), "page", 1)], load_model(model))).spans


def test_a_line_that_is_too_long_is_named(model):
    sentence = Sentence("好" * 1_000_001, (), "book", 7)
    with pytest.raises(ParknerError, match="article book, number 7: 1000001 characters"):
        list(predict([sentence], load_model(model)))


def test_a_model_of_other_labels(tmp_path):
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "北京"}])
    nlp.to_disk(tmp_path)
    with pytest.raises(ParknerError, match=r"none of its labels is in configs/labels\.toml: GPE"):
        load_model(tmp_path)
