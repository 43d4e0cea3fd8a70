"""The rules as a component: what `match_rules` finds, other tokenizers, several processes, stored pipelines."""

import pickle
import shutil
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from annotate.errors import ParknerError
from annotate.rules.file import load_rules
from annotate.rules.find import match_rules
from annotate.spans import Span

TEXTS = [
    "落户临江高新区的青州贝昱药业有限公司去年营收 3.5亿元,增长１２％。",
    "在杭州醫(yī)藥港(gǎng),約２０家企業  投产\n第二行:2023 年6 月底共 107 家",
    "GDP增3.5%,IBM与SAPPHIRE落户",
    "这里什么也没有。",
    " ",
    "",
]
CHARACTERS = {"nlp": {"tokenizer": {"@tokenizers": "parkner.CharacterTokenizer.v1"}}}


def find_in(doc: Doc, key: str = "rules") -> list[tuple[Span, str]]:
    return [(Span(span.start_char, span.end_char, span.label_), span.id_) for span in doc.spans[key]]


def read_words(words: list[str], **settings: object) -> list[str]:
    """The spans in a Doc of these words, without blanks between them."""
    nlp = spacy.blank("zh")
    component = nlp.add_pipe("parkner_rules", config=settings)
    doc = component(Doc(nlp.vocab, words, [False] * len(words)))
    return [span.text for span in doc.spans["rules"]]


@pytest.mark.parametrize("config", [{}, CHARACTERS], ids=["spaCy's characters", "our characters"])
def test_it_finds_what_find_spans_finds(config: dict[str, object]) -> None:
    nlp, rules = spacy.blank("zh", config=config), load_rules()
    nlp.add_pipe("parkner_rules")
    assert [find_in(doc) for doc in nlp.pipe(TEXTS)] == [match_rules(text, rules) for text in TEXTS]


def test_several_processes() -> None:
    nlp, rules = spacy.blank("zh"), load_rules()
    nlp.add_pipe("parkner_rules")
    docs = list(nlp.pipe(TEXTS, n_process=2, batch_size=2))
    assert [find_in(doc) for doc in docs] == [match_rules(text, rules) for text in TEXTS]


def test_it_can_be_sent_to_a_process_that_is_not_forked() -> None:
    component = pickle.loads(pickle.dumps(spacy.blank("zh").add_pipe("parkner_rules")))
    doc = component(spacy.blank("zh")(TEXTS[0]))
    assert find_in(doc) == match_rules(TEXTS[0], load_rules())


@pytest.mark.parametrize(
    ("mode", "expected"), [("expand", ["落户临江高新区"]), ("contract", ["高新区"]), ("strict", [])]
)
def test_a_span_that_begins_within_a_token(mode: str, expected: list[str]) -> None:
    assert read_words(["落户临江", "高新区", "见"], alignment_mode=mode) == expected


def test_spans_that_share_a_token() -> None:
    assert read_words(["临江高新区12家", "见"]) == ["临江高新区12家"] * 2
    assert read_words(["临江高新区12家", "见"], alignment_mode="contract") == []


def test_entities_are_set_where_none_are() -> None:
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "高新区"}])
    nlp.add_pipe("parkner_rules", config={"set_ents": True, "spans_key": "found"})
    doc = nlp("临江高新区有12家")
    assert [(entity.text, entity.label_, entity.ent_id_) for entity in doc.ents] == [
        ("高新区", "ORG", ""),
        ("12家", "METRIC", "quantity"),
    ]
    assert [span.text for span in doc.spans["found"]] == ["临江高新区", "12家"]


def test_entities_are_left_alone() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("parkner_rules")
    assert nlp("临江高新区有12家").ents == ()


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "lists").mkdir(parents=True)
    (folder / "lists" / "park.txt").write_text("青芦湾医药港", "utf-8")
    (folder / "own.toml").write_text("names = [{name = 'park', label = 'PARK', files = ['lists/park.txt']}]", "utf-8")
    return folder / "own.toml"


def add_own(rules: Path) -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("parkner_rules", config={"rules": str(rules)})
    return nlp


def test_a_pipeline_keeps_its_rules(own_rules: Path, tmp_path: Path) -> None:
    nlp = add_own(own_rules)
    nlp.to_disk(tmp_path / "model")
    content = nlp.to_bytes()
    shutil.rmtree(own_rules.parent)
    blank = add_own(own_rules)
    for again in (spacy.load(tmp_path / "model"), blank.from_bytes(content)):
        assert find_in(again("在青芦湾医药港有12家")) == [(Span(1, 7, "PARK"), "park")]


def test_missing_rules_are_named_when_they_are_needed(tmp_path: Path) -> None:
    with pytest.raises(ParknerError, match=r"none\.toml: No such file"):
        add_own(tmp_path / "none.toml")("光谷")
