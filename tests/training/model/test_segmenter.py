"""A segmenter that pkuseg really trains, on a dozen sentences, and a pipeline that reads with its words."""

from itertools import accumulate
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.util import load_config

from annotate.errors import ParknerError
from annotate.records import read_sentences
from annotate.settings import CONFIGS
from training.data.convert import convert
from training.model.segmenter import FEATURES, WEIGHTS, cut_by_jieba, load_segmenter, measure_fit, train_segmenter
from training.model.train import train

DIRTY = [
    "",
    " ",
    "\n\n",
    "在光谷\n在临港",
    "　青芦湾 医药港\t",
    "\x85\x1f园\u2028区",
    "😀🇨🇳e\u0301",
    "ABC-12,3.5%/*",
    "𠮷野家",
    "\x00",
]
CHARACTERS = st.text(st.sampled_from("青芦湾医药港去年12家企业,. \n\t\u3000\xa0😀𠮷Aa-/*"), max_size=30)


@pytest.fixture(scope="session")
def segmenter(enough: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "segmenter"
    train_segmenter(enough / "train", folder)
    return folder


def test_it_keeps_to_the_borders_of_entities(segmenter: Path, enough: Path) -> None:
    fit = measure_fit(load_segmenter(segmenter), read_sentences(enough / "train"))
    assert (fit.entities, fit.unaligned) == (32, 0)
    assert fit.speed > 0


@pytest.mark.parametrize("text", DIRTY)
def test_no_character_is_lost(segmenter: Path, text: str) -> None:
    assert "".join(load_segmenter(segmenter)(text)) == text


@given(text=st.text() | CHARACTERS)
def test_no_character_is_ever_lost(segmenter: Path, text: str) -> None:
    words = load_segmenter(segmenter)(text)
    assert "".join(words) == text
    assert all(words)


@given(text=st.text() | CHARACTERS)
def test_the_words_to_start_from_lose_none_either(text: str) -> None:
    assert "".join(cut_by_jieba(text)) == text


def test_it_is_silent_and_the_same_again(segmenter: Path, enough: Path, tmp_path, monkeypatch, capfd) -> None:
    monkeypatch.chdir(tmp_path)
    Path("again").mkdir()
    Path("again", "notes.txt").touch()
    for _ in range(2):  # into a folder that has other files, and over an older segmenter
        train_segmenter(enough / "train", Path("again"))
    assert capfd.readouterr() == ("", "")
    assert sorted(path.name for path in Path("again").iterdir()) == [FEATURES, "notes.txt", WEIGHTS]
    for name in (FEATURES, WEIGHTS):
        assert Path("again", name).read_bytes() == (segmenter / name).read_bytes()


def test_a_folder_that_is_a_file(enough: Path, tmp_path) -> None:
    (tmp_path / "s").touch()
    with pytest.raises(ParknerError, match=r"s/features\.msgpack: "):
        train_segmenter(enough / "train", tmp_path / "s")


def test_folders_that_hold_no_segmenter(segmenter: Path, tmp_path) -> None:
    with pytest.raises(ParknerError, match=r"features\.msgpack: no such file; `parkner segmenter` makes it"):
        load_segmenter(tmp_path)
    for broken in (FEATURES, WEIGHTS):
        for name in (FEATURES, WEIGHTS):
            content = (segmenter / name).read_bytes()
            (tmp_path / name).write_bytes(content[:100] if name == broken else content)
        with pytest.raises(ParknerError, match="this segmenter cannot be loaded: "):
            load_segmenter(tmp_path)


def test_a_model_reads_with_its_words(segmenter: Path, enough: Path, tmp_path, monkeypatch) -> None:
    settings = load_config(CONFIGS / "ner_pkuseg.cfg")
    settings["paths"]["segmenter"] = str(segmenter)
    settings["components"]["ner"]["model"]["tok2vec"]["encode"] |= {"width": 32, "depth": 2}
    settings["training"] |= {"max_steps": 10, "eval_frequency": 10}
    settings["training"]["optimizer"]["learn_rate"] = 0.01
    settings.to_disk(tmp_path / "small.cfg")
    convert(enough, tmp_path)
    model = train(tmp_path / "small.cfg", tmp_path / "model", data=tmp_path)
    monkeypatch.chdir(tmp_path)
    nlp, cut = spacy.load(model), load_segmenter(segmenter)
    text = "去年 石桥药业落户青芦湾医药港。\n白鹭洲管委会说,今年再建3.5万平方米。" + "总而言之" * 2
    words = cut(text)
    starts = [0, *accumulate(map(len, words))]
    doc = nlp(text)
    assert [(token.idx, token.text) for token in doc if not token.is_space] == [
        (start, word) for start, word in zip(starts, words, strict=False) if not word.isspace()
    ]
    assert {token.tag_ for token in doc if token.text in ("今年", "去年")} == {"B-DATE"}
    assert {entity.label_ for entity in doc.ents} >= {"DATE", "PARK"}
