"""Gold records to spaCy's training data, with no entity dropped on the way."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from annotate.errors import ParknerError
from annotate.files import blame, write_beside
from annotate.records import find_records, read_sentences
from annotate.sentence import PARTITIONS, Sentence, join_sentences, locate
from annotate.spans import Span, find_overlaps
from training.alignment import cut_at_spans, find_unaligned
from training.inputs import find_gold
from training.model.tokenizer import make_doc, to_tokens
from training.pieces import group_pieces

UNSURE = ""  # the label of a span of which nobody knows what it is


def to_doc(sentence: Sentence, vocab: Vocab) -> Doc:
    """The reference Doc of a sentence: its entities are just the spans, since tokens are cut where a span cuts them.

    Of the tokens of a span labelled UNSURE the Doc says nothing: they may be an entity or none (`Token.ent_iob` is 0).
    spaCy aligns these tokens with the pipeline's own in training, and leaves out what does not align.
    """
    doc = make_doc(vocab, cut_at_spans(sentence, to_tokens))
    entities = [doc.char_span(*span) for span in sentence.spans if span.label != UNSURE]
    doc.set_ents(entities, missing=[doc.char_span(*span) for span in sentence.spans if span.label == UNSURE])
    return doc


def to_sentence(doc: Doc) -> Sentence:
    """The sentence that `to_doc` made the Doc of.

    >>> to_sentence(to_doc(Sentence("光谷见了", (Span(0, 2, "PARK"), Span(2, 4, UNSURE))), Vocab())).spans
    (Span(start=0, end=2, label='PARK'), Span(start=2, end=4, label=''))
    """
    spans = [Span(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
    for known, run in groupby(doc, key=lambda token: token.ent_iob > 0):
        if not known:
            tokens = list(run)
            spans.append(Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]), UNSURE))
    return Sentence(doc.text).with_spans(spans)


def mark_unsure(sentence: Sentence, *, address: str) -> Sentence:
    """The sentence with a span labelled UNSURE at each place of its key `unsure`: silver data (`training.data.silver`).

    Raises ParknerError with the address for what is no place in the text, or meets a span.

    >>> mark_unsure(Sentence("光谷见", extra={"unsure": [[0, 2]]}), address="a.jsonl").spans
    (Span(start=0, end=2, label=''),)
    """
    places = sentence.extra.get("unsure", [])
    try:
        marked = sentence.with_spans([*sentence.spans, *(Span(start, end, UNSURE) for start, end in places)])
        sound = all(0 <= start < end <= len(sentence.text) for start, end, _ in marked.spans)
    except (TypeError, ValueError):
        sound = False
    if not sound or any(find_overlaps(marked.spans)):
        raise ParknerError(f'{address}: "unsure" is not a list of [start, end] in the text and beside its spans')
    return marked


def convert(gold: Path, folder: Path, *, silver: Iterable[Path] = ()) -> dict[Path, list[str]]:
    """Write `train.spacy`, `dev.spacy` and (where there is one) `test.spacy` from the gold folders of those names.

    A Doc is an article, or a piece of a long one, a sentence a line of it; the articles of `silver`, files or folders,
    follow those of `train`.
    Returns for each file written the entities that do not align with character tokens, an address and a surface each:
    training passes over them. Raises ParknerError for a gold folder without `train` or `dev` and for unsound records.
    """
    written = {}
    list(find_gold([gold]))
    for partition in PARTITIONS:
        if (gold / partition).is_dir():
            sources = [gold / partition, *(silver if partition == "train" else ())]
            written[folder / f"{partition}.spacy"] = _convert_files(sources, folder / f"{partition}.spacy")
    return written


def _convert_files(sources: Iterable[Path], output: Path) -> list[str]:
    vocab = spacy.blank("xx").vocab
    docs, unaligned = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SPACY"]), []
    for path in find_records(sources):
        for article in group_pieces(read_sentences(path)):
            addresses = [f"{path}: {locate(sentence)}" for sentence in article]
            marked = [mark_unsure(sentence, address=at) for sentence, at in zip(article, addresses, strict=True)]
            docs.add(to_doc(join_sentences(marked), vocab))
            for sentence, address in zip(article, addresses, strict=True):
                for span in find_unaligned(to_tokens(sentence.text), sentence.spans):
                    surface = sentence.text[span.start : span.end]
                    unaligned.append(f"{address}: span {span} {surface!r} cuts a token")
    with write_beside(output) as beside, blame(output):
        docs.to_disk(beside)
    return unaligned
