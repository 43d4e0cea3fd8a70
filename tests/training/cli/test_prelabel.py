"""`parkner prelabel`: labels by rules, by a model, and by both."""

import pytest

from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.settings import CONFIGS
from annotate.spans import Span

SENTENCE = Sentence("石桥药业落户青芦湾医药港。", (), "a", 7, {"published": "2024-05-06"})
DATE = "[[rule]]\nname='date'\nlabel='DATE'\npattern='{}'\nmatch=[]\nskip=[]\n"


@pytest.fixture
def label(parkner, tmp_path):
    """Write sentences, let the command label them, and read what it wrote."""

    def run(*sentences, options=()):
        write_sentences(tmp_path / "in.jsonl", sentences)
        output = tmp_path / "out.jsonl"
        result = parkner("prelabel", tmp_path / "in.jsonl", "-o", output, *options)
        assert result == (0, "", f"{len(sentences)} sentences -> {output}\n")
        return list(read_sentences(output))

    return run


def test_rules_label_and_say_which_did(label):
    (found,) = label(SENTENCE)
    assert found.spans == (Span(0, 4, "ORG"), Span(6, 12, "PARK"))
    origin = [[0, 4, "ORG", "short company name"], [6, 12, "PARK", "park with a name"]]
    assert found == SENTENCE.with_spans(found.spans, origin=origin)


def test_other_rules_take_the_place_of_ours(label, tmp_path):
    (tmp_path / "rules.toml").write_text(DATE.format("落户"), "utf-8")
    (found,) = label(SENTENCE, options=("--rules", tmp_path / "rules.toml"))
    assert found.spans == (Span(4, 6, "DATE"),)


def test_a_model_labels_alone(label, model):
    (found,) = label(SENTENCE, options=("--model", model))
    assert found.extra["origin"] == [[0, 4, "ORG", "model"], [6, 12, "PARK", "model"]]


def test_rules_add_what_overlaps_no_span_of_the_model(label, model, tmp_path):
    (tmp_path / "rules.toml").write_text(DATE.format("业|落户"), "utf-8")
    (found,) = label(SENTENCE, options=("--model", model, "--rules", tmp_path / "rules.toml"))
    assert [origin[3] for origin in found.extra["origin"]] == ["model", "date", "model"]
    assert found.spans == (Span(0, 4, "ORG"), Span(4, 6, "DATE"), Span(6, 12, "PARK"))


def test_lists_of_own_names_may_be_several_and_the_first_wins(label, tmp_path):
    (tmp_path / "one.tsv").write_text("墨舟\tORG\n", "utf-8")
    (tmp_path / "two.tsv").write_text("墨舟\tPARK\n变化\tPARK\n", "utf-8")
    own = ("--gazetteer", tmp_path / "one.tsv", "--gazetteer", tmp_path / "two.tsv")
    (found,) = label(Sentence("墨舟没有变化。"), options=own)
    assert found.extra["origin"] == [[0, 2, "ORG", "own ORG"], [4, 6, "PARK", "own PARK"]]


def test_own_names_add_to_what_a_model_finds(label, model, tmp_path):
    (tmp_path / "own.tsv").write_text("变化\tORG\n", "utf-8")
    both = ("--model", model, "--rules", CONFIGS / "rules.toml", "--gazetteer", tmp_path / "own.tsv")
    (found,) = label(Sentence("他在现场看了变化。"), options=both)
    assert [6, 8, "ORG", "own ORG"] in found.extra["origin"]


def test_own_names_are_for_rules(parkner, model, tmp_path):
    write_sentences(tmp_path / "in.jsonl", [SENTENCE])
    (tmp_path / "own.tsv").write_text("变化\tORG\n", "utf-8")
    own = ("--gazetteer", tmp_path / "own.tsv")
    result = parkner("prelabel", tmp_path / "in.jsonl", "-o", "-", "--model", model, *own)
    assert result.code == 2
    assert "--gazetteer adds names to the rules: with --model, give --rules too" in result.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("pages.jsonl", "pages.jsonl:2: broken JSON"),
        ("outside.jsonl", "outside.jsonl:1: span [0, 9, PARK] ends after"),
        ("label.jsonl", "label.jsonl:1: span [0, 1, CITY] has an unknown label"),
        ("gold.jsonl --model {model}", "gold.jsonl:1: its labels are not those of"),
        ("good.jsonl --rules {0}/good.jsonl", "good.jsonl: not TOML: Invalid"),
        ("good.jsonl --rules {0}/none.toml", "none.toml: no such file"),
        ("good.jsonl --gazetteer {0}/no-label.tsv", "no-label.tsv:2: '墨舟' is no name"),
        ("good.jsonl --gazetteer {0}/city.tsv", "city.tsv:1: 墨舟: unknown label 'CITY'"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path, arguments, message):
    for name, content in {
        "pages.jsonl": '{"text": "园区"}\n{"text": \n',
        "outside.jsonl": '{"text": "园区", "label": [[0, 9, "PARK"]]}',
        "label.jsonl": '{"text": "园区", "label": [[0, 1, "CITY"]]}',
        "good.jsonl": '{"text": "园区"}',
        "gold.jsonl": '{"text": "园区", "label": [[0, 2, "PARK"]]}',
        "no-label.tsv": "# 名\n墨舟\n",
        "city.tsv": "墨舟\tCITY\n",
    }.items():
        (tmp_path / name).write_text(content, "utf-8")
    assert message in refuse(tmp_path, f"prelabel {{0}}/{arguments} -o {{0}}/out".replace("{model}", str(model))).err
