from annotate.pages.to_sentences import read_pages


def test_pages_are_read_lazily_and_in_their_order(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(f"石桥药业落户{name}区。青芦湾医药港去年引进十二家企业。", "utf-8")
    sentences = read_pages([tmp_path / "b.txt", tmp_path / "a.txt"])
    assert next(sentences).article == "b"
    assert [(sentence.article, sentence.number) for sentence in sentences] == [("b", 2), ("a", 1), ("a", 2)]


def test_only_simplified_changes_the_text(tmp_path):
    (tmp_path / "a.txt").write_text("青蘆灣醫(yī)藥港引進企業。", "utf-8")
    texts = [[s.text for s in read_pages([tmp_path], simplified=simplified)] for simplified in (False, True)]
    assert texts == [["青蘆灣醫(yī)藥港引進企業。"], ["青芦湾医药港引进企业。"]]


def test_a_semicolon_ends_a_sentence_unless_told_otherwise(tmp_path):
    (tmp_path / "a.txt").write_text("石桥药业落户青芦湾医药港；去年引进十二家企业。", "utf-8")
    assert [len(list(read_pages([tmp_path], semicolons=semicolons))) for semicolons in (True, False)] == [2, 1]


def test_what_is_dropped_is_told_with_its_article(tmp_path):
    (tmp_path / "a.txt").write_text("石桥药业落户青芦湾医药港。\n上一篇:没有了\n", "utf-8")
    told = []
    sentences = list(read_pages([tmp_path], on_drop=lambda name, line: told.append((name, str(line)))))
    assert [sentence.text for sentence in sentences] == ["石桥药业落户青芦湾医药港。"]
    assert [name for name, _ in told] == ["a"]
    assert "上一篇" in told[0][1]
