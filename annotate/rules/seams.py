"""Short matches that lie across the seam of two words: `目前年产值` holds 目前 and 年产值, but not 前年.

The words are those of jieba's dictionary and those that the rules file names in `seams`, cut by their frequency,
without guesses at unknown words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise

import rjieba

from annotate.rules.file import NONE
from annotate.settings import NAMES

FREQUENCY = 3000  # of each of these words, among the 60 million of the dictionary; 今年 has 8,000
LONGEST = 3  # characters; a longer match is hardly there by chance
DIGIT = re.compile("[0-9]")
ALONE = ("", *"的了讯派法籍,。、")  # stand behind a name: 学院派5位, 公司法人, 晚报讯
BEYOND = frozenset(("部门", "处罚", "处分", "处理", "处置"))  # begin with the last character of a name: 工信部门
BEFORE = "由有和跟与从"  # stand before a name, though words such as 有志 begin with them
NEAR = 6  # characters on either side that tell how a text is cut
HAN = re.compile(r"[\u3400-\u9fff]{2}")
BEHIND = "后前"  # stand behind verbs: 建成后, 投产前
SINCE = "以来"  # 今年以来 is a word of the dictionary, but 今年 in it is a date

Mention = tuple[int, int, str]


def find_torn(text: str, mentions: Iterable[Mention], seams: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Yield the mentions in a normalised text that are torn apart or swallowed by the words of the text.

    Only a short mention without digits can be. Words tear it if one goes over its left edge and another covers the
    rest or goes over its right edge. One over its right edge alone tears it if its first character belongs to the verb
    before it, such as 后 in 建成后, and tears the last character off a name. A longer word swallows it.

    >>> list(find_torn("目前年产值5亿元,前年建成", [(1, 3, "DATE"), (5, 8, "METRIC"), (9, 11, "DATE")]))
    [(1, 3, 'DATE')]
    >>> list(find_torn("透明年度", [(1, 4, "DATE")])), list(find_torn("三门峡", [(0, 2, "METRIC")]))
    ([(1, 4, 'DATE')], [(0, 2, 'METRIC')])
    >>> list(find_torn("黑石投资,一堆黑石头", [(0, 2, "ORG"), (7, 9, "ORG")]))
    [(7, 9, 'ORG')]
    """
    doubtful = [(start, end, label) for start, end, label in mentions if is_doubtful(text[start:end], label)]
    words = cut(text, seams) if doubtful else ()
    for start, end, label in doubtful:
        near = [(first, last) for first, last in words if first < end and start < last]
        left = any(first < start and last < end for first, last in near)
        right = any(start < first and end < last for first, last in near)
        rest = any(start < first < end - 1 and last == end for first, last in near)
        swallowed = any(
            first <= start and end <= last and last - first > end - start and text[end:last] != SINCE
            for first, last in near
        )
        behind = text[start] in BEHIND and text[start - 1 : start].isalpha()
        last_off = label in NAMES and text[end : end + 1] not in ALONE and any(first == end - 1 for first, _ in near)
        if swallowed or (left and (right or rest)) or (right and (behind or last_off)):
            yield start, end, label


def find_cut_off(text: str, names: Iterable[Mention], seams: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Yield the names in a normalised text whose last characters and the next one are one word, such as 大学生.

    Longer words over the edge are titles behind the name (协会会长) and no evidence.

    >>> list(find_cut_off("河南大学生物系的北京大学生", [(0, 4, "ORG"), (8, 12, "ORG")]))
    [(8, 12, 'ORG')]
    """
    for start, end, label in names:
        behind = text[end : end + 1]
        if text[end - 1 : end] + behind in BEYOND or (
            behind not in ALONE and cut(text[max(start, end - 2) : end + 3], seams)[0] == (0, 3)
        ):
            yield start, end, label


def find_cut_in(text: str, names: Iterable[Mention], seams: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Yield the names in a normalised text that begin within a word, such as 告 in 被告.

    >>> list(find_cut_in("原告与被告青芦公司", [(4, 9, "ORG"), (5, 9, "ORG")]))
    [(4, 9, 'ORG')]
    """
    for start, end, label in names:
        if HAN.fullmatch(text[max(start - 1, 0) : start + 1]) and text[start - 1] not in BEFORE:
            begin = max(start - NEAR, 0)
            if all(begin + last != start for _, last in cut(text[begin : start + NEAR], seams)):
                yield start, end, label


def is_doubtful(surface: str, label: str) -> bool:
    """Tell whether a mention is short enough to be there by chance.

    >>> is_doubtful("前年", "DATE"), is_doubtful("3年", "DATE"), is_doubtful("去年上半年", "DATE")
    (True, False, False)
    """
    return label != NONE and len(surface) <= LONGEST and not DIGIT.search(surface)


def cut(text: str, seams: tuple[str, ...] = ()) -> Sequence[tuple[int, int]]:
    """List where each word of a text begins and ends. `seams` are words beside those of the dictionary.

    >>> cut("资本年会"), cut("资本年会", ("年会",))
    ([(0, 2), (2, 3), (3, 4)], [(0, 2), (2, 4)])
    """
    ends = (0, *accumulate(map(len, make_jieba(seams).cut(text, hmm=False))))
    return list(pairwise(ends))


@cache
def make_jieba(seams: tuple[str, ...]) -> rjieba.Jieba:
    """Jieba with its dictionary and these words."""
    jieba = rjieba.Jieba()
    for word in seams:
        jieba.add_word(word, FREQUENCY, None)
    return jieba
