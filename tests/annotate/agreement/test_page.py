"""The page of differences: all of the text, nothing but text, the worst first, nothing from elsewhere."""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from rich.table import Table

from annotate.agreement.groups import group_readings
from annotate.agreement.page import to_page
from annotate.sentence import Sentence
from annotate.settings import load_labels
from annotate.spans import Span

HOSTILE = "<script>alert('青岚园')</script>&lt;b&gt; \"12家\""
EMPTY = ("meta", "meter")


class Reader(HTMLParser):
    """The cells of the last table as (tag, text, marks), all tags, all attributes; ValueError for tags that cross."""

    def __init__(self) -> None:
        super().__init__()
        self.open, self.tags, self.attributes = [], set(), []
        self.rows = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)
        if tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append(("", []))
        elif tag == "mark" and "td" in self.open:
            self.rows[-1][-1][1].append(dict(attrs)["class"])

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            raise ValueError(f"{tag} closes another")

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            text, marks = self.rows[-1][-1]
            self.rows[-1][-1] = (text + data, marks)


def make_page():
    park, quantity = Span(15, 18, "PARK"), Span(len(HOSTILE) - 4, len(HOSTILE) - 1, "METRIC")
    li = [Sentence("近日开工", (), "a", 1), Sentence(HOSTILE, (park, quantity), "<b>", 2), Sentence("今天", (), "a", 3)]
    wang = [li[0], li[1].with_spans([quantity]), Sentence("今天", (Span(0, 2, "DATE"),), "a", 3)]
    return "".join(
        to_page(group_readings({"li": li, "wang": wang, "<i>": li[:2]}), [Table("x")], summary="alpha: 1 < 2")
    )


def parse(page):
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def test_sentences_stand_side_by_side_the_worst_first():
    heading, *rows = parse(make_page()).rows
    assert [text for text, _ in heading] == ["sentence", "li", "wang", "<i>"]
    assert rows == [
        [("article a, number 30%", []), ("今天", []), ("今天", ["DATE"]), ("not read", [])],
        [
            ("article <b>, number 278%", []),
            (HOSTILE, ["PARK", "METRIC shared"]),
            (HOSTILE, ["METRIC shared"]),
            (HOSTILE, ["PARK", "METRIC shared"]),
        ],
    ]


def test_nothing_runs_and_nothing_comes_from_elsewhere():
    page = make_page()
    reader = parse(page)
    assert not reader.tags & {"script", "link", "img", "iframe", "i", "b"}
    assert not {name for name, _ in reader.attributes} & {"src", "href", "style", "onclick"}
    assert not re.search(r"url\(|@import|https?:", page)


def test_labels_have_their_colours():
    page = make_page()
    for label in load_labels():
        assert f".{label.name} {{ --colour: {label.colour}; }}" in page
        assert label.meaning in page


@pytest.mark.parametrize(
    ("rows", "expected"), [([], "<tr><th>&lt;a&gt;</th></tr>"), (["A & B"], "<tr><td>A &amp; B</td></tr>")]
)
def test_tables_of_numbers(rows, expected):
    table = Table("<a>")
    for row in rows:
        table.add_row(row)
    page = "".join(to_page(group_readings({"li": [Sentence("甲")], "wang": [Sentence("甲")]}), [table], summary=""))
    parse(page)
    assert expected in page


def test_spaces_and_line_breaks_of_the_text_stay_and_none_are_added():
    text = " 在 光谷\n开工 "
    li, wang = [Sentence(text, (Span(3, 5, "PARK"),), "a", 1)], [Sentence(text, (), "a", 1)]
    page = "".join(to_page(group_readings({"li": li, "wang": wang}), [], summary=""))
    assert [cell for cell, _ in parse(page).rows[1][1:]] == [text, text]


def test_a_browser_shows_the_text(tmp_path):
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs a browser: install chromium")
    (tmp_path / "page.html").write_text(make_page(), "utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
    shown = subprocess.run(
        [browser, *options, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", (tmp_path / "page.html").as_uri()],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert parse(shown.stdout.decode()).rows == parse(make_page()).rows
