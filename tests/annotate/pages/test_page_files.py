import json

import pytest

from annotate.errors import ParknerError
from annotate.pages.page_files import read_articles

TEXT = "青芦湾医药港昨日动工。一期用地三百二十亩，由青芦湾建设集团承建，预计明年底交付，首批厂房面向医疗器械企业招租。"


TRADITIONAL = "青蘆灣醫藥港昨日動工。一期用地三百二十畝，由青蘆灣建設集團承建，預計明年底交付。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_text_in_any_usual_encoding(tmp_path, encoding):
    text = TRADITIONAL if encoding == "big5" else TEXT
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (article,) = read_articles([tmp_path])
    assert (article.name, article.text) == ("a", text)


def test_line_ends(tmp_path):
    (tmp_path / "a.txt").write_bytes("甲\r\n乙\r丙".encode())
    assert next(read_articles([tmp_path])).text == "甲\n乙\n丙"


def test_json_lines(tmp_path):
    rows = [{"text": TEXT}, {"text": TEXT, "title": "动工了", "published": "2024-05-06", "url": "http://a.example/1"}]
    (tmp_path / "news.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    first, second = read_articles([tmp_path / "news.jsonl"])
    assert (first.name, first.text, first.published) == ("news-1", TEXT, None)
    assert (second.text, second.published, second.url) == (f"动工了\n{TEXT}", "2024-05-06", "http://a.example/1")


def test_web_page(tmp_path):
    items = "<ul><li>去年引进企业120家；</li><li>新建厂房8万平方米。</li></ul>"
    paragraphs = items + "".join(f"<p>{TEXT}第{n}段另有说明，园区负责人谈到了配套道路与供电。</p>" for n in range(1, 5))
    (tmp_path / "page.html").write_text(
        "<html><head><title>青芦湾医药港动工</title>"
        "<meta property='article:published_time' content='2024-05-06'></head>"
        f"<body><nav><a href='/'>首页</a></nav><article><h1>青芦湾医药港动工</h1>{paragraphs}</article></body></html>",
        "utf-8",
    )
    (article,) = read_articles([tmp_path])
    assert article.text.startswith("青芦湾医药港动工\n")
    assert "第4段" in article.text
    assert "去年引进企业120家；" in article.text
    assert "首页" not in article.text
    assert article.published == "2024-05-06"


def list_names(*paths):
    return [article.name for article in read_articles(paths)]


@pytest.fixture
def folder(tmp_path):
    """Two pages of one name in two folders, one that lies above, and one whose name has a dot."""
    for name in ("2023/page.txt", "2024/page.txt", "page.txt", "v1.2.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    return tmp_path


def test_a_name_depends_on_nothing_else(folder):
    assert list_names(folder) == ["2023/page", "2024/page", "page", "v1.2"]
    assert list_names(folder / "2024") == list_names(folder / "2024" / "page.txt") == ["page"]
    (folder / "2023" / "page.txt").unlink()
    assert list_names(folder) == ["2024/page", "page", "v1.2"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("2023 2024", "{0}/2024/page.txt: its article would be called page, like that of {0}/2023/page.txt: rename"),
        (
            "2024/page.txt 2023/page.txt",
            "{0}/2023/page.txt: its .* called page, like that of {0}/2024/page.txt: .* the fo",
        ),
        ("page.txt page.html", "{0}/page.html: its article would be called page, like that of {0}/page.txt: rename"),
        ("page.txt page.txt", "{0}/page.txt: given twice"),
        (". page.txt", "{0}/page.txt: given twice"),
        ("a.jsonl", "{0}/a.jsonl:3: its article would be called x, like that of {0}/a.jsonl:1: rename one"),
    ],
)
def test_two_of_one_name(folder, given, message):
    if given == "a.jsonl":
        (folder / "a.jsonl").write_text(
            '{"text": "甲", "article": "x"}\n{"text": "乙"}\n{"text": "丙", "article": "x"}', "utf-8"
        )
    body = "".join(f"<p>{TEXT}</p>" for _ in range(3))
    if given.endswith("html"):
        (folder / "page.html").write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    with pytest.raises(ParknerError, match=message.format(folder)):
        list_names(*(folder / name for name in given.split()))


def test_a_row_says_its_name(tmp_path):
    (tmp_path / "sub").mkdir()
    rows = '{"text": "甲", "article": "省报 5月6日"}\n{"text": "乙", "article": ""}\n{"text": "丙", "article": null}\n'
    (tmp_path / "sub" / "news.jsonl").write_text(rows, "utf-8")
    assert list_names(tmp_path) == ["省报 5月6日", "sub/news-2", "sub/news-3"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n", "the file is empty"),
        ("a.txt", bytes(range(256)) * 4, "not Chinese text|a binary file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not Chinese text|a binary file"),
        ("a.jsonl", b'{"text": "a"}\n{"text": ', "a.jsonl:2: broken JSON"),
        ("a.jsonl", b'{"title": "a"}', 'a.jsonl:1: no "text" string'),
        ("a.jsonl", b'{"text": "a", "url": 3}', 'a.jsonl:1: "url" is not a string'),
        ("a.jsonl", b'{"text": "a", "article": 3}', 'a.jsonl:1: "article" is not a string'),
        ("a.jsonl", b'{"text": "a", "article": "../a"}', 'a.jsonl:1: "article" is a path out of the folder'),
        ("a.jsonl", b'{"text": "a", "article": "/etc/a"}', 'a.jsonl:1: "article" is a path out of the folder'),
        ("a.jsonl", b'{"text": "a", "title": "\\udcb9"}', 'a.jsonl:1: "title" is not a string'),
        ("a.jsonl", b'{"text": "a", "label": [[0, 1, "PARK"]]}', "a.jsonl:1: a labelled record"),
        ("a.jsonl", '{"text": "园区"}'.encode("gb18030"), "a.jsonl:1: not UTF-8"),
        ("a.html", b"<html><body></body></html>", "no article text found"),
    ],
)
def test_bad_source(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ParknerError, match=message):
        list(read_articles([tmp_path / name]))


def test_missing_and_foreign(tmp_path):
    with pytest.raises(ParknerError, match="no such file"):
        list(read_articles([tmp_path / "none.txt"]))
    with pytest.raises(ParknerError, match=r"no \.txt / \.html"):
        list(read_articles([tmp_path]))
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(ParknerError, match=r"a\.pdf: a document: save it as \.txt"):
        list(read_articles([tmp_path / "a.pdf"]))
    with pytest.raises(ParknerError, match=r"in this folder, but a\.pdf, a document: save it"):
        list(read_articles([tmp_path]))
    (tmp_path / "a.xyz").touch()
    with pytest.raises(ParknerError, match=r"a\.xyz: not one of"):
        list(read_articles([tmp_path / "a.xyz"]))
