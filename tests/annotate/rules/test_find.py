import random
from itertools import product
from pathlib import Path

import pytest

from annotate.pages.markup import from_markup, to_markup
from annotate.rules.file import Rules, load_rules
from annotate.rules.find import find_words, match_rules, prelabel
from annotate.sentence import Sentence
from annotate.spans import Span

RULES = load_rules()
MARKED = [
    line
    for path in sorted(Path(__file__).parent.glob("*.txt"))
    for line in path.read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def write_rules(path, *rules) -> Rules:
    """Rules of name, label, pattern and whatever else there is to say."""
    tables = (
        f"[[rule]]\nname = '{name}'\nlabel = '{label}'\npattern = '{pattern}'\n{more}\nmatch = []\nskip = []\n"
        for name, label, pattern, *rest in rules
        for more in ["".join(rest)]
    )
    (path / "rules.toml").write_text("".join(tables), "utf-8")
    return load_rules(path / "rules.toml")


def test_prelabel_keeps_order_and_says_the_origin():
    sentences = [Sentence("无。", article="a", number=1), Sentence("共12家。", article="a", number=2)]
    labelled = list(prelabel(sentences, RULES))
    assert [sentence.number for sentence in labelled] == [1, 2]
    assert labelled[0].extra == {"origin": []}
    assert labelled[1].extra == {"origin": [[1, 4, "METRIC", "quantity"]]}


def test_the_longer_of_two_matches_wins_then_the_rule_that_stands_first(tmp_path):
    rules = write_rules(
        tmp_path, ("a", "ORG", "芦湾"), ("b", "PARK", "青芦湾港"), ("c", "ORG", "青芦湾港"), ("d", "ORG", "港口")
    )
    assert match_rules("在青芦湾港口", rules) == [(Span(1, 5, "PARK"), "b")]


def test_a_rule_of_no_label_keeps_others_from_its_place(tmp_path):
    rules = write_rules(tmp_path, ("a", "PARK", "青.湾"), ("b", "NONE", "青山湾路"))
    assert match_rules("青芦湾在青山湾路", rules) == [(Span(0, 3, "PARK"), "a")]


def test_offsets_are_those_of_the_text_as_it_was_written(tmp_path):
    rules = write_rules(tmp_path, ("a", "METRIC", "[0-9]+家"))
    assert match_rules("有１２家", rules) == [(Span(1, 4, "METRIC"), "a")]


def test_known_words_are_what_they_are_in_the_text():
    text = "石桥药业去年在北京市增资"
    words = list(find_words(text, RULES))
    assert "北京市" in "".join(text[word.start : word.end] for word in words)
    assert words == sorted(words)
    assert {word.label for word in words} <= RULES.lexicon.signs.keys()


def test_nothing_is_found_in_nothing():
    assert match_rules("", RULES) == []
    assert list(prelabel([], RULES)) == []


@pytest.mark.parametrize("marked", MARKED)
def test_names_dates_and_quantities_are_found_whole(marked):
    text, _ = from_markup(marked)
    assert to_markup(text, (span for span, _ in match_rules(text, RULES))) == marked


YEARS = ["", "2023年", "1998年", "二〇二三年", "二零一九年", "二○二四年", "今年", "去年", "前年", "2006 年"]
DAYS = ["5月6日", "12月20日", "05月06日", "五月三十一日", "十二月八日", "元月5日", "9 月 1 日", "5月6-8日"]
TIMES = ["", "上午", "深夜", "晚8点", "晚上7:00", "上午九点", "下午3时30分", "(周三)上午9:30", "14:05:06"]
MONTHS = ["3月", "三月", "10月中下旬", "6月底", "8月上旬", "上半年", "第三季度", "前三季度", "1-8月", "年底"]


@pytest.mark.parametrize("frame", ["项目于{}开工。", "{},项目开工。", "园区自{}起招商。"])
def test_a_date_of_any_form_is_one_span(frame):
    """Every year with every day and time of day, and with every part of a year: 2,430 dates."""
    dates = [*map("".join, product(YEARS, DAYS, TIMES)), *map("".join, product(YEARS[1:], MONTHS))]
    assert [date for date in dates if find_surfaces(frame.format(date)) != [(date, "DATE")]] == []


HAN = "零一二三四五六七八九"
FINANCIAL = "零壹贰叁肆伍陆柒捌玖"


def to_numeral(number: int, digits: str = HAN, scales: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """Write a number below 100 million in Han numerals: 20305 is 二万零三百零五."""
    high, low = divmod(number, 10_000)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = low // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + scales[place]
        gap = not digit
    if not high:
        return text
    return to_numeral(high, digits, scales) + "万" + (digits[0] if 0 < low < 1_000 else "") + text


def write_numbers(number: int) -> list[str]:
    """The ways to write a whole number below 100 million."""
    high, low = divmod(number, 10_000)
    forms = [str(number), f"{number:,}", f"{number:,}".replace(",", " ") if number > 9_999 else str(number)]
    forms += [to_numeral(number), to_numeral(number, FINANCIAL, ("", "拾", "佰", "仟"))]
    forms += [f"{number / 10_000:.2f}万"] if number > 9_999 else []
    forms += [f"{high}万{low}" if low > 999 else f"{high}万"] if high else []
    forms += [f"{high}万{low // 1000}千"] if high and low >= 1_000 and not low % 1_000 else []
    return forms


ABOUT = ["", "约", "近", "超过", "不少于", "逾", "将近", "差不多"]
UNITS = [
    *"元家人亩吨台项套米",
    "亿美元",
    "平方米",
    "公里",
    "千瓦时",
    "人次",
    "泰铢",
    "瑞士法郎",
    "盎司",
    "m³",
    "MW",
    "t/d",
]
UNITS += ["万元", "元以上", "立方米/天", "个百分点", "万美元左右", "kW·h"]


def test_no_quantity_begins_or_ends_within_its_number():
    """Numbers of every size, written in every way, with what may stand before and behind them."""
    choose = random.Random(0)
    wrong = []
    for _ in range(600):
        number = choose.randrange(3, 10 ** choose.randint(1, 8))
        for form in write_numbers(number):
            unit = choose.choice(UNITS)
            quantity = choose.choice(ABOUT) + form + (unit[1:] if form.endswith("万") and unit[0] == "万" else unit)
            if find_surfaces(f"园区新增{quantity},比上年多。")[:1] != [(quantity, "METRIC")]:
                wrong.append(quantity)
    assert wrong == []


def find_surfaces(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span, _ in match_rules(text, RULES)]
