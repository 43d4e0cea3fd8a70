"""Text is decoded in any usual encoding; damaged text as far as it can be read."""

import pytest

from annotate.errors import ParknerError
from annotate.pages.encoding import UNREAD, Decoded, decode

TEXT = "青芦湾医药港昨日动工。\n一期用地三百二十亩，由青芦湾建设集团承建。\n首批厂房面向医疗器械企业招租。\n"
TRADITIONAL = "青蘆灣醫藥港昨日動工。\n一期用地三百二十畝，由青蘆灣建設集團承建。\n"


@pytest.mark.parametrize("text", ["光谷。", "我区生物医药产业产值突破1500亿元", "青芦湾扩建"])
def test_few_characters_are_read_right_too(text):
    assert decode(text.encode("gb18030"), address="a.txt") == Decoded(text)


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
def test_big5_of_hong_kong_and_of_windows(encoding):
    more = {"big5hkscs": "啲嘢喺青蘆灣。", "cp950": "青蘆灣恒隆粧品。", "big5": ""}[encoding]
    assert decode((TRADITIONAL + more).encode(encoding), address="a.txt") == Decoded(TRADITIONAL + more)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_damaged_byte_costs_at_most_its_neighbours(encoding):
    content = TEXT.encode(encoding)
    place = content.index("三百".encode(encoding))
    decoded = decode(content[:place] + b"\xff" + content[place:], address="a.txt")
    assert decoded.line == 2
    assert 1 <= decoded.unread <= 2
    assert decoded.text.splitlines()[::2] == TEXT.splitlines()[::2]
    assert decoded.text.splitlines()[1].endswith("由青芦湾建设集团承建。")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_that_breaks_off_within_a_character(encoding):
    decoded = decode(TEXT.rstrip().encode(encoding)[:-1], address="a.txt")
    assert decoded.text.rstrip(UNREAD) == TEXT.rstrip()[:-1]


def test_lines_in_two_encodings():
    first, second, third = TEXT.splitlines(keepends=True)
    content = first.encode() + second.encode("gb18030") + third.encode()
    assert decode(content, address="a.txt") == Decoded(TEXT)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bytes(range(256)) * 4, "a.txt: a binary file, not text"),
        ("Ünïcödé wörds önly ".encode("latin-1") * 9, "a.txt: not Chinese text in UTF-8, GB 18030, Big5 or UTF-16"),
    ],
)
def test_what_is_no_chinese_text_is_refused(content, message):
    with pytest.raises(ParknerError, match=message):
        decode(content, address="a.txt")
