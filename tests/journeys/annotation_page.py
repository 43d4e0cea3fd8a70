"""What a person sees and does on doccano's annotation page, with a real browser and a real mouse."""

import time
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, Response

from annotate.settings import load_labels

SECONDS = 20
SHORTCUTS = {label.name: label.key for label in load_labels()}

LINES = "[...document.querySelectorAll('#container svg[id]')].filter(line => line.querySelector('text[id]'))"
READ_TEXT = f"() => {LINES}.map(line => line.querySelector('text[id]').textContent)"

# Each underline: the characters whose middle is above it, the label below it (none where it goes on from the line
# before), its colour.
READ_MARKS = f"""() => {LINES}.flatMap(line => {{
  const text = line.querySelector('text[id]')
  const boxes = Array.from({{length: text.getNumberOfChars()}}, (_, i) => text.getExtentOfChar(i))
  return [...line.querySelectorAll('line')].map(underline => {{
    const left = underline.x1.baseVal.value, right = underline.x2.baseVal.value
    const above = boxes.map(box => left < box.x + box.width / 2 && box.x + box.width / 2 < right)
    const words = text.textContent.slice(above.indexOf(true), above.lastIndexOf(true) + 1)
    return [words, underline.parentNode.querySelector('text')?.textContent ?? '', getComputedStyle(underline).stroke]
  }})
}})"""

# Where words stand on the screen: left, right, and the middle between top and bottom.
FIND_WORDS = f"""words => {{
  const texts = {LINES}.map(line => line.querySelector('text[id]').firstChild)
  const text = texts.find(text => text.data.includes(words))
  const start = text.data.indexOf(words), range = document.createRange()
  range.setStart(text, start)
  range.setEnd(text, start + words.length)
  const box = range.getBoundingClientRect()
  return [box.left, box.right, (box.top + box.bottom) / 2]
}}"""


class Mark(NamedTuple):
    """Underlined words, with the label and the colour, such as `rgb(47, 158, 68)`, that the page shows for them."""

    words: str
    label: str
    colour: str


def read_marks(page: Page) -> list[Mark]:
    return [Mark(*mark) for mark in page.evaluate(READ_MARKS)]


def read_text(page: Page) -> str:
    """The text, without its line ends and those of the page."""
    return "".join(page.evaluate(READ_TEXT))


def wait_for(page: Page, read: Callable[[Page], object], wanted: object) -> None:
    """Give the page the time that it needs to show this, and no more."""
    deadline = time.monotonic() + SECONDS
    while (seen := read(page)) != wanted and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    assert seen == wanted, f"the page shows {seen}"


def read_words(page: Page) -> list[tuple[str, str]]:
    """The underlined words with their labels."""
    return [(mark.words, mark.label) for mark in read_marks(page)]


def log_in(page: Page, url: str, *, user: str, password: str) -> None:
    page.goto(f"{url}/auth/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/projects**")


def select(page: Page, words: str) -> None:
    """Draw the mouse over words, the first of them that the page has."""
    left, right, middle = page.evaluate(FIND_WORDS, words)
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.mouse.move(right - 1, middle)
    page.mouse.up()


def label(page: Page, words: str, name: str) -> None:
    """Choose a label by its key, and select words, which gives them the label."""
    wait_for(page, lambda page: name in _press_key(page, name), True)
    select(page, words)
    wait_for(page, lambda page: (words, name) in read_words(page), True)


def _press_key(page: Page, name: str) -> str:
    """What is ticked then; nothing as long as a list that closes swallows the keys."""
    page.keyboard.press(SHORTCUTS[name])
    return " ".join(page.locator(".v-chip--active").all_inner_texts())


def unlabel(page: Page, words: str) -> None:
    """Click the label below these words, and the × in the list that opens."""
    number = [mark.words for mark in read_marks(page)].index(words)
    page.locator("#container svg[id] line + g text").nth(number).click()
    page.get_by_role("button", name="Close").click()
    wait_for(page, lambda page: words in [mark.words for mark in read_marks(page)], False)


def confirm(page: Page) -> None:
    with page.expect_response(_is_post("/states")):
        page.keyboard.press("Enter")


def comment(page: Page, remark: str) -> None:
    """Write a remark in the window that the speech bubble opens, which has no name to find it by but its picture."""
    page.locator("button:has(path[d^='M20,2H4'])").click()
    page.get_by_role("textbox").fill(remark)
    with page.expect_response(_is_post("/comments")):
        page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("textbox").wait_for(state="hidden")


def _is_post(endpoint: str) -> Callable[[Response], bool]:
    return lambda response: response.request.method == "POST" and response.url.split("?")[0].endswith(endpoint)
