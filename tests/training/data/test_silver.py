"""Raw text to training data, by the tiny model and by rules that know one name more and one name less than it."""

import pytest
import spacy
from spacy.tokens import DocBin

from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span
from training.data.convert import UNSURE, to_sentence

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


def make(parkner, raw, model, *options):
    output = raw.parent / "silver.jsonl"
    result = parkner("silver", raw, "--model", model, "-o", output, "--rules", raw.parent / "rules.toml", *options)
    assert result.code == 0
    return list(read_sentences(output))


def test_what_both_see_is_labelled_and_the_rest_left_open(parkner, raw, model):
    found = make(parkner, raw, model, "--share-empty", 1)
    assert len(found) == 8
    assert {sentence.article for sentence in found} == {"a/news-1", "b/news-1"}
    by_text = {sentence.text: sentence for sentence in found}
    dated = by_text["2023年,石桥药业投资3.5亿元。"]
    assert dated.spans == (Span(0, 5, "DATE"),)
    assert dated.extra["origin"] == [[0, 5, "DATE", "date"]]
    assert dated.extra["unsure"] == [[6, 10], [12, 17]]
    assert by_text["他在现场看了很久。"].extra["unsure"] == []
    assert [0, 2] in by_text["李四在现场看了很久。"].extra["unsure"]


def test_how_many_and_how_many_empty(parkner, raw, model):
    assert len(make(parkner, raw, model, "--share-empty", 1, "--sentences", 3)) == 3
    assert [len(sentence.spans) for sentence in make(parkner, raw, model, "--share-empty", 0)] == [1, 1]


def test_the_seed_draws(parkner, raw, model):
    drawn = [make(parkner, raw, model, "--share-empty", 1, "--seed", seed) for seed in (0, 0, 1, 2, 3)]
    assert drawn[0] == drawn[1]
    assert {sentences[0].article for sentences in drawn} == {"a/news-1", "b/news-1"}


def test_convert_adds_it_to_train_only(parkner, gold, raw, model, tmp_path):
    found = make(parkner, raw, model, "--share-empty", 1)
    assert parkner("check", tmp_path / "silver.jsonl").code == 0
    assert parkner("convert", gold, "-o", tmp_path / "with", "--silver", tmp_path / "silver.jsonl").code == 0
    assert parkner("convert", gold, "-o", tmp_path / "without").code == 0
    assert (tmp_path / "with/dev.spacy").read_bytes() == (tmp_path / "without/dev.spacy").read_bytes()
    vocab = spacy.blank("xx").vocab
    added = [to_sentence(doc) for doc in DocBin().from_disk(tmp_path / "with/train.spacy").get_docs(vocab)][1:]
    lines = ["\n".join(sentence.text for sentence in found[start : start + 4]) for start in (0, 4)]
    assert [article.text for article in added] == lines
    surfaces = {(article.text[span.start : span.end], span.label) for article in added for span in article.spans}
    assert {("2023年", "DATE"), ("石桥药业", UNSURE), ("李四", UNSURE)} <= surfaces


def test_a_pipeline_learns_from_it(parkner, gold, config, raw, model, tmp_path):
    make(parkner, raw, model)
    parkner("convert", gold, "-o", tmp_path, "--silver", tmp_path / "silver.jsonl")
    assert parkner("train", config, "-o", tmp_path / "model", "--data", tmp_path).code == 0


@pytest.mark.parametrize("unsure", [[[0, 9]], [[-1, 2]], [[1, 1]], [[1, 3]], [[0]], 7, [["a", "b"]], [7], None])
def test_unsound_places_are_refused(refuse, gold, tmp_path, unsure):
    sentence = Sentence("青谷见了", (Span(0, 2, "PARK"),), "a", 3, {"unsure": unsure})
    write_sentences(tmp_path / "silver.jsonl", [sentence])
    error = refuse(tmp_path, f"convert {gold} -o {{0}}/out --silver {{0}}/silver.jsonl").err
    assert 'silver.jsonl: article a, number 3: "unsure" is not a list of [start, end]' in error


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("{0}/none.txt", "none.txt: no such file or folder"),
        ("{0}/menu.txt", "menu.txt: no sentence to label"),
        ("{0}/good.txt --rules {0}/none.toml", "none.toml: no such file"),
        ("{0}/good.txt --model {0}/good.txt", "good.txt: a file, not a pipeline: give a folder"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path, arguments, message):
    (tmp_path / "good.txt").write_text(PAGE, "utf-8")
    (tmp_path / "menu.txt").write_text("当前位置:首页 > 要闻\n", "utf-8")
    given = "" if "--model" in arguments else f" --model {model}"
    assert message in refuse(tmp_path, f"silver {arguments}{given} -o {{0}}/out.jsonl").err
