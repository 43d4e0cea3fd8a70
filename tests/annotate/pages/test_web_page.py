"""Web pages are read as a browser shows them."""

import pytest

from annotate.pages.web_page import read_web_page

BODY = "".join(
    f"<p>青芦湾医药港第{n}期昨日动工，一期用地三百二十亩，由青芦湾建设集团承建，预计明年底交付。</p>"
    for n in "一二三四"
)
SECRET = "这句话谁也看不见"


def read(body: str) -> str:
    page = read_web_page(f"<html><head><title>动工</title></head><body><article>{body}</article></body></html>")
    assert page
    return page.text


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>{}</p>",
        "<p style='color:red; DISPLAY : none !important;'>{}</p>",
        "<span style='visibility:hidden'>{}</span>",
        "<span style='font-size:0'>{}</span>",
        "<span style='font-size: 0px'>{}</span>",
        "<span style='opacity:0'>{}</span>",
        "<p style='opacity: 0.0'>{}</p>",
        "<p style='opacity:0%'>{}</p>",
        "<p style='font-size:.0em'>{}</p>",
        "<p style='font: 0/0 a'>{}</p>",
        "<p style='color:red; /* red */ display:none'>{}</p>",
        "<p style='display:block; display:none'>{}</p>",
        "<p style='text-indent:-9999px'>{}</p>",
        "<b style='position:absolute; left:-9999px'>{}</b>",
        "<p style='height:0; overflow:hidden'>{}</p>",
        "<table><tr style='display:none'><td>{}</td></tr></table>",
        "<p hidden>{}</p>",
        "<p HIDDEN=''>{}</p>",
        "<p aria-hidden=TRUE>{}</p>",
        "<dialog>{}</dialog>",
        "<datalist><option>{}</option></datalist>",
        "<button>{}</button>",
        "<input value='{}'>",
        "<iframe srcdoc='{}'></iframe>",
        "<iframe>{}</iframe>",
        "<video>{}</video>",
        "<object>{}</object>",
        "<img alt='{}'>",
        "<!--[if IE]><p>{}</p><![endif]-->",
        "<p aria-hidden='true'>{}</p>",
        "<div style='display:none'><p><b>{}</b></p></div>",
        "<template><p>{}</p></template>",
        "<textarea>{}</textarea>",
        "<select><option>{}</option></select>",
        "<noscript>{}</noscript>",
        "<svg><text>{}</text></svg>",
        "<script>var a = '{}'</script>",
        "<!-- {} -->",
    ],
)
def test_what_is_hidden_is_not_read(hidden):
    text = read(BODY + hidden.format(SECRET) + "<p>后面这一段看得见，园区负责人谈到了道路与供电。</p>")
    assert SECRET not in text
    assert "后面这一段看得见" in text
    assert text.count("昨日动工") == 4


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0.9em",
        "opacity:0.8",
        "opacity:.05",
        "display:block",
        "display:none; display:block",
        "visibility:visible",
        "overflow:hidden",
        "text-indent:-2em",
        "font:12px/0 a",
        "background:url(display:none.png)",
    ],
)
def test_what_is_only_small_is_read(style):
    assert SECRET in read(BODY + f"<p style='{style}'>{SECRET}，园区负责人谈到了配套道路与供电。</p>")


def test_an_article_that_a_script_shows_is_read():
    page = read_web_page(f"<body><div id='js_content' style='visibility: hidden; opacity: 0;'>{BODY}</div></body>")
    assert page
    assert page.text.count("昨日动工") == 4


def test_scripts_do_not_count_as_text_of_the_page():
    script = f"<script>var a = '{'数据' * 5000}'</script>"
    page = read_web_page(f"<body>{script}<div style='visibility:hidden'>{BODY}</div>{script}</body>")
    assert page
    assert page.text.count("昨日动工") == 4


def test_paragraphs_that_fade_in_are_read():
    text = read(BODY.replace("<p>", "<p style='visibility:hidden; animation-name:none'>"))
    assert text.count("昨日动工") == 4


def test_a_hidden_part_of_a_hidden_part_is_told_once():
    page = read_web_page(f"<article>{BODY}<div hidden><p style='display:none'>{SECRET}</p></div></article>")
    assert page
    assert page.left_out == (("hidden", SECRET),)


def test_a_long_style_is_told_by_its_name():
    page = read_web_page(f"<article>{BODY}<p style='font:0 {'a ' * 50}'>{SECRET}</p></article>")
    assert page
    assert page.left_out == (("font", SECRET),)


def test_what_follows_a_hidden_part_in_its_line_stays():
    assert "园区新增企业十二家" in read(BODY + f"<p>园区新增<i hidden>{SECRET}</i>企业十二家，比上年多一成。</p>")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("青芦湾建设集\n团承建，预计明年底交付。", "青芦湾建设集团承建，预计明年底交付。"),
        ("园区引进了 BioNest\n  Labs 公司的实验室和生产线。", "引进了 BioNest Labs 公司"),
        ("项目<b>一期</b>\n<i>建成</i>\n投产，预计明年见效。", "项目一期建成投产，预计明年见效。"),
        ("由 <b>BioNest</b>\nLabs 承建的厂房明年交付。", "由 BioNest Labs 承建的厂房明年交付。"),
        ("厂房已经&#1;封顶，设备下月进场安装。", "厂房已经封顶，设备下月进场安装。"),
        ("厂房已经&#1;封顶，\n设备下月进场安装。", "厂房已经封顶，设备下月进场安装。"),
        ("厂房已经封顶，\r\n\t\t设备下月进场安装。", "厂房已经封顶，设备下月进场安装。"),
    ],
)
def test_a_line_break_in_the_source_breaks_no_line(source, shown):
    assert shown in read(BODY + f"<p>{source}</p>")


def test_br_breaks_a_line():
    assert "动工仪式简短。\n下月进场" in read(BODY + "<p>动工仪式简短。<br>下月进场安装设备的有三家企业。</p>")


def test_an_article_may_be_called_a_comment():
    page = read_web_page(f"<body><div class='comment-content article'>{BODY}</div></body>")
    assert page
    assert page.text.count("昨日动工") == 4


def test_it_tells_what_it_left_out():
    page = read_web_page(
        f"<body><nav><a href='/'>网站首页</a></nav><article>{BODY}<p hidden>{SECRET}</p></article></body>"
    )
    assert page
    assert ("hidden", SECRET) in page.left_out
    assert ("outside the article", "网站首页") in page.left_out
    assert not any("昨日动工" in text for _, text in page.left_out)


@pytest.mark.parametrize("html", ["", "<html></html>", "<body><nav>首页</nav></body>"])
def test_a_page_without_an_article_is_none(html):
    assert read_web_page(html) is None
