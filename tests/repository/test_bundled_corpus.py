"""The bundled corpus is sound, large and consistent, and its gold is what its pages say."""

from pathlib import Path

import pytest

from annotate.quality.check import Report, check_records
from annotate.quality.consistency import find_unlabelled
from annotate.quality.stats import add_up, count_kinds
from annotate.records import read_sentences
from annotate.sentence import PARTITIONS
from annotate.spans import Span

CORPUS = Path(__file__).parent.parent.parent / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*/*.jsonl"))
ALLOWED = Path(__file__).parent / "unlabelled.txt"


@pytest.fixture(scope="module")
def report() -> Report:
    return check_records([CORPUS / "gold"])


def test_nothing_is_wrong_or_doubtful(report):
    assert report.problems == report.warnings == []


def test_it_is_as_large_and_varied_as_its_data_card_says(report):
    total = add_up(report.counts.values())
    assert [len(report.counts[partition].articles) for partition in PARTITIONS] == [182, 24, 25]
    assert total.sentences >= 8000
    assert total.without_spans >= 0.25 * total.sentences
    spans = {label: surfaces.total() for label, surfaces in total.surfaces.items()}
    assert all(spans[label] >= least for label, least in dict(PARK=2500, ORG=4500, METRIC=3500, DATE=2500).items())
    assert sum(spans.values()) >= 16000
    assert len(total.surfaces["PARK"]) >= 500
    assert len(total.surfaces["ORG"]) >= 2500
    kinds = count_kinds(total)
    assert len(kinds["units"]) >= 80
    assert len(kinds["date forms"]) >= 60


def test_what_is_labelled_three_times_is_labelled_everywhere_or_allowed_by_name():
    lines = (line.partition("#")[0].strip() for line in ALLOWED.read_text("utf-8").splitlines())
    unused = phrases = {line for line in lines if line}
    for sentence, span in find_unlabelled([sentence for path in GOLD for sentence in read_sentences(path)]):
        reasons = {phrase for phrase in phrases if covers(phrase, sentence.text, span)}
        assert reasons, f"{sentence.article}:{sentence.number}: {sentence.text[span.start : span.end]} is not labelled"
        unused = unused - reasons
    assert unused == set()


def covers(phrase: str, text: str, span: Span) -> bool:
    """Whether the span stands inside the phrase."""
    around = text[max(span.end - len(phrase), 0) : span.start + len(phrase)]
    return phrase in around


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_what_the_page_says(path):
    page = (CORPUS / "articles" / f"{path.stem}.txt").read_text("utf-8")
    end = 0
    for number, sentence in enumerate(read_sentences(path), start=1):
        assert (sentence.article, sentence.number) == (path.stem, number)
        end = page.index(sentence.text, end) + len(sentence.text)


def read_table() -> list[list[str]]:
    lines = (CORPUS / "README.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if row[0] in PARTITIONS and len(row) == 8]


def test_the_table_lists_each_article_once():
    sizes = {(path.parent.name, path.stem): str(sum(1 for _ in read_sentences(path))) for path in GOLD}
    rows = read_table()
    assert {(row[0], row[1]): row[-1] for row in rows} == sizes
    assert len(rows) == len(sizes)
    assert sorted(path.stem for path in (CORPUS / "articles").iterdir()) == sorted(path.stem for path in GOLD)


def test_no_two_rows_of_the_table_are_alike():
    kinds = [tuple(row[2:7]) for row in read_table()]
    assert len(set(kinds)) == len(kinds)
