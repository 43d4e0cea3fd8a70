"""Find the article in a web page: what a browser shows of it, without menus, comments and lists of other articles."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from annotate.glosses import HAN

NOT_SHOWN = {
    *("template", "noscript", "noframes", "script", "style", "svg", "iframe", "object", "canvas", "audio", "video"),
    *("textarea", "select", "option", "datalist", "button"),
}
ZERO = r"[-+]?(?:0{1,9}(?:\.0{0,9})?|\.0{1,9})(?:px|pt|r?em|%)?"
FAR = r"-\d{3,9}(?:\.\d{1,9})?(?:px|pt|r?em|%)"
INVISIBLE = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "opacity": re.compile(ZERO),
    "font-size": re.compile(ZERO),
    "font": re.compile(rf"(?:\S+\s+){{0,4}}{ZERO}(?:/\S+)?(?:\s.*)?"),
    "text-indent": re.compile(FAR),
    "left": re.compile(FAR),
    "top": re.compile(FAR),
}
FADED = ("opacity", "visibility")  # with these a script lets parts of a page come in
CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
LINE_BREAK = re.compile(r"[ \t\u3000]*\n\s*")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # as character references only
SEAM = "\x01"  # between the texts of two elements
BETWEEN_HAN = re.compile(rf"([{HAN}，。、；：！？”）]\x01?)\x00(?=\x01?[{HAN}“（])")
INLINE = {"a", "b", "em", "font", "i", "mark", "small", "span", "strong", "u"}
COMMENT = re.compile(r"(?i)\S*comment\S*")
LONGEST_REASON = 20  # characters of a style that are told
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
    the page stays, since some sites show their article by a script; so do parts that fade in and hold most of it. A
    line break in the source is a blank, or nothing between two Chinese characters.
    """
    from trafilatura import bare_extraction  # takes half a second, and is needed only for web pages
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return None
    left_out = list(_drop_hidden(tree))
    _rename_comments(tree)
    _join_lines(tree)
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
    if element.tag == "dialog" and "open" not in element.attrib:
        return "<dialog>"
    style = _read_style(element.get("style", ""))
    if style.get("overflow") == "hidden" and any(
        re.fullmatch(ZERO, style.get(side, "")) for side in ("height", "width")
    ):
        return "overflow:hidden"
    for name, pattern in INVISIBLE.items():
        if pattern.fullmatch(style.get(name, "")):
            return f"{name}:{style[name]}" if len(style[name]) <= LONGEST_REASON else name
    return ""


def _read_style(text: str) -> dict[str, str]:
    """Read the declarations of a style attribute; of two for one property the later counts."""
    pairs = (part.partition(":") for part in CSS_COMMENT.sub("", text.lower()).split(";"))
    return {name.strip(): value.partition("!")[0].strip() for name, _, value in pairs}


def _drop_hidden(tree: Any) -> Iterator[tuple[str, str]]:
    """Drop each hidden element, and yield why and its text."""
    hidden = [(element, explain_hiding(element)) for element in tree.iterdescendants() if isinstance(element.tag, str)]
    for element in (element for element, reason in hidden if reason in ("<script>", "<style>")):
        element.drop_tree()
    most = MOST * len(_to_text(tree))
    fading = sum(len(_to_text(element)) for element, reason in hidden if reason.startswith(FADED))
    gone: set[Any] = set()
    for element, reason in hidden:
        if not reason or not gone.isdisjoint(element.iterancestors()):
            continue
        text = _to_text(element)
        if reason[0] == "<" or (fading if reason.startswith(FADED) else len(text)) <= most:
            gone.add(element)
            if text and reason not in ("<script>", "<style>"):
                yield reason, text
    for element in gone:
        if element.getparent() is not None:
            element.drop_tree()


def _rename_comments(tree: Any) -> None:
    """Take the word `comment` off the class of an article, where it would count as a list of comments."""
    most = MOST * len(_to_text(tree))
    for element in tree.iterdescendants():
        for key in ("class", "id"):
            name = element.get(key, "")
            if COMMENT.search(name) and len(_to_text(element)) > most:
                element.set(key, COMMENT.sub("", name).strip())


def _join_lines(tree: Any) -> None:
    """Turn each line break in the source into a blank, or into nothing between two Chinese characters."""
    for run in _find_runs(tree):
        texts = [CONTROL.sub("", getattr(element, key) or "") for element, key in run]
        joined = BETWEEN_HAN.sub(r"\1", LINE_BREAK.sub("\0", SEAM.join(texts))).replace("\0", " ")
        for (element, key), text in zip(run, joined.split(SEAM), strict=True):
            if text != (getattr(element, key) or ""):
                setattr(element, key, text)


def _find_runs(tree: Any) -> Iterator[list[tuple[Any, str]]]:
    """Yield the texts that stand in one line, with only inline tags between, as (element, "text" or "tail")."""
    from lxml.etree import iterwalk

    run: list[tuple[Any, str]] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag not in INLINE and run:
            yield run
            run = []
        if event == "end" or element.tag != "pre":
            run.append((element, "text" if event == "start" else "tail"))
    if run:
        yield run


def _find_texts(tree: Any) -> Iterator[str]:
    """Yield the text of each line that the page shows."""
    for part in tree.itertext(with_tail=True):
        if text := part.strip():
            yield text


def _to_text(element: Any) -> str:
    return "".join("".join(element.itertext()).split())
