"""Words tear apart what is only there by chance; dates, quantities and names of their own stay."""

import pytest

from annotate.rules.file import load_rules
from annotate.rules.find import match_rules
from annotate.rules.seams import is_doubtful

RULES = load_rules()
TORN = [
    ("日前年报披露完毕。", "前年"),
    ("厂房建成后年产能翻番。", "后年"),
    ("生产线达产后年销售额可观。", "后年"),
    ("目前年吞吐量居首。", "前年"),
    ("弥补以前年度亏空。", "前年度"),
    ("公司说明年报事宜。", "明年"),
    ("透明年度预算。", "明年度"),
    ("过去年均用水不多。", "去年"),
    ("线上年货热销。", "上年"),
    ("首次年会在厂里开。", "次年"),
    ("不同年级一起上课。", "同年"),
    ("共同年度计划。", "同年度"),
    ("原来年产不高。", "来年"),
    ("资本年会散场。", "本年"),
    ("光明天地广场。", "明天"),
    ("如今天气渐凉。", "今天"),
    ("百年初心。", "年初"),
    ("列车驶过三门峡大坝。", "三门"),
    ("七台河的矿工。", "七台"),
    ("豪华大巴停在门口。", "华大"),
    ("雨点滴滴答答落下。", "滴滴"),
    ("八里台镇办了集市。", "八里"),
    ("他们从九台区赶来。", "九台"),
    ("三棵树镇的路修好了。", "三棵树"),
    ("郑州大学生返乡。", "郑州大学"),
    ("南京农业大学生在田里。", "南京农业大学"),
    ("湖北大学习之风。", "湖北大学"),
    ("合同由被告青芦湾公司签订。", "告青芦湾公司"),
    ("债务人贝昱恒公司到庭。", "人贝昱恒公司"),
    ("青芦市财政部门拨款。", "青芦市财政部"),
    ("由海岚市工信部门牵头。", "海岚市工信部"),
    ("违反治安管理处罚条例。", "治安管理处"),
    ("奥沙利文赢下首局。", "沙利文"),
    ("他们都在圣日耳曼俱乐部踢球。", "耳曼俱乐部"),
    ("他把房子卖给了好意思安科技新城。", "思安科技新城"),
]
WHOLE = [
    ("园区去年产值38亿元。", "去年"),
    ("公司今年以来新签两单。", "今年"),
    ("他说明年开工。", "明年"),
    ("项目后年建成。", "后年"),
    ("前年,厂房封顶。", "前年"),
    ("金额占上年营收的一半。", "上年"),
    ("片区上半年营收翻番。", "上半年"),
    ("明天签约。", "明天"),
    ("引进两家企业。", "两家"),
    ("华大研发的测序仪下线。", "华大"),
    ("滴滴在园区设点。", "滴滴"),
    ("三棵树的涂料卖得好。", "三棵树"),
    ("吉林大学生物系搬了家。", "吉林大学生物系"),
    ("郑州大学学生返乡。", "郑州大学"),
    ("青岚市橡胶协会会长到场。", "青岚市橡胶协会"),
    ("原告与被告青芦湾公司签约。", "青芦湾公司"),
    ("债务人贝昱恒公司到庭。", "贝昱恒公司"),
    ("还请合肥市第三人民医院派医生来。", "合肥市第三人民医院"),
    ("由宝钛集团供货。", "宝钛集团"),
    ("园区有志超科技的厂房。", "志超科技"),
    ("他去青芦市财政局办事。", "青芦市财政局"),
]


def find(text: str) -> list[str]:
    return [text[span.start : span.end] for span, _ in match_rules(text, RULES)]


@pytest.mark.parametrize(("text", "surface"), TORN)
def test_what_two_words_tear_apart_is_no_mention(text: str, surface: str) -> None:
    assert surface in text
    assert surface not in find(text)


@pytest.mark.parametrize(("text", "surface"), WHOLE)
def test_what_stands_between_words_stays(text: str, surface: str) -> None:
    assert surface in find(text)


@pytest.mark.parametrize(("surface", "label"), [("2023年", "DATE"), ("上个世纪", "DATE"), ("第二", "NONE")])
def test_long_matches_digits_and_guards_are_not_doubted(surface: str, label: str) -> None:
    assert not is_doubtful(surface, label)
