"""Settings that are wrong are refused with file and name; ours are right."""

from pathlib import Path

import pytest

from annotate import settings
from annotate.errors import ParknerError
from annotate.pages import clean
from annotate.rules import short_names
from training.data import rewrite

PUBLISHED = "date = 'x'\ntime = 'y'\n[[published]]\nname = 'a'\npattern = '{date}'\nmatch = []\nskip = []\n"
ENTRY = "[[furniture]]\nname = 'a'\npattern = 'b'\nmatch = []\nskip = []\n"
RELATED = "[prose]\npattern = 'c'\nmatch = []\nskip = []\n[related]\npattern = 'b'\nmatch = []\nskip = []\n"
SHORT_NAMES = "".join(
    f"[{name}]\npattern = 'b'\nmatch = []\nskip = []\n" for name in ("definition", "separator", "legal_form")
)
LABEL = "[[label]]\nname = 'PARK'\nmeaning = 'a park'\ncolour = '#000000'\nkey = 'p'\n"
LOADERS = {
    "labels.toml": (settings, settings.load_labels),
    "furniture.toml": (clean, clean.load_furniture),
    "published.toml": (clean, clean.load_published),
    "short-names.toml": (short_names, short_names.load_patterns),
    "spun.toml": (rewrite, rewrite.load_synonyms),
}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("labels.toml", "", "labels.toml: no 'label'"),
        ("labels.toml", LABEL.replace("key", "keys"), "label PARK: unknown key 'keys'"),
        ("labels.toml", LABEL.replace("'p'", "3"), "label PARK: 'key' is 3, not a string"),
        ("labels.toml", LABEL + LABEL, "label PARK: this name is used twice"),
        ("furniture.toml", ENTRY, "furniture.toml: no 'prose'"),
        ("furniture.toml", RELATED, "furniture.toml: no 'furniture'"),
        ("furniture.toml", ENTRY.replace("'b'", "'('") + RELATED, "furniture a: missing \\)"),
        ("furniture.toml", ENTRY + RELATED.replace("'b'", "'('"), "related: missing \\)"),
        ("furniture.toml", ENTRY.replace("match", "mach") + RELATED, "furniture a: unknown key 'mach'"),
        ("published.toml", PUBLISHED.replace("time", "hour"), "published.toml: unknown key 'hour'"),
        ("published.toml", PUBLISHED.replace("{date}", "("), "published a: missing \\)"),
        (
            "short-names.toml",
            SHORT_NAMES.replace("separator", "separators"),
            "short-names.toml: unknown key 'separators'",
        ),
        ("short-names.toml", SHORT_NAMES.replace("match", "mach"), "definition: unknown key 'mach'"),
        ("short-names.toml", SHORT_NAMES.replace("'b'", "'('"), "definition: missing \\)"),
        ("short-names.toml", SHORT_NAMES, "definition: needs one group"),
        ("spun.toml", "'研究' = '商讨'", "spun.toml: '研究' is '商讨', not a list of strings"),
        ("spun.toml", "'研究' = []", "spun.toml: '研究' is \\[\\], not a list of strings"),
        ("spun.toml", "'' = ['商讨']", "spun.toml: unknown key ''"),
        ("spun.toml", "", "spun.toml: no words"),
    ],
)
def test_wrong_settings_have_an_address(tmp_path: Path, monkeypatch, name: str, content: str, message: str) -> None:
    module, load = LOADERS[name]
    (tmp_path / name).write_text(content, "utf-8")
    monkeypatch.setattr(module, "CONFIGS", tmp_path)
    with pytest.raises(ParknerError, match=message):
        load.__wrapped__()
