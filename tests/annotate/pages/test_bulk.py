import lzma
import tracemalloc

import pytest

from annotate.errors import ParknerError
from annotate.pages.bulk import read_bulk, read_passages

TEXT = "青芦湾医药港今年动工。\n石桥药业说,二期明年投产,届时新增三百个岗位。\n"


def test_files_of_every_kind_in_a_folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt.xz").write_bytes(lzma.compress(TEXT.encode("gb18030")))
    (tmp_path / "c.jsonl").write_text('{"text": "白鹭洲管委会挂牌。"}', "utf-8")
    assert [article.text for article in read_bulk([tmp_path])] == [TEXT, TEXT, "白鹭洲管委会挂牌。"]
    assert [article.name for article in read_bulk([tmp_path])] == ["a", "b", "c-1"]


def test_names_depend_on_nothing_else(tmp_path, monkeypatch):
    for name, times in (("a/news.txt", 30), ("b/news.txt", 1)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("".join(f"{number}。{TEXT}" for number in range(times)), "utf-8")
    monkeypatch.setattr("annotate.pages.bulk.BLOCK", 1000)
    names = [passage[0].article for passage in read_passages([tmp_path])]
    assert names == [f"a/news-{number}" for number in range(1, len(names))] + ["b/news-1"]
    assert [passage[0].article for passage in read_passages([tmp_path / "b"])] == ["news-1"]
    with pytest.raises(ParknerError, match=r"b/news.txt: its article would be called news, like that of .*a/news.txt"):
        list(read_bulk([tmp_path / "a", tmp_path / "b"]))


@pytest.mark.parametrize("name", ["a.txt", "a.txt.xz"])
def test_a_large_file_comes_in_pieces_of_whole_lines(tmp_path, monkeypatch, name):
    monkeypatch.setattr("annotate.pages.bulk.BLOCK", 100)
    content = (TEXT * 9).encode()
    (tmp_path / name).write_bytes(lzma.compress(content) if name.endswith("xz") else content)
    pieces = [article.text for article in read_bulk([tmp_path / name])]
    assert len(pieces) > 3
    assert {piece[-1] for piece in pieces} == {"\n"}
    assert "".join(pieces) == TEXT * 9


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt.xz", lzma.compress(b""), "the file is empty"),
        ("a.txt.xz", TEXT.encode(), "broken compression"),
        ("a.txt.xz", lzma.compress(TEXT.encode())[:-20], "broken compression"),
        ("a.txt.xz", lzma.compress(b"\x89PNG\0\xff"), "a.txt.xz: "),
        ("a.html.xz", lzma.compress(b"<p>"), "an archive: unpack it first"),
    ],
)
def test_what_cannot_be_read_has_an_address(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ParknerError, match=message) as error:
        list(read_bulk([tmp_path / name]))
    assert str(error.value).startswith(str(tmp_path / name))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.txt.xz"])
def test_a_large_file_is_of_one_encoding(tmp_path, monkeypatch, name, encoding):
    monkeypatch.setattr("annotate.pages.bulk.BLOCK", 101)
    monkeypatch.setattr("annotate.pages.bulk.SAMPLE", 111)
    text = TEXT * 9 + "上市ABC\n" * 20 + "Index 2023\n" * 40 + "光谷。\n" + "Index 2023\n" * 40 + "上午好。"
    content = text.encode(encoding)
    (tmp_path / name).write_bytes(lzma.compress(content) if name.endswith("xz") else content)
    pieces = [article.text for article in read_bulk([tmp_path / name])]
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= 101


def test_the_encoding_is_told_by_what_is_not_ascii(tmp_path, monkeypatch):
    monkeypatch.setattr("annotate.pages.bulk.BLOCK", 101)
    text = "Index 2023\r\n" * 90 + "光谷\n" + TEXT
    (tmp_path / "a.txt").write_bytes(text.encode("gb18030"))
    assert "".join(article.text for article in read_bulk([tmp_path])) == text.replace("\r", "")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_long_line_is_cut_where_a_sentence_ends(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr("annotate.pages.bulk.BLOCK", 50)
    monkeypatch.setattr("annotate.pages.bulk.SAMPLE", 51)
    text = TEXT.replace("\n", "") * 9
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    pieces = [article.text for article in read_bulk([tmp_path])]
    assert "".join(pieces) == text
    assert {piece[-1] for piece in pieces} == {"。"}


def test_a_gigabyte_of_one_line_is_refused_before_it_fills_the_memory(tmp_path):
    packer = lzma.LZMACompressor()
    parts = [*(packer.compress(b"a" * 2**20) for _ in range(64)), packer.flush()]
    (tmp_path / "a.txt.xz").write_bytes(b"".join(parts))
    tracemalloc.start()
    with pytest.raises(ParknerError, match="characters without the end of a line"):
        list(read_bulk([tmp_path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * 2**20
