"""A small gold corpus and a model that is really trained on it."""

from pathlib import Path

import pytest
from spacy.util import load_config

from annotate.corpus import Sentence, write_sentences
from annotate.markup import from_markup
from annotate.settings import CONFIGS
from training.convert import convert
from training.train import train

MARKED = [
    "[青芦湾医药港](PARK)[去年](DATE)引进[12家](METRIC)企业。",
    "[石桥药业](ORG)落户[青芦湾医药港](PARK)。",
    "[2023年](DATE),[石桥药业](ORG)投资[3.5亿元](METRIC)。",
    "[白鹭洲科技园](PARK)由[白鹭洲管委会](ORG)运营。",
    "[今年](DATE),[白鹭洲科技园](PARK)新增[40家](METRIC)企业。",
    "园区负责人没有透露细节。",
    "[白鹭洲管委会](ORG)说,[2024年](DATE)再建[8万平方米](METRIC)。",
    "他在现场看了很久。",
]


@pytest.fixture(scope="session")
def gold(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "gold"
    for partition in ("train", "dev"):
        sentences = []
        for number, line in enumerate(MARKED, start=1):
            text, spans = from_markup(line)
            sentences.append(Sentence(text, tuple(spans), partition, number))
        write_sentences(folder / partition / f"{partition}.jsonl", sentences)
    return folder


@pytest.fixture(scope="session")
def config(tmp_path_factory) -> Path:
    """The default config, made small enough to learn eight sentences by heart in seconds."""
    path = tmp_path_factory.mktemp("config") / "ner.cfg"
    settings = load_config(CONFIGS / "ner.cfg")
    settings["components"]["ner"]["model"]["tok2vec"]["encode"] |= {"width": 32, "depth": 2}
    settings["training"] |= {"max_steps": 60, "eval_frequency": 20, "dropout": 0.1}
    settings["training"]["optimizer"]["learn_rate"] = 0.01
    settings.to_disk(path)
    return path


@pytest.fixture(scope="session")
def model(gold, config) -> Path:
    convert(gold, gold.parent)
    return train(config, gold.parent / "model", data=gold.parent)
