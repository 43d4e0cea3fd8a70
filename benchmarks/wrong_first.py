"""Counts a model's mistakes in the sentences that `parkner rank` puts first, for people who correct pre-labels.

python benchmarks/wrong_first.py models/ner/model-best corpus/gold/dev
"""

import sys
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from rich.console import Console

from annotate.records import read_sentences
from annotate.rules.file import load_rules
from annotate.sentence import Sentence
from annotate.tables import make_table
from training.measure.rank import add_uncertainty, rank
from training.model.predict import load_model, predict

SHARES = (0.05, 0.1, 0.2, 0.3, 0.5, 1)  # shares of the sentences


def sum_up(counts: Sequence[int]) -> list[float]:
    """Return, for each share of the sentences from the first on, its percentage of the total count.

    >>> sum_up([3, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    [0.0, 75.0, 75.0, 75.0, 100.0, 100.0]
    """
    sums = [0, *accumulate(counts)]
    return [100 * sums[int(share * len(counts))] / sums[-1] for share in SHARES]


def count_mistakes(gold: Sentence, predicted: Sentence) -> int:
    """Count the spans that only one of the two sentences has.

    >>> from annotate.spans import Span
    >>> count_mistakes(Sentence("光谷见", (Span(0, 2, "PARK"),)), Sentence("光谷见", (Span(0, 2, "ORG"),)))
    2
    """
    return len({*gold.spans} ^ {*predicted.spans})


def main() -> None:
    nlp, gold = load_model(Path(sys.argv[1])), list(read_sentences(*map(Path, sys.argv[2:])))
    pairs = zip(gold, predict(gold, nlp), strict=True)
    counted = [right.with_spans(right.spans, mistakes=count_mistakes(right, found)) for right, found in pairs]
    ranked = rank(add_uncertainty(counted, nlp, load_rules()))
    table = make_table("% of the sentences", "% of the characters", "% of the mistakes")
    characters = sum_up([len(sentence.text) for sentence in ranked])
    mistakes = sum_up([sentence.extra["mistakes"] for sentence in ranked])
    for row in zip(SHARES, characters, mistakes, strict=True):
        table.add_row(f"{100 * row[0]:g}", *(f"{share:.0f}" for share in row[1:]))
    Console().print(table)


if __name__ == "__main__":
    main()
