"""Decode raw pages in any common Chinese encoding, damaged ones too."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from typing import NamedTuple

from annotate.errors import ParknerError
from annotate.normalise import normalise

ENCODINGS = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
BY_LINE = ["utf-8", "gb18030", "big5hkscs", "cp950"]
WIDER = {"big5": ["big5hkscs", "cp950"]}  # what sites call Big5
LEAST_COMMON = 0.5
MOST_UNREAD = 0.05  # of the characters, and one
UNREAD = "\ufffd"


class Decoded(NamedTuple):
    """A decoded text, whose lines end in `\\n`. `unread` counts the U+FFFD in it for bytes that are no text.

    The first is in `line`, from 1.
    """

    text: str
    unread: int = 0
    line: int = 0


def decode(content: bytes, *, address: str) -> Decoded:
    """Decode UTF-8 (with or without byte order mark), GB 18030, Big5 or UTF-16 (`guess_encoding`).

    Damaged text is decoded line by line, each line in the encoding that suits it best. Raises ParknerError for a binary
    file, and for text with hardly any Chinese.

    >>> decode("苏州工业园区今年新增企业三百家。".encode("gb18030"), address="a.txt").text
    '苏州工业园区今年新增企业三百家。'
    >>> decode("苏州工业园区\\n今年新增企业".encode() + b"\\xff", address="a.txt")
    Decoded(text='苏州工业园区\\n今年新增企业�', unread=1, line=2)
    """
    encoding = guess_encoding(content)
    text = _decode_whole(content, encoding) if encoding else None
    if text is None:
        return _decode_lines(content, address)
    if "\0" in text:
        raise ParknerError(f"{address}: a binary file, not text")
    return Decoded(_end_lines(text))


def guess_encoding(content: bytes) -> str | None:
    """Guess an encoding: UTF-16 by its byte order mark, UTF-8, or the one that gives most common Chinese characters.

    >>> guess_encoding("苏州工业园区今年新增企业三百家。".encode("gb18030")), guess_encoding(b"\\xff")
    ('gb18030', None)
    """
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    with suppress(UnicodeDecodeError):
        content.decode("utf-8-sig")
        return "utf-8-sig"
    from charset_normalizer import from_bytes  # takes 50 ms, and is needed only if it is not UTF-8

    shares = {
        match.encoding: _share_of_common(str(match))
        for match in from_bytes(content, cp_isolation=ENCODINGS, threshold=1.0)
    }
    best = max(shares, key=shares.__getitem__, default="")
    return best if best and shares[best] >= LEAST_COMMON else None


def _decode_whole(content: bytes, encoding: str) -> str | None:
    """Decode all in one encoding, or return None if that cannot be. UTF-16 may be cut off."""
    if encoding.startswith("utf"):
        return content.decode(encoding, errors="replace")
    for name in WIDER.get(encoding, [encoding]):
        with suppress(UnicodeDecodeError):
            return content.decode(name)
    return None


def _decode_lines(content: bytes, address: str) -> Decoded:
    if b"\0" in content:
        raise ParknerError(f"{address}: a binary file, not text")
    lines = [_decode_line(line) for line in content.splitlines(keepends=True)]
    text = "".join(lines)
    unread = text.count(UNREAD)
    if unread > 1 + MOST_UNREAD * len(text) or _share_of_common(text) < LEAST_COMMON:
        raise ParknerError(f"{address}: not Chinese text in UTF-8, GB 18030, Big5 or UTF-16")
    first = next((number for number, line in enumerate(lines, start=1) if UNREAD in line), 0)
    return Decoded(_end_lines(text), unread, first)


def _decode_line(line: bytes) -> str:
    """Decode a line in the encoding that gives most common characters, counting those that cannot be read ten times."""
    with suppress(UnicodeDecodeError):
        return line.decode("utf-8")
    texts = [line.decode(encoding, errors="replace") for encoding in BY_LINE]
    return max(texts, key=lambda text: _share_of_common(text) - 10 * text.count(UNREAD) / len(text))


def _end_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _share_of_common(text: str) -> float:
    """Return the share of the non-ASCII characters that are in the first level of GB 2312 (3,755), or punctuation."""
    codes = [character.encode("gb2312", errors="ignore") for character in normalise(text).text if character > "\x7f"]
    return sum(b"\xa1" <= code[:1] < b"\xd8" for code in codes) / len(codes) if codes else 0.0
