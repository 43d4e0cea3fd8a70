"""`parkner rank`: the same sentences in another order."""

import io
import json

import spacy

from annotate.records import read_sentences, write_sentences
from annotate.sentence import Sentence
from annotate.spans import Span

KNOWN = Sentence("石桥药业落户青芦湾医药港。", (Span(0, 4, "ORG"),), "a", 1, {"published": "2024-05-06"})
STRANGE = Sentence("墨舟与听泉斋合办的云台创谷昨夜揭牌。", (), "a", 2)
RULES = "[[rule]]\nname = 'date'\nlabel = 'DATE'\npattern = '{}'\nmatch = []\nskip = []\n"


def test_what_the_model_does_not_know_comes_first_and_no_span_is_touched(parkner, model, tmp_path):
    write_sentences(tmp_path / "in.jsonl", [KNOWN, STRANGE])
    output = tmp_path / "out.jsonl"
    done = parkner("rank", tmp_path / "in.jsonl", "--model", model, "-o", output)
    assert done == (0, "", f"2 sentences -> {output}\n")
    found = list(read_sentences(output))
    doubt = [sentence.extra["uncertainty"] for sentence in found]
    assert doubt == sorted(doubt, reverse=True)
    assert found == [s.with_keys(uncertainty=value) for s, value in zip([STRANGE, KNOWN], doubt, strict=True)]


def test_records_may_come_without_labels_on_standard_input(parkner, model, monkeypatch):
    rows = "".join(json.dumps({"text": sentence.text}) + "\n" for sentence in (KNOWN, STRANGE))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows.encode())))
    done = parkner("rank", "-", "--model", model, "-o", "-")
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == [STRANGE.text, KNOWN.text]


def test_rules_are_asked_where_a_model_cannot_say_how_sure_it_is(parkner, tmp_path):
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PARK", "pattern": "光谷"}])
    nlp.to_disk(tmp_path / "silent")
    write_sentences(tmp_path / "in.jsonl", [KNOWN, STRANGE])
    for pattern, first in (("石桥", KNOWN), ("昨夜", STRANGE)):
        (tmp_path / "rules.toml").write_text(RULES.format(pattern), "utf-8")
        options = ("--model", tmp_path / "silent", "--rules", tmp_path / "rules.toml")
        out = parkner("rank", tmp_path / "in.jsonl", "-o", "-", *options).out
        assert [json.loads(line)["uncertainty"] for line in out.splitlines()] == [1, 0]
        assert json.loads(out.splitlines()[0])["text"] == first.text


def test_bad_input_is_one_line_and_leaves_nothing(refuse, model, tmp_path):
    lines = ['{"text": "青谷见"}', '{"text": "青谷见", "label": [[0, 9, "PARK"]]}']
    (tmp_path / "bad.jsonl").write_text("\n".join(lines), "utf-8")
    error = refuse(tmp_path, f"rank {{0}}/bad.jsonl --model {model} -o {{0}}/out.jsonl").err
    assert "bad.jsonl:2: span [0, 9, PARK] ends after" in error
