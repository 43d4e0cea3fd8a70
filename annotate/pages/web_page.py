"""Find the article in a web page: what a browser shows of it, without menus, comments and lists of other articles."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from annotate.glosses import HAN

NOT_SHOWN = {"template", "textarea", "select", "option", "noscript", "svg", "iframe", "script", "style"}
INVISIBLE = re.compile(
    r"(?:^|;)(display:none|visibility:(?:hidden|collapse)|font-size:0(?:px|pt|r?em|%)?(?![.\d])|opacity:0(?![.\d]))"
)
LINE_BREAK = re.compile(r"[ \t\u3000]*\n\s*")
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}，。、；：！？”）])\x00(?=[{HAN}“（])")
COMMENT = re.compile(r"(?i)\S*comment\S*")
MOST = 0.5  # of a page's characters


class WebPage(NamedTuple):
    """The article of a web page, and what was left out: (why, text) of each part."""

    text: str
    title: str | None
    published: str | None
    url: str | None
    left_out: tuple[tuple[str, str], ...]


def read_web_page(html: str) -> WebPage | None:
    """Extract the article of a page, or None if it has none.

    What a page hides is left out if its own attributes say so: style sheets are not read. A part that holds most of
    the page stays, since some sites show their article by a script. A line break in the source is a blank, or nothing
    between two Chinese characters.
    """
    from trafilatura import bare_extraction  # takes half a second, and is needed only for web pages
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return None
    left_out = list(_drop_hidden(tree))
    for element in tree.iter():
        _rename_comments(element, tree)
        if element.tag != "pre":
            _join_lines(element)
    shown = list(_find_texts(tree))
    extracted = bare_extraction(tree, with_metadata=True, include_comments=False, favor_recall=True)
    page = extracted.as_dict() if isinstance(extracted, Document) else {}
    if not page.get("text"):
        return None
    kept = "".join(page["text"].split())
    left_out += [("outside the article", text) for text in shown if "".join(text.split()) not in kept]
    return WebPage(page["text"], page["title"], page["date"], page["url"], tuple(left_out))


def explain_hiding(element: Any) -> str:
    """Tell what hides an element: its tag, or an attribute; "" if nothing does.

    >>> from lxml.html import fromstring
    >>> [explain_hiding(fromstring(html)) for html in ("<p STYLE='Display : none !important'>", "<p hidden>", "<p>")]
    ['display:none', 'hidden', '']
    """
    if element.tag in NOT_SHOWN:
        return f"<{element.tag}>"
    if "hidden" in element.attrib:
        return "hidden"
    if element.get("aria-hidden", "").strip().lower() == "true":
        return "aria-hidden"
    style = INVISIBLE.search("".join(element.get("style", "").lower().split()))
    return style[1] if style else ""


def _drop_hidden(tree: Any) -> Iterator[tuple[str, str]]:
    """Drop each hidden element, and yield why and its text."""
    most = MOST * len(_to_text(tree))
    for element in list(tree.iter()):
        if element is not tree and isinstance(element.tag, str) and (reason := explain_hiding(element)):
            text = _to_text(element)
            if reason[0] == "<" or len(text) <= most:
                element.drop_tree()
                if text and element.tag not in ("script", "style"):
                    yield reason, text


def _rename_comments(element: Any, tree: Any) -> None:
    """Take the word `comment` off the class of an article, where it would count as a list of comments."""
    for key in ("class", "id"):
        name = element.get(key, "")
        if COMMENT.search(name) and len(_to_text(element)) > MOST * len(_to_text(tree)):
            element.set(key, COMMENT.sub("", name).strip())


def _join_lines(element: Any) -> None:
    for key in ("text", "tail"):
        text = getattr(element, key)
        if text and "\n" in text:
            setattr(element, key, BETWEEN_HAN.sub("", LINE_BREAK.sub("\0", text)).replace("\0", " "))


def _find_texts(tree: Any) -> Iterator[str]:
    """Yield the text of each line that the page shows."""
    for part in tree.itertext(with_tail=True):
        if text := part.strip():
            yield text


def _to_text(element: Any) -> str:
    return "".join("".join(element.itertext()).split())
