import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.normalise import normalise
from annotate.pages.clean import FURNITURE_LENGTH, clean, find_reasons, load_furniture, load_published, to_published
from annotate.pages.page_files import Article
from annotate.settings import CONFIGS, load_toml

SETTINGS = load_toml(CONFIGS / "furniture.toml")
BODY = ["青芦湾医药港昨日开园，首批十二家企业入驻。", "改革", "园区负责人林小禾说，明年还会更快。"]


def kept_of(*lines):
    article, _ = clean(Article("a", "\n".join(lines)))
    return article.text.splitlines()


@pytest.mark.parametrize(
    ("pattern", "line"),
    [(entry["name"], line) for entry in SETTINGS["furniture"] for line in entry["match"]],
)
def test_furniture_matches(pattern, line):
    assert load_furniture().lines[pattern].search(normalise(line).text)


@pytest.mark.parametrize("line", [line for entry in SETTINGS["furniture"] for line in entry["skip"]])
def test_prose_is_no_furniture(line):
    assert not [name for name, pattern in load_furniture().lines.items() if pattern.search(normalise(line).text)]


@pytest.mark.parametrize("name", ["prose", "related"])
def test_prose_and_headings_of_related_articles(name):
    pattern = getattr(load_furniture(), name)
    assert all(pattern.search(normalise(line).text) for line in SETTINGS[name]["match"])
    assert not any(pattern.search(normalise(line).text) for line in SETTINGS[name]["skip"])


@pytest.mark.parametrize(
    "line",
    [
        "园区开通企业服务热线0571-88880000，全天受理企业的诉求。",
        "青芦湾法院审结了一起软件版权案，被告在判决后删去了程序，也记住了侵权必究四个字。",
        "企业所在位置：在青芦湾医药港的东侧，与地铁站相距五百米。",
        "省信息中心为园区提供技术支持，网站地图和办事指南都由它维护。",
        "市民可以拨打12345热线，也可以在客户端上反映，由专人在两天内答复。",
        "附件所列的企业均已投产，附件1：名单.docx中的三家被列为重点。",
        "他把手机13900000000写在墙上，让来往的司机都能找到他。",
        "下载园区通客户端的企业已有三百家，办事从三天缩到了一天。",
    ],
)
def test_a_sentence_of_the_article_stays(line):
    assert list(find_reasons([line])) == [""]


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：林小禾",
        "登录 | 注册",
        "展开全文",
        "document.write(\"<div class='ad'>\");",
        "某某电竞入口丨某某体育在线丨某某棋牌官网",
        "欢迎拨打招商热线0571-88880000咨询入园的政策和在建的厂房。",
        "本文来自网络，版权归原作者所有，如有侵权请在七天内与我们联系删除。",
    ],
)
def test_what_belongs_to_the_page_goes(line):
    assert list(find_reasons([line])) != [""]


DATES = load_toml(CONFIGS / "published.toml")["published"]


@pytest.mark.parametrize(("name", "line"), [(entry["name"], line) for entry in DATES for line in entry["match"]])
def test_a_page_states_its_date(name, line):
    page = f"园区开工\n{normalise(line).text}\n厂房今日封顶。"
    assert load_published()[name].search(page)
    assert to_published(page) == "2024-05-06"


@pytest.mark.parametrize("line", [line for entry in DATES for line in entry["skip"]])
def test_a_date_in_prose_is_not_that_of_the_page(line):
    assert to_published(f"园区开工\n{line}\n厂房今日封顶。") is None


def test_furniture_goes_and_is_told():
    article, dropped = clean(Article("a", "當前位置：首頁 > 要聞\n" + BODY[0] + "\n\n分享到:\n版权所有 青芦湾管委会"))
    assert article.text == BODY[0]
    assert [(drop.line, drop.reason) for drop in dropped] == [(1, "breadcrumb"), (4, "share"), (5, "copyright")]


def test_long_lines_are_prose():
    line = (
        "园区公众号提醒读者转载请注明出处，" + "并说明各项数据的口径与来源，" * (FURNITURE_LENGTH // 10) + "以免误解。"
    )
    assert kept_of(line) == [line]


def test_doubled_body_goes():
    assert kept_of(*BODY, *BODY) == BODY


def test_doubled_body_in_one_line_goes():
    assert kept_of(*BODY, BODY[0] + "  " + BODY[2]) == BODY


def test_doubled_line_keeps_its_first_half():
    article, dropped = clean(Article("a", "图为青芦湾医药港内景。 林小禾摄图为青芦湾医药港内景。 林小禾摄"))
    assert article.text == "图为青芦湾医药港内景。 林小禾摄"
    assert [drop.reason for drop in dropped] == ["doubled"]


def test_a_headline_of_other_articles_may_be_the_title_too():
    lines = ["热门新闻", "青芦湾医药港昨日开园迎来首批企业", "青芦湾医药港昨日开园迎来首批企业。", BODY[2]]
    assert kept_of(*lines) == lines[2:]


def test_numbers_are_not_halved():
    assert kept_of("12.5%  8.3%  12.5%  8.3%") == ["12.5%  8.3%  12.5%  8.3%"]


def test_cells_of_a_table_may_come_again():
    table = ["产值", "亿元", "12.5", "税收", "亿元", "1.2"]
    assert kept_of(*table) == table


def test_related_articles_go_but_prose_stays():
    assert kept_of(BODY[0], "相关文章", "别处开工在即", "又一处开工，总投资...", BODY[2]) == [BODY[0], BODY[2]]


@given(st.lists(st.text(alphabet="园区开工产值增长。，；！12 ", min_size=1, max_size=30), max_size=8))
def test_kept_lines_are_as_written_and_in_order(lines):
    raw = [line.strip() for line in lines if line.strip()]
    position = 0
    for line in kept_of(*lines):
        position = next(i for i in range(position, len(raw)) if raw[i].startswith(line)) + 1


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("发布日期:2022-08-18", "2022-08-18"),
        ("發布時間：2022年8月8日", "2022-08-08"),
        ("来源:青芦湾日报 发布于 2022/08/18 浏览次数:3", "2022-08-18"),
        ("2020年03月05日 星期四\n2024-06-11 08:15:32   來源:本網", "2024-06-11"),
        ("新闻\n2023-04-04 19:45\n正文", "2023-04-04"),
        ("2023-11-09 18:05:31 青芦湾日报 文/林小禾", "2023-11-09"),
        ("2023.4.4", "2023-04-04"),
        ("采写：林小禾 刊发：2021年10月28日", "2021-10-28"),
        ("2023-05-19 17:28 来源:本网\n该办法发布于2015年3月1日，由青芦湾执行。", "2023-05-19"),
        ("\n" * 50_000, None),
        ("日期:2023-13-45", None),
        ("2022年8月18日,青芦湾医药港开园,运营时间未定。", None),
        ("会议时间:未定", None),
    ],
)
def test_published(text, published):
    assert to_published(text) == published


def test_the_source_knows_its_date_best():
    article, _ = clean(Article("a", "发布日期:2022-08-18", published="2022-08-19"))
    assert article.published == "2022-08-19"
