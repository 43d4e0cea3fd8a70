"""Articles in, lines out, as spaCy's own reader asks for them."""

import random

import pytest
import spacy
from spacy.tokens import DocBin
from spacy.training import Corpus, Example

from annotate.pages.markup import from_markup
from annotate.rules.file import RULES
from annotate.sentence import Sentence
from annotate.spans import Span
from training.data.augment import create_augmenter, hide_names
from training.data.convert import UNSURE, to_doc, to_sentence
from training.data.rewrite import group_names

LINES = [
    "[青芦湾医药港](PARK)（二期）[去年](DATE)引进 [12 家](METRIC) 企业。",
    "[石桥研究院](ORG)落户[医药港](PARK)，[石桥研究院](ORG)负责人没有透露细节。",
]


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})
    nlp.tokenizer.initialize(rules=str(RULES))
    return nlp


@pytest.fixture(scope="module")
def article():
    """Two lines with an empty line between them; the last five characters are unsure."""
    text, spans = from_markup("\n\n".join(LINES))
    return Sentence(text, (*spans, Span(len(text) - 5, len(text), UNSURE)))


def augment(nlp, article, **settings):
    return list(create_augmenter(**settings)(nlp, Example(nlp.make_doc(article.text), to_doc(article, nlp.vocab))))


def surfaces(examples):
    found = [(example.text, span) for example in examples for span in to_sentence(example.reference).spans]
    return [(text[span.start : span.end], span.label) for text, span in found]


def read(doc):
    return [(token.text, token.tag_, token.dep_, token.norm_, token.lemma_) for token in doc]


def test_an_unchanged_article_is_read_as_the_pipeline_reads_it(nlp, article):
    examples = augment(nlp, article)
    assert [example.text for example in examples] == article.text.split("\n\n")
    whole = [token for token in read(nlp.make_doc(article.text)) if token[0] != "\n"]
    assert [token for example in examples for token in read(example.predicted)] == whole
    assert "B-PARK" in [tag for _, tag, *_ in read(examples[1].predicted)]  # a short name
    assert surfaces(examples) == [(article.text[start:end], label) for start, end, label in article.spans]
    assert [token.ent_iob for token in examples[1].reference[-6:]] == [2, 0, 0, 0, 0, 0]


def test_hidden_names_give_no_hints(tmp_path):
    (tmp_path / "rules.toml").write_text("names = [{name = 'park', label = 'PARK', files = ['park.txt']}]", "utf-8")
    (tmp_path / "park.txt").write_text("青芦湾", "utf-8")
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}})
    nlp.tokenizer.initialize(rules=str(tmp_path / "rules.toml"))
    for hidden, tag in ((0.0, "B-PARK"), (1.0, "")):
        (example,) = augment(nlp, Sentence("青芦湾见", (Span(0, 3, "PARK"),)), hidden=hidden)
        assert example.predicted[0].tag_ == tag
        assert surfaces([example]) == [("青芦湾", "PARK")]


def test_the_same_choices_hide_the_same_names(nlp):
    rules = nlp.tokenizer.stored.rules
    some = hide_names(rules, 0.5, seed=3).names.names
    assert 0.4 < len(some) / len(rules.names.names) < 0.6
    assert some == hide_names(rules, 0.5, seed=3).names.names != hide_names(rules, 0.5, seed=4).names.names


def test_swapped_names_are_of_the_lists(nlp, article):
    random.seed(0)
    examples = augment(nlp, article, swapped=1.0)
    before, after = surfaces(augment(nlp, article)), surfaces(examples)
    pools = group_names(nlp.tokenizer.stored.rules)
    for (old, label), (new, same) in zip(before, after, strict=True):
        assert same == label
        assert (new != old) == (label in ("PARK", "ORG"))
        assert new == old or new in [name for (kind, _), names in pools.items() for name in names if kind == label]
    assert before[3] == before[5] == ("石桥研究院", "ORG")
    assert after[3] == after[5]


@pytest.mark.parametrize(
    ("setting", "written"),
    [
        ("traditional", "青蘆灣醫藥港（二期）去年引進 12 家 企業。"),
        ("half_width", "青芦湾医药港(二期)去年引进 12 家 企业。"),
        ("blanks", "青芦湾医药港（二期）去年引进12家企业。"),
    ],
)
def test_articles_written_otherwise(nlp, article, setting, written):
    examples = augment(nlp, article, **{setting: 1.0})
    assert examples[0].text == written
    assert [label for _, label in surfaces(examples)] == [span.label for span in article.spans]
    assert [token.text for token in examples[0].reference] == [token.text for token in examples[0].predicted]
    assert {"B-PARK", "B-METRIC"} <= {token.tag_ for token in examples[0].predicted}


def test_spun_articles(nlp, article):
    random.seed(1)
    examples = augment(nlp, article, spun=1.0)
    (first, _), *_ = [found for found in surfaces(examples) if found[1] == "ORG"]
    assert first in ("石桥磋磨院", "石桥商讨院", "石桥筹商院")
    assert "莫得" in examples[1].text


def test_the_same_seed_gives_the_same_articles(nlp, article):
    shares = dict.fromkeys(("hidden", "swapped", "traditional", "half_width", "blanks", "spun"), 0.5)
    drawn = []
    for seed in (0, 0, *range(1, 9)):
        random.seed(seed)
        drawn.append([(read(one.predicted), to_sentence(one.reference)) for one in augment(nlp, article, **shares)])
    assert drawn[0] == drawn[1]
    assert any(other != drawn[0] for other in drawn)


@pytest.mark.parametrize("tokenizer", ["parkner.CharacterTokenizer.v1", "spacy.zh.ChineseTokenizer"])
def test_without_rules(article, tokenizer):
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": tokenizer}}})
    examples = augment(nlp, article, hidden=1.0, swapped=1.0, blanks=1.0)
    assert examples[0].text == "青芦湾医药港（二期）去年引进12家企业。"
    assert not any(token.tag_ for example in examples for token in example.predicted)


def test_spacy_reads_lines(nlp, article, tmp_path):
    DocBin(docs=[to_doc(article, nlp.vocab)]).to_disk(tmp_path / "train.spacy")
    corpus = Corpus(tmp_path / "train.spacy", augmenter=create_augmenter())
    assert [example.text for example in corpus(nlp)] == article.text.split("\n\n")
