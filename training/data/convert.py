"""Converts gold records to spaCy's training data without dropping any entity."""

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

UNSURE = ""  # the label of a span that may or may not be an entity


def to_doc(sentence: Sentence, vocab: Vocab) -> Doc:
    """Make the reference Doc of a sentence. Its entities are exactly the spans: a token is cut where a span cuts it.

    The tokens of a span labelled UNSURE are left open: they may be an entity or not (`Token.ent_iob` is 0). In training
    spaCy aligns these tokens with the pipeline's own, and leaves out what does not align.
    """
    doc = make_doc(vocab, cut_at_spans(sentence, to_tokens))
    entities = [doc.char_span(*span) for span in sentence.spans if span.label != UNSURE]
    doc.set_ents(entities, missing=[doc.char_span(*span) for span in sentence.spans if span.label == UNSURE])
    return doc


def to_sentence(doc: Doc) -> Sentence:
    """Return the sentence from which `to_doc` made this Doc.

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
    """Add a span labelled UNSURE at each place in the key `unsure` of a silver record (`training.data.silver`).

    Raises ParknerError with the address if a place is not within the text or overlaps a span.

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
        raise ParknerError(f'{address}: "unsure" is not a list of [start, end] within the text and outside its spans')
    return marked


def convert(gold: Path, folder: Path, *, silver: Iterable[Path] = ()) -> dict[Path, list[str]]:
    """Write `train.spacy`, `dev.spacy` and, if `gold` has a folder `test`, `test.spacy` from the folders so named.

    A Doc is an article or a piece of a long article; each of its lines is a sentence. The articles of `silver`, files
    or folders, follow those of `train`. Returns, for each file written, the entities that do not align with character
    tokens, each with its address and text: training skips them. Raises ParknerError for a gold folder without `train`
    or `dev`, and for unsound records.
    """
    list(find_gold([gold]))
    converted = {}
    for partition in PARTITIONS:
        if (gold / partition).is_dir():
            sources = [gold / partition, *(silver if partition == "train" else ())]
            converted[folder / f"{partition}.spacy"] = _convert_files(sources)
    for path, (docs, _) in converted.items():  # only now: an error in dev must not leave a train of another time
        with write_beside(path) as beside, blame(path):
            docs.to_disk(beside)
    return {path: unaligned for path, (_, unaligned) in converted.items()}


def _convert_files(sources: Iterable[Path]) -> tuple[DocBin, list[str]]:
    """The Docs of record files, and a line for each entity that does not align."""
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
    return docs, unaligned
