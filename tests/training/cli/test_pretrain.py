"""`parkner pretrain`: the weights that it writes, and raw text that it cannot learn from."""

import pytest
from spacy.util import load_config

TEXT = "青芦湾医药港去年引进12家企业,总投资3.5亿元。\n石桥药业今年落户青芦湾医药港,明年投产。\n"


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path / "raw"


def test_it_says_how_far_it_is_and_writes_one_file(parkner, config, raw, tmp_path):
    output = tmp_path / "new" / "weights.bin"
    code, out, err = parkner("pretrain", raw, "-o", output, "--config", config, "--steps", 2)
    assert (code, out) == (0, "")
    progress, last = err.splitlines()
    assert progress.startswith("     2 steps, ")
    assert last == f"The weights are in {output}"
    assert [path.name for path in output.parent.iterdir()] == ["weights.bin"]


def test_the_seed_and_the_number_of_steps_are_those_given(parkner, config, raw, tmp_path):
    weights = set()
    for options in ([], ["--seed", 3], ["--steps", 2]):
        parkner("pretrain", raw, "-o", tmp_path / "w.bin", "--config", config, "--steps", 1, *options)
        weights.add((tmp_path / "w.bin").read_bytes())
    assert len(weights) == 3
    assert parkner("pretrain", raw, "-o", tmp_path / "w.bin", "--steps", 0).code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("{0}/menu.txt -o {0}/out", "menu.txt: no sentence to learn from"),
        ("{0}/good.txt {0}/empty.txt -o {0}/out", "empty.txt: the file is empty"),
        ("{0}/good.txt -o {0}/out --config {0}/none.cfg", "none.cfg: no such file"),
        ("{0}/good.txt -o {0}/out --config {0}/rules.cfg", "none.toml: No such file"),
        (
            "{0}/good.txt -o {0}/out --config {0}/bare.cfg",
            "bare.cfg: no component",
        ),
        ("{0}/good.txt -o {0}/out --config {0}/words.cfg", "words.cfg: pretraining needs the tokenizer parkner"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(refuse, config, tmp_path, arguments, message):
    (tmp_path / "good.txt").write_text(TEXT * 9, "utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "menu.txt").write_text("当前位置:首页 > 要闻\n", "utf-8")
    text = config.read_text("utf-8")
    (tmp_path / "rules.cfg").write_text(text.replace('rules = "default"', f'rules = "{tmp_path}/none.toml"'), "utf-8")
    (tmp_path / "bare.cfg").write_text("[nlp]\nlang = 'zh'\npipeline = []\n[components]\n", "utf-8")
    settings = load_config(config)
    settings["nlp"]["tokenizer"] = {"@tokenizers": "spacy.zh.ChineseTokenizer", "segmenter": "char"}
    settings["initialize"]["tokenizer"] = {}
    settings.to_disk(tmp_path / "words.cfg")
    given = "" if "--config" in arguments else f" --config {config}"
    assert message in refuse(tmp_path, f"pretrain {arguments}{given}").err


def test_standard_input_cannot_be_read_twice(parkner, tmp_path):
    result = parkner("pretrain", "-", "-o", tmp_path / "out")
    assert (result.code, list(tmp_path.iterdir())) == (1, [])
    assert result.err.startswith("Error: -: raw text is read more than once")
