"""Name lists: what is read from them, and what is found."""

from pathlib import Path

import pytest

from annotate.errors import ParknerError
from annotate.gazetteer import add_aliases, build_gazetteer, load_names, mark_words, match_names
from annotate.settings import CONFIGS

LISTS = sorted([*(CONFIGS / "gazetteer").glob("*.txt"), *(CONFIGS / "lexicon").glob("*.txt")])


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_list_has_a_heading_and_no_name_twice(path: Path) -> None:
    names = load_names(path)
    assert path.read_text("utf-8").startswith("# ")
    assert len(set(names)) == len(names)


def test_comments_and_blank_lines_are_no_names(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# 名\n\n青谷 # 一\n青谷藥港(甲)\n", "utf-8")
    assert load_names(path) == ["青谷", "青谷药港(甲)"]


@pytest.mark.parametrize(
    ("content", "message"), [(b"# none\n", "no names"), (b"\xff", "not UTF-8"), (None, "No such file")]
)
def test_a_wrong_list_is_an_error(content: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ParknerError, match=f"names.txt: {message}"):
        load_names(path)


def test_nothing_is_found_with_no_names() -> None:
    assert list(match_names("青谷", build_gazetteer({}))) == []


def test_the_longest_name_of_those_that_begin_together_is_found() -> None:
    names = build_gazetteer(
        dict.fromkeys(add_aliases(["青州经济技术开发区", "青州"], {"经济技术开发区": ["经开区"]}), "n")
    )
    assert [(start, end) for start, end, _ in match_names("青州经开区在青州", names)] == [(0, 5), (6, 8)]


def test_marking_keeps_positions() -> None:
    words = build_gazetteer({"青州": "P", "走进": "-"})
    assert mark_words("他走进青州港", match_names("他走进青州港", words)) == "他--PP港"
