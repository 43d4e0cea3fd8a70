"""Gold records to spaCy's training data, with no entity dropped on the way."""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from annotate.corpus import PARTITIONS, Sentence, read_sentences
from annotate.errors import ParknerError
from annotate.files import find_files, write_beside
from annotate.spans import Span
from training.tokenizer import find_tokens, make_doc


def find_unaligned(tokens: list[str], spans: tuple[Span, ...]) -> Iterator[Span]:
    """Yield each span that begins or ends inside a token.

    >>> list(find_unaligned(["A", "2023", "年"], (Span(3, 6, "DATE"), Span(1, 6, "DATE"))))
    [Span(start=3, end=6, label='DATE')]
    """
    edges = {0, *accumulate(map(len, tokens))}
    yield from (span for span in spans if not {span.start, span.end} <= edges)


def to_doc(sentence: Sentence, vocab: Vocab) -> Doc:
    """The reference Doc of a sentence: its entities are just the spans, since tokens are cut where a span cuts them.

    spaCy aligns these tokens with the pipeline's own in training, and leaves out what does not align.
    """
    cuts = sorted({edge for span in sentence.spans for edge in (span.start, span.end)} | {0, len(sentence.text)})
    pieces = [sentence.text[start:end] for start, end in pairwise(cuts)]
    doc = make_doc(vocab, [token for piece in pieces for token in find_tokens(piece)])
    doc.set_ents([doc.char_span(*span) for span in sentence.spans])
    return doc


def convert(gold: Path, folder: Path) -> dict[Path, list[str]]:
    """Write `train.spacy`, `dev.spacy` and (where there is one) `test.spacy` from the gold folders of those names.

    Returns for each file written the entities that do not align with character tokens, an address and a surface each:
    training passes over them. Raises ParknerError for a gold folder without `train` or `dev` and for unsound records.
    """
    written = {}
    for partition in PARTITIONS:
        if (gold / partition).is_dir():
            written[folder / f"{partition}.spacy"] = _convert_partition(gold / partition, folder / f"{partition}.spacy")
        elif partition != "test":
            raise ParknerError(f"{gold}: no folder {partition!r}; gold lies in {gold}/{{train,dev,test}}/*.jsonl")
    return written


def _convert_partition(partition: Path, output: Path) -> list[str]:
    vocab = spacy.blank("xx").vocab
    docs, unaligned = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SPACY"]), []
    for path in find_files([partition], (".jsonl",)):
        for sentence in read_sentences(path):
            docs.add(to_doc(sentence, vocab))
            for span in find_unaligned(find_tokens(sentence.text), sentence.spans):
                surface = sentence.text[span.start : span.end]
                unaligned.append(f"{path}: sentence {sentence.number}: span {span} {surface!r} cuts a token")
    with write_beside(output) as beside:
        docs.to_disk(beside)
    return unaligned
