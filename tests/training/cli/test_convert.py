"""`parkner convert`: which files it writes, and what it says of them."""

import pytest
import spacy
from spacy.tokens import DocBin

from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span


def read_texts(path):
    return [doc.text for doc in DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab)]


@pytest.fixture
def small(tmp_path):
    """Gold of an article in each partition; the one to train on has an entity that cuts a token."""
    for partition in ("train", "dev", "test"):
        write_sentences(tmp_path / "gold" / partition / "a.jsonl", [Sentence(f"{partition}园。", (), partition, 1)])
    cut = Sentence("ABC园2023", (Span(1, 4, "PARK"),), "b", 7)
    write_sentences(tmp_path / "gold" / "train" / "b.jsonl", [cut])
    return tmp_path / "gold"


def test_each_partition_becomes_a_file_and_what_does_not_align_is_told(parkner, small, tmp_path):
    output = tmp_path / "new" / "data"
    code, out, err = parkner("convert", small, "-o", output)
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        f"Warning: {small}/train/b.jsonl: article b, number 7: span [1, 4, PARK] 'BC园' cuts a token",
        *(
            f"{output}/{partition}.spacy: {count} entities do not align"
            for partition, count in (("train", 1), ("dev", 0), ("test", 0))
        ),
    ]
    assert {path.stem: read_texts(path) for path in output.iterdir()} == {
        "train": ["train园。", "ABC园2023"],
        "dev": ["dev园。"],
        "test": ["test园。"],
    }


def test_silver_may_be_given_again_and_is_only_trained_on(parkner, small, tmp_path):
    silver = []
    for name in ("one", "two"):
        write_sentences(tmp_path / f"{name}.jsonl", [Sentence(f"{name}园。", (), name, 1)])
        silver += ["--silver", tmp_path / f"{name}.jsonl"]
    assert parkner("convert", small, "-o", tmp_path, *silver).code == 0
    assert read_texts(tmp_path / "train.spacy") == ["train园。", "ABC园2023", "one园。", "two园。"]
    assert read_texts(tmp_path / "dev.spacy") == ["dev园。"]


@pytest.mark.parametrize("unsure", [[[0, 9]], [[-1, 2]], [[1, 1]], [[1, 3]], [[0]], 7, [["a", "b"]], [7], None])
def test_unsound_places_of_silver_are_refused(refuse, small, tmp_path, unsure):
    sentence = Sentence("青谷见了", (Span(0, 2, "PARK"),), "a", 3, {"unsure": unsure})
    write_sentences(tmp_path / "silver.jsonl", [sentence])
    error = refuse(tmp_path, f"convert {small} -o {{0}}/out --silver {{0}}/silver.jsonl").err
    assert 'silver.jsonl: article a, number 3: "unsure" is not a list of [start, end]' in error


@pytest.mark.parametrize("partition", ["train", "dev"])
def test_bad_gold_is_one_line_and_leaves_nothing(refuse, small, tmp_path, partition):
    write_sentences(small / partition / "b.jsonl", [Sentence("园区", (Span(0, 9, "PARK"),))])
    error = refuse(tmp_path, f"convert {small} -o {{0}}/out").err
    assert error.startswith(f"Error: {small}/{partition}/b.jsonl:1: span [0, 9, PARK] ends after")
