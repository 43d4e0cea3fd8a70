import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.pages import split
from annotate.pages.page_files import Article
from annotate.pages.split import split_article, split_text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("青芦湾动工。二期未定！何时投产？", ["青芦湾动工。", "二期未定！", "何时投产？"]),
        ("她说：“订单排到明年。”车间里没有空位。", ["她说：“订单排到明年。”", "车间里没有空位。"]),
        ('她说:"订单排到明年。"车间没有空位.', ['她说:"订单排到明年。"', "车间没有空位."]),
        ("(本报记者 林小禾。)青芦湾讯", ["(本报记者 林小禾。)", "青芦湾讯"]),
        ("增长3.5%.产值12.6亿元", ["增长3.5%.", "产值12.6亿元"]),
        ("1.选址 2.立项", ["1.选址 2.立项"]),
        ("见 http://a.example/list?page=2&all!的说明", ["见 http://a.example/list?page=2&all!", "的说明"]),
        ("他答了声“行。”，便走了。", ["他答了声“行。”，便走了。"]),
        ("“再等等……”他没说完", ["“再等等……”", "他没说完"]),
        ("从第8位升到第3位……如今又回到第5位", ["从第8位升到第3位……如今又回到第5位"]),
        ("竣工投用。...后续报道", ["竣工投用。...", "后续报道"]),
        ("真的?!是的。", ["真的?!", "是的。"]),
        ("引进两家;签约三家；开工一家", ["引进两家;", "签约三家；", "开工一家"]),
        ("标题没有句号\n\n 　正文。", ["标题没有句号", "正文。"]),
        ("昨晚《你好！青芦湾》在园区首映。座无虚席。", ["昨晚《你好！青芦湾》在园区首映。", "座无虚席。"]),
        ("《青芦湾等你！》在园区首映。", ["《青芦湾等你！》在园区首映。"]),
        ("他看了《青芦湾》。明年再来", ["他看了《青芦湾》。", "明年再来"]),
        ("该项目（一期已满！二期在建。）由园区负责。", ["该项目（一期已满！二期在建。）由园区负责。"]),
        ("园区开工。（记者林小禾。）明年投产", ["园区开工。", "（记者林小禾。）", "明年投产"]),
        ("车间没有空位．", ["车间没有空位．"]),
        ("林小禾．园区的十年．青芦湾出版社", ["林小禾．园区的十年．青芦湾出版社"]),
        ("青芦湾动工｡二期未定", ["青芦湾动工｡", "二期未定"]),
        ("青芦湾动工啦！🎉🎉二期未定。 👍🏻 何时投产？", ["青芦湾动工啦！🎉🎉", "二期未定。 👍🏻", "何时投产？"]),
        ("园区" + "…" * 50_000, ["园区" + "…" * 50_000]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_split(text, sentences):
    assert list(split_text(text)) == sentences


def test_semicolons_are_optional():
    assert list(split_text("引进两家;签约三家；开工一家。完", semicolons=False)) == [
        "引进两家;签约三家；开工一家。",
        "完",
    ]


@given(st.text(alphabet="园区a1 。！？!?.…;；”’\"'《》（）)]．｡🎉\n\t　"), st.booleans())
def test_nothing_is_lost(text, semicolons):
    sentences = list(split_text(text, semicolons=semicolons))
    assert "".join("".join(sentences).split()) == "".join(text.split())
    end = 0
    for sentence in sentences:
        end = text.index(sentence, end) + len(sentence)
        assert sentence == sentence.strip() != ""


@given(st.text(alphabet="园区a1 。！？!?.…;；”’\"'《》（）)]．｡🎉\n"))
def test_a_sentence_is_not_split_again(text):
    for sentence in split_text(text):
        if '"' not in sentence and "'" not in sentence:  # what closes a quotation depends on what opened it
            assert list(split_text(sentence)) == [sentence]


def count_quotes(text: str, semicolons: bool) -> list[str]:
    """Sentences by the definition: a straight quotation mark closes when the marks of its line before it are odd."""
    ends = split._FULL_STOP_OR_SEMICOLON if semicolons else split._FULL_STOP
    sentences = []
    for line in text.splitlines():
        start = 0
        for match in ends.finditer(line):
            end = match.end()
            end += line[end : end + 1] in ('"', "'") and line[:end].count(line[end]) % 2
            sentences.append(line[start:end])
            start = end
        sentences.append(line[start:])
    return [sentence.strip() for sentence in sentences if sentence.strip()]


@given(st.text(alphabet="园a。！!?；”\"'\n,"), st.booleans())
def test_straight_quotation_marks_close_by_their_number(text, semicolons):
    assert list(split_text(text, semicolons=semicolons)) == count_quotes(text, semicolons)


@pytest.mark.parametrize("unit", ['他说。"', "他说。'\"", "?", "！", "…", "[", "。”", "；”"])
def test_a_line_of_a_million_characters_takes_no_hours(unit):
    text = unit * (1_000_000 // len(unit)) + "a"
    assert "".join(split_text(text)) == text


def test_article():
    first, second = split_article(Article("qinglu", "青芦湾\n动工。", published="2024-05-06"))
    assert (first.article, first.number, second.number) == ("qinglu", 1, 2)
    assert first.extra == {"published": "2024-05-06"}
