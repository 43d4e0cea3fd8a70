import pytest
import spacy
from spacy.tokens import DocBin

from annotate.errors import ParknerError
from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence, join_sentences
from annotate.spans import Span
from training.data.convert import convert


def docs_of(path):
    return list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))


def test_every_span_arrives(gold, tmp_path):
    assert convert(gold, tmp_path) == {tmp_path / "train.spacy": [], tmp_path / "dev.spacy": []}
    (doc,), article = docs_of(tmp_path / "train.spacy"), join_sentences(list(read_sentences(gold / "train")))
    assert doc.text == article.text
    assert tuple(Span(e.start_char, e.end_char, e.label_) for e in doc.ents) == article.spans


def test_what_cuts_a_token_is_listed_and_kept(gold, tmp_path):
    for partition in ("train", "dev"):
        write_sentences(tmp_path / partition / "a.jsonl", [Sentence("ABC园2023", (Span(1, 4, "PARK"),), "a", 7)])
    written = convert(tmp_path, tmp_path)
    assert written[tmp_path / "train.spacy"] == [
        f"{tmp_path}/train/a.jsonl: article a, number 7: span [1, 4, PARK] 'BC园' cuts a token"
    ]
    assert [entity.text for entity in docs_of(tmp_path / "train.spacy")[0].ents] == ["BC园"]


def test_bad_gold_leaves_nothing(tmp_path):
    for partition in ("train", "dev"):
        write_sentences(tmp_path / partition / "a.jsonl", [Sentence("园区", (Span(0, 9, "PARK"),))])
    with pytest.raises(ParknerError, match=r"train/a\.jsonl:1: span \[0, 9, PARK\] ends after"):
        convert(tmp_path, tmp_path / "out")
    assert not list(tmp_path.glob("out/*"))
    with pytest.raises(ParknerError, match="no folder 'train'"):
        convert(tmp_path / "train", tmp_path / "out")
