"""Readings of characters in brackets: pinyin and bopomofo, as in 醫(yī)藥港."""

import re
import unicodedata
from collections.abc import Iterator

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"  # for a character class
TONES = dict.fromkeys([0x300, 0x301, 0x304, 0x308, 0x30C])  # combining marks, with that of ü
_SYLLABLE = """(?:
    [bpmf] (?: a | o | [ae]i | ao | ou | [ae]ng? | i | ie | iao | iu | ian | ing? | u )
  | [dtnl] (?: a | e | [ae]i | ao | ou | [ae]ng? | ong | i | ia | ie | iao | iu | iang? | ing? | u | uo | ui | uan | un
    | ue )
  | [gkh] (?: a | e | [ae]i | ao | ou | [ae]ng? | ong | u | ua | uo | uai | ui | uang? | un )
  | (?: [zcs]h? | r ) (?: a | e | i | [ae]i | ao | ou | [ae]ng? | ong | u | ua | uo | uai | ui | uang? | un )
  | [jqx] (?: i | ia | ie | iao | iu | iang? | ing? | iong | u | ue | uan | un )
  | y (?: a | o | e | ao | ou | ang? | ing? | ong | i | u | ue | uan | un )
  | w (?: a | o | [ae]i | [ae]ng? | u )
  | [aeo] | [ae]i | ao | ou | ang? | en | er )"""
READING = re.compile(
    rf"{_SYLLABLE} (?: [ '’·-]? {_SYLLABLE} )* | [\u3105-\u312f\u02ca\u02c7\u02cb\u02d9 ]+",
    re.VERBOSE,
)
CHARACTER = re.compile(f"[{HAN}]")
# At most 24 letters: syllables divide in many ways.
BRACKET = re.compile(
    r"[(\[【] ?"
    r"([a-zà-üāēěīńňōūǎǐǒǔǖǘǚǜḿ\u3105-\u312f\u02ca\u02c7\u02cb\u02d9 '’·-]{1,24}?)"
    r" ?[)\]】]"
)


def find_glosses(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Yield where each gloss begins and ends, with its brackets.

    It is bopomofo, pinyin with tone marks, or pinyin without them behind a Traditional character. `folded` is the text
    with Simplified characters and half width, character by character.

    >>> list(find_glosses("创(chuàng)新(new)园(yuan)園(yuan)", "创(chuàng)新(new)园(yuan)园(yuan)"))
    [(1, 9), (23, 29)]
    """
    for bracket in BRACKET.finditer(folded):
        letters = unicodedata.normalize("NFD", bracket[1]).translate(TONES)
        toned = not letters.isascii() or letters != bracket[1].replace("ü", "u")
        start = bracket.start() - (folded[bracket.start() - 1 : bracket.start()] == " ")
        if not (start and CHARACTER.match(folded, start - 1) and READING.fullmatch(letters)):
            continue
        if toned or text[start - 1] != folded[start - 1]:
            yield start, bracket.end()
