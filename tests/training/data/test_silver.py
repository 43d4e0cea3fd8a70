"""Raw text to training data, by the tiny model and by rules that know one name more and one name less than it."""

import pytest
import spacy
from spacy.tokens import DocBin

from annotate.quality.check import check_records
from annotate.records import write_sentences
from annotate.rules.file import load_rules
from annotate.spans import Span
from training.data.convert import UNSURE, convert, to_sentence
from training.data.silver import draw_sentences, label
from training.model.predict import load_model
from training.model.train import train

RULES = """
[[rule]]
name = "date"
label = "DATE"
pattern = "2023年"
match = []
skip = []

[[rule]]
name = "person"
label = "ORG"
pattern = "李四"
match = []
skip = []
"""
PAGE = "石桥药业落户青芦湾医药港。\n2023年,石桥药业投资3.5亿元。\n他在现场看了很久。\n李四在现场看了很久。\n"


@pytest.fixture
def raw(tmp_path):
    for name in ("a", "b"):
        (tmp_path / "raw" / name).mkdir(parents=True)
        (tmp_path / "raw" / name / "news.txt").write_text(PAGE, "utf-8")
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    return tmp_path / "raw"


@pytest.fixture
def found(raw, model):
    """All sentences of the raw text, labelled."""
    rules = load_rules(raw.parent / "rules.toml")
    return list(label(draw_sentences([raw], seed=0), load_model(model), rules))


def test_what_both_see_is_labelled_and_the_rest_left_open(found):
    assert len(found) == 8
    assert {sentence.article for sentence in found} == {"a/news-1", "b/news-1"}
    by_text = {sentence.text: sentence for sentence in found}
    dated = by_text["2023年,石桥药业投资3.5亿元。"]
    assert dated.spans == (Span(0, 5, "DATE"),)
    assert dated.extra["origin"] == [[0, 5, "DATE", "date"]]
    assert dated.extra["unsure"] == [[6, 10], [12, 17]]
    assert by_text["他在现场看了很久。"].extra["unsure"] == []
    assert [0, 2] in by_text["李四在现场看了很久。"].extra["unsure"]


def test_convert_adds_it_to_train_only(gold, found, tmp_path):
    write_sentences(tmp_path / "silver.jsonl", found)
    assert check_records([tmp_path / "silver.jsonl"]).problems == []
    convert(gold, tmp_path / "with", silver=[tmp_path / "silver.jsonl"])
    convert(gold, tmp_path / "without")
    assert (tmp_path / "with/dev.spacy").read_bytes() == (tmp_path / "without/dev.spacy").read_bytes()
    vocab = spacy.blank("xx").vocab
    added = [to_sentence(doc) for doc in DocBin().from_disk(tmp_path / "with/train.spacy").get_docs(vocab)][1:]
    lines = ["\n".join(sentence.text for sentence in found[start : start + 4]) for start in (0, 4)]
    assert [article.text for article in added] == lines
    surfaces = {(article.text[span.start : span.end], span.label) for article in added for span in article.spans}
    assert {("2023年", "DATE"), ("石桥药业", UNSURE), ("李四", UNSURE)} <= surfaces


def test_a_pipeline_learns_from_it(gold, short, found, tmp_path):
    write_sentences(tmp_path / "silver.jsonl", found)
    convert(gold, tmp_path, silver=[tmp_path / "silver.jsonl"])
    assert load_model(train(short, tmp_path / "model", data=tmp_path)).pipe_names == ["ner"]
