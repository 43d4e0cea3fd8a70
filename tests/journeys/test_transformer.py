"""configs/ner_trf.cfg with an encoder that is made here: no hub, no GPU, and skipped without spacy-transformers."""

import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy
from spacy.util import load_config

from annotate.quality.score import score
from annotate.records import read_sentences, write_sentences
from annotate.settings import CONFIGS
from training.data.convert import convert
from training.model.predict import load_model, predict
from training.model.train import train

CONFIG = CONFIGS / "ner_trf.cfg"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


@pytest.fixture(scope="module")
def articles(gold, tmp_path_factory) -> Path:
    """The gold, with each sentence as a separate article, so that the model learns from text, not from position."""
    folder = tmp_path_factory.mktemp("articles")
    for part in ("train", "dev"):
        sentences = (replace(sentence, article=str(sentence.number)) for sentence in read_sentences(gold / part))
        write_sentences(folder / part / "a.jsonl", sentences)
    return folder


@pytest.fixture(scope="module")
def encoder(articles, tmp_path_factory) -> Path:
    """A BERT of two small layers, in a folder as a hub has it; it knows the characters of the gold and nothing else."""
    pytest.importorskip("spacy_transformers")
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("encoder")
    characters = sorted({character for sentence in read_sentences(articles) for character in sentence.text})
    pieces = [*SPECIAL, *characters, *(f"##{digit}" for digit in range(10))]
    (folder / "vocab.txt").write_text("\n".join(pieces), "utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(0)
    size = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(pieces), **size)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def pipeline(encoder, articles, tmp_path_factory) -> Path:
    """The pipeline that the config gives with this encoder, which is then deleted, and without rules."""
    folder = tmp_path_factory.mktemp("model")
    settings = load_config(CONFIG)
    settings["paths"] |= {"encoder": str(encoder), "rules": None}
    settings["training"] |= {"max_steps": 40, "eval_frequency": 20}
    settings["training"]["optimizer"]["learn_rate"] |= {"warmup_steps": 5, "initial_rate": 0.01}
    settings.to_disk(folder / "ner.cfg")
    convert(articles, folder)
    best = train(folder / "ner.cfg", folder, data=folder)
    shutil.rmtree(encoder)
    return best


def test_it_reads_what_it_has_learned_without_its_encoder(pipeline, articles):
    sentences = list(read_sentences(articles / "dev"))
    assert score(sentences, predict(sentences, load_model(pipeline)))["micro"].f1 > 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("石桥　药业 2023年", ["石", "桥", "", "药", "业", "", "2 ##0 ##2 ##3", "年"]),
        ("𠮷桥ＧＤＰ增３%去年", ["[UNK]", "桥", "[UNK]", "增", "[UNK]", "[UNK]", "去", "年"]),
        ("5G园[UNK]", ["[UNK]", "[UNK]", "园", "[UNK]", "[UNK]", "[UNK]"]),
        ("石桥" * 130, ["石", "桥"] * 96 + ["石 石", "桥 桥"] * 32 + ["石", "桥"] * 2),
        ("20242024," * 150, ["2 ##0 ##2 ##4 ##2 ##0 ##2 ##4", ","] * 56 + ["2 ##0 ##2 ##4 ##2 ##0 ##2"]),
        (" \n", ["", ""]),
    ],
    ids=["blanks", "unknown", "one subword, several tokens", "overlapping pieces", "an overfull piece", "only blanks"],
)
def test_subwords_of_each_token(pipeline, text, expected):
    doc = spacy.load(pipeline)(text)
    assert doc.text == text
    subwords = [piece for pieces in doc._.trf_data.wordpieces.strings for piece in pieces]
    found = [" ".join(subwords[place] for place in places.data.ravel()) for places in doc._.trf_data.align]
    assert found[: len(expected)] == expected


def test_empty_texts_among_others(pipeline):
    texts = ["", "石桥药业", "", "去年"]
    assert [doc.text for doc in spacy.load(pipeline).pipe(texts)] == texts


@pytest.mark.skipif(find_spec("spacy_transformers") is not None, reason="spacy-transformers is installed")
def test_a_package_that_is_missing_is_named(parkner, articles, tmp_path):
    convert(articles, tmp_path)
    result = parkner("train", CONFIG, "-o", tmp_path / "model", "--data", tmp_path)
    message = "its transformer needs spacy-transformers: pip install spacy-transformers"
    assert (result.code, result.out, result.err) == (1, "", f"Error: {CONFIG}: {message}\n")
    assert not (tmp_path / "model").exists()
