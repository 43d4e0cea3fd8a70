"""How two people have read the same sentences."""

from typing import Any

from annotate.pages.markup import from_markup
from annotate.sentence import Sentence

LI = [
    "[青岚生物港](PARK)[今年](DATE)新增[12家](METRIC)企业。",
    "云渡制药落户[云渡科技城](PARK)。",
    "[石桥高新区](PARK)将引进[近500名](METRIC)\\[人才\\]。",
    "会议结束。",
    "只有李读过。",
]
WANG = [
    LI[0],
    "[云渡制药](ORG)落户云渡科技城。",
    "[石桥高新区](PARK)将引进近[500名](METRIC)\\[人才\\]。",
    LI[3],
]


def read(*marked: str, **extra: Any) -> list[Sentence]:
    pairs = map(from_markup, marked)
    return [Sentence(text, tuple(spans), "a", number, extra) for number, (text, spans) in enumerate(pairs, start=1)]
