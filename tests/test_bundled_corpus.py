"""The bundled corpus is sound, and its gold is what its pages say."""

from pathlib import Path

import pytest

from annotate.check import check
from annotate.corpus import PARTITIONS, read_sentences

CORPUS = Path(__file__).parent.parent / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*/*.jsonl"))


def test_gold_passes_the_check():
    report = check([CORPUS / "gold"])
    assert report.problems == []
    assert [len(report.counts[partition].articles) >= 4 for partition in PARTITIONS] == [True] * 3
    assert min(count for partition in PARTITIONS for count in report.counts[partition].spans.values()) >= 50


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_what_the_page_says(path):
    page = (CORPUS / "articles" / f"{path.stem}.txt").read_text("utf-8")
    end = 0
    for number, sentence in enumerate(read_sentences(path), start=1):
        assert (sentence.article, sentence.number) == (path.stem, number)
        end = page.index(sentence.text, end) + len(sentence.text)


def test_the_table_lists_each_article_once():
    rows = [line.split("|")[1:3] for line in (CORPUS / "README.md").read_text("utf-8").splitlines() if "|" in line]
    listed = sorted((partition.strip(), slug.strip()) for partition, slug in rows[2:])
    assert listed == sorted((path.parent.name, path.stem) for path in GOLD)
    assert sorted(path.stem for path in (CORPUS / "articles").iterdir()) == sorted(path.stem for path in GOLD)
