"""Hints for tokens of any kind; on characters they equal those of the character tokenizer."""

import shutil
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from annotate.rules.file import RULES
from training.model.tokenizer import CharacterTokenizer

TEXTS = [
    "落户临江高新区的青州贝昱药业有限公司去年营收 3.5亿元,增长１２％。",
    "在杭州醫(yī)藥港(gǎng),約２０家企業  投產\n第二行:2023 年6 月底共 107 家",
    "这里什么也没有。",
    " ",
    "",
]
CHARACTERS = {"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}}


def read_hints(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.tag_, token.dep_) for token in doc]


def test_characters_have_the_hints_of_their_tokenizer() -> None:
    nlp = spacy.blank("zh", config=CHARACTERS)
    nlp.add_pipe("parkner_hints")
    tokenizer = CharacterTokenizer(nlp.vocab)
    tokenizer.initialize(rules=str(RULES))
    assert [read_hints(doc) for doc in nlp.pipe(TEXTS)] == [read_hints(tokenizer(text)) for text in TEXTS]


def test_several_processes() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("parkner_hints")
    alone = [read_hints(nlp(text)) for text in TEXTS]
    assert [read_hints(doc) for doc in nlp.pipe(TEXTS, n_process=2, batch_size=2)] == alone


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        (["在", "临江", "高新区", "见"], ["", "B-PARK", "I-PARK", ""]),
        (["在临江", "高新区见"], ["B-PARK", "I-PARK"]),
    ],
)
def test_a_word_that_a_hint_cuts_is_marked_whole(words: list[str], tags: list[str]) -> None:
    nlp = spacy.blank("zh")
    component = nlp.add_pipe("parkner_hints")
    assert [token.tag_ for token in component(Doc(nlp.vocab, words, [False] * len(words)))] == tags


def test_a_pipeline_keeps_its_rules(tmp_path: Path) -> None:
    own = tmp_path / "own" / "own.toml"
    own.parent.mkdir()
    (own.parent / "park.txt").write_text("青芦湾医药港", "utf-8")
    own.write_text("names = [{name = 'park', label = 'PARK', files = ['park.txt']}]", "utf-8")
    nlp = spacy.blank("zh")
    nlp.add_pipe("parkner_hints", config={"rules": str(own)})
    nlp.to_disk(tmp_path / "model")
    shutil.rmtree(own.parent)
    doc = spacy.load(tmp_path / "model")("在青芦湾医药港有12家")
    assert [token.tag_ for token in doc] == ["", "B-PARK", *["I-PARK"] * 5, "", "", "", ""]
