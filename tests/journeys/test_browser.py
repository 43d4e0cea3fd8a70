"""What annotators see of our pre-labels in a real browser, and what we pull of what they do there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from doccano_client import DoccanoClient
from playwright.sync_api import Page

from annotate.doccano.api.client import connect, look_up_project
from annotate.doccano.pull import pull
from annotate.doccano.push import push
from annotate.doccano.server.run import Server
from annotate.doccano.team.members import set_roles
from annotate.records import write_sentences
from annotate.sentence import Sentence
from annotate.settings import load_labels
from annotate.spans import Span
from tests.journeys.annotation_page import (
    comment,
    confirm,
    label,
    log_in,
    read_marks,
    read_text,
    read_words,
    select,
    unlabel,
    wait_for,
)

SECONDS = 60

Words = tuple[str, str]
"""Words and their label."""

# Texts, the words in each that come as a PARK, and those that the annotator makes an ORG.
BEYOND_BMP = [
    ("🚀青岚生物港与云禾制药", "青岚生物港", "云禾制药"),
    ("\t𠮷田制药\t落户🚀云渡科技城", "云渡科技城", "𠮷田制药"),
    ("　　🚀🚀与青岚生物港　有云禾🚀制药", "青岚生物港", "云禾🚀制药"),
    ("第一行有𠮷祥科技城\n第二行有云禾制药", "𠮷祥科技城", "云禾制药"),
]
JOINED = [
    ("cafe\u0301 ☎\ufe0f 1\ufe0f\u20e3 🇨🇳 👍🏽青岚生物港，云禾制药", "青岚生物港", "云禾制药"),
    ("第一行\r\n第二行有青岚生物港，葛\U000e0100城制药", "青岚生物港", "葛\U000e0100城制药"),
    ("👨\u200d🦰🫱🏽\u200d🫲🏿🏴\u200d☠\ufe0f क्षको한각กำ青岚生物港和云禾制药", "青岚生物港", "云禾制药"),
    (
        "👨\u200d👩\u200d👧🚀e\u0301，" * 20 + "青岚生物港和云禾制药",
        "青岚生物港",
        "云禾制药",
    ),  # of several lines on the page
]
HTML = ("<b>光谷</b>与<script>alert(1)</script>云禾&lt;相邻<img src=x onerror=alert(2)>", "光谷", "云禾")
PLAIN = ("青岚生物港管委会同云禾制药签约。", "青岚生物港", "云禾制药")
LONG = ("".join(f"第{number}期，青岚生物港新增{number}家企业。" for number in range(900))[:10_000], "第0期", "第7期")
TEXTS = [*BEYOND_BMP, *JOINED, HTML, PLAIN, LONG]


@pytest.fixture(scope="module")
def texts(server: Server) -> str:
    """A project of TEXTS, at this address."""
    client = connect(server.url, "chief", "a secret for tests")
    return push(client, "texts", [mark_up(text, (words, "PARK")) for text, words, _ in TEXTS], timeout=SECONDS).where


@pytest.fixture
def desk(page: Page, client: DoccanoClient, annotator: DoccanoClient, server: Server, texts: str) -> Page:
    """The page with the annotator at it, who is a member of that project and no administrator."""
    let_in(client, "texts")
    password = {"username": "annotator", "password": "another secret"}
    assert page.context.request.post(f"{server.url}/v1/auth/login/", data=password).ok
    return page


def mark_up(text: str, *words: Words) -> Sentence:
    spans = [Span(text.index(these), text.index(these) + len(these), name) for these, name in words]
    return Sentence(text, tuple(spans))


def let_in(client: DoccanoClient, name: str) -> None:
    """Make the annotator a member of a project."""
    project = look_up_project(client, name)
    assert project
    set_roles(client, project, ["annotator"], role="annotator")


def find_words(sentence: Sentence) -> set[Words]:
    return {(sentence.text[start:end], label) for start, end, label in sentence.spans}


def pull_words(client: DoccanoClient, name: str) -> dict[str, set[Words]]:
    """The confirmed texts with their labelled words."""
    return {sentence.text: find_words(sentence) for sentence in pull(client, name, timeout=SECONDS).sentences}


def to_css(colour: str) -> str:
    """`rgb(47, 158, 68)` for `#2f9e44`."""
    return f"rgb{tuple(bytes.fromhex(colour[1:]))}"


def test_an_annotator_sees_and_corrects_the_labels(
    client: DoccanoClient, annotator: DoccanoClient, page: Page, server: Server, name: str
) -> None:
    text = "今年6月，云禾制药在青岚生物港签约，投资12亿元。"
    words = [("今年6月", "DATE"), ("云禾制药", "ORG"), ("青岚生物港", "PARK"), ("12亿元", "METRIC")]
    push(client, name, [mark_up(text, *words)], timeout=SECONDS)
    let_in(client, name)

    log_in(page, server.url, user="annotator", password="another secret")
    page.get_by_role("link", name=name, exact=True).click()
    page.locator(".v-app-bar", has_text=name).wait_for()  # before that, the button leads nowhere
    page.get_by_role("button", name="Start annotation").click()
    colours = {kind.name: to_css(kind.colour) for kind in load_labels()}
    wait_for(page, read_marks, [(these, label, colours[label]) for these, label in words])

    unlabel(page, "青岚生物港")
    select(page, "在青岚生物港")
    page.get_by_role("menuitem", name="PARK").click()  # from the list
    wait_for(page, read_words, [*words[:2], ("在青岚生物港", "PARK"), words[3]])
    unlabel(page, "今年6月")
    label(page, "今年", "DATE")  # by its key
    comment(page, "签约在6月？")
    confirm(page)

    [sentence] = pull(client, name, timeout=SECONDS).sentences
    assert find_words(sentence) == {("今年", "DATE"), words[1], ("在青岚生物港", "PARK"), words[3]}
    assert (sentence.extra["annotator"], sentence.extra["comments"]) == ("annotator", ["签约在6月？"])


def test_the_address_that_push_prints_is_the_page_where_one_labels(
    client: DoccanoClient,
    annotator: DoccanoClient,
    credentials: Server,
    page: Page,
    name: str,
    parkner: Callable[..., Any],
    tmp_path: Path,
) -> None:
    texts = ["青岚生物港见。", "云渡科技城见。", "云禾制药见。"]
    write_sentences(tmp_path / "a.jsonl", [mark_up(text, (text[:-2], "PARK")) for text in texts])
    write_sentences(tmp_path / "ranked.jsonl", [mark_up(text, (text[:-2], "PARK")) for text in reversed(texts)])
    link = parkner("push", tmp_path / "a.jsonl", "--project", name).err.split(" -> ")[-1].strip()
    ordered = parkner("push", tmp_path / "ranked.jsonl", "--project", name, "--order").err.split(" -> ")[-1].strip()
    let_in(client, name)
    log_in(page, credentials.url, user="annotator", password="another secret")
    for address, wanted in ((link, texts), (ordered, texts[::-1])):
        for number, text in enumerate(wanted, start=1):
            page.goto(address.replace("page=1", f"page={number}"))
            wait_for(page, read_text, text)
            wait_for(page, read_words, [(text[:-2], "PARK")])


def open_text(page: Page, project: str, case: tuple[str, str, str]) -> None:
    """Open one of TEXTS, and wait until its label is there."""
    page.goto(f"{project}/sequence-labeling?page={TEXTS.index(case) + 1}")
    wait_for(page, read_words, [(case[1], "PARK")])


@pytest.mark.parametrize(
    "group",
    [
        pytest.param(BEYOND_BMP, id="beyond the BMP"),
        pytest.param(JOINED, id="joined"),
    ],
)
def test_labels_stand_at_their_words(
    client: DoccanoClient, desk: Page, texts: str, group: list[tuple[str, str, str]]
) -> None:
    for case in group:
        open_text(desk, texts, case)
        label(desk, case[2], "ORG")
        confirm(desk)
    pulled = pull_words(client, "texts")
    for text, park, org in group:
        assert pulled[text] == {(park, "PARK"), (org, "ORG")}


def test_a_text_is_shown_as_it_is(client: DoccanoClient, desk: Page, texts: str) -> None:
    text, park, org = HTML
    open_text(desk, texts, HTML)
    assert read_text(desk) == text
    label(desk, org, "ORG")
    comment(desk, text)
    confirm(desk)
    assert pull_words(client, "texts")[text] == {(park, "PARK"), (org, "ORG")}


def test_labels_do_not_overlap(client: DoccanoClient, desk: Page, texts: str) -> None:
    text, park, org = PLAIN
    open_text(desk, texts, PLAIN)
    desk.keyboard.press("o")
    select(desk, "生物港管委会")
    label(desk, org, "ORG")
    confirm(desk)
    assert pull_words(client, "texts")[text] == {(park, "PARK"), (org, "ORG")}


def test_a_text_of_10_000_characters(client: DoccanoClient, desk: Page, texts: str) -> None:
    text, park, org = LONG
    open_text(desk, texts, LONG)
    label(desk, org, "ORG")
    confirm(desk)
    assert pull_words(client, "texts")[text] == {(park, "PARK"), (org, "ORG")}
