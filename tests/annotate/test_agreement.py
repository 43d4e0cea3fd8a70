import pytest

from annotate.agreement import find_differences, pair, to_line
from annotate.corpus import Sentence, write_sentences
from annotate.errors import ParknerError
from annotate.spans import Span

TEXT = "去年青芦湾医药港引进十二家企业，管委会说还会有。"
PARK, SHORT, QUANTITY = Span(2, 8, "PARK"), Span(5, 8, "PARK"), Span(10, 13, "METRIC")


def differ(first, second):
    return [(d.first, d.second) for d in find_differences(Sentence(TEXT, first), Sentence(TEXT, second))]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((PARK, QUANTITY), (QUANTITY, PARK), []),
        ((PARK,), (SHORT,), [((PARK,), (SHORT,))]),
        ((PARK,), (), [((PARK,), ())]),
        ((), (PARK, QUANTITY), [((), (PARK,)), ((), (QUANTITY,))]),
        ((PARK,), (Span(2, 8, "ORG"),), [((PARK,), (Span(2, 8, "ORG"),))]),
        ((PARK,), (Span(2, 5, "PARK"), SHORT), [((PARK,), (Span(2, 5, "PARK"), SHORT))]),
    ],
)
def test_differences(first, second, expected):
    assert differ(first, second) == expected


def test_a_difference_as_a_line():
    (difference,) = find_differences(Sentence(TEXT, (PARK,), "qinglu", 3), Sentence(TEXT))
    assert to_line(difference) == "qinglu:3: [青芦湾医药港](PARK) | -: 去年青芦湾医药港引进十二家企业，…"


def test_pairs_are_the_same_sentence_of_the_same_article():
    first = [Sentence("甲", (), "a", 1), Sentence("乙", (), "a", 2), Sentence("丙", (), "a", 3)]
    second = [Sentence("丙", (), "a", 3), Sentence("甲", (), "b", 1), Sentence("乙", (Span(0, 1, "ORG"),), "a", 2)]
    pairing = pair(first, second)
    assert [sentence.text for sentence in pairing.first] == ["乙", "丙"]
    assert [len(sentence.spans) for sentence in pairing.second] == [1, 0]
    assert pairing.unpaired == (1, 1)


def test_nothing_in_common():
    with pytest.raises(ParknerError, match="no sentence in common"):
        pair([Sentence("甲")], [Sentence("乙")])


def test_agree_prints_scores_and_differences(tmp_path, parkner):
    write_sentences(tmp_path / "a.jsonl", [Sentence(TEXT, (PARK, QUANTITY), "q", 1), Sentence("再见", (), "q", 2)])
    write_sentences(tmp_path / "b.jsonl", [Sentence(TEXT, (SHORT, QUANTITY), "q", 1)])
    code, out, err = parkner("agree", tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    rows = {cells[1]: cells[2:5] for line in out.splitlines() if len(cells := line.split("│")) > 4}
    table = {label.strip(): [cell.strip() for cell in cells] for label, cells in rows.items()}
    assert code == 0
    assert table["PARK"] == ["0.0", "1", "1"]
    assert table["METRIC"] == ["100.0", "1", "1"]
    assert table["micro"] == ["50.0", "2", "2"]
    assert "q:1: [青芦湾医药港](PARK) | [医药港](PARK): 去年青芦湾医药港引进十二家企业，…" in out
    assert err == f"Warning: 1 sentences are only in {tmp_path / 'a.jsonl'}\n"
