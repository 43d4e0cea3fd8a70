"""Runs a trained pipeline over sentences and gives them the model's spans."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from annotate.errors import ParknerError
from annotate.sentence import Sentence, find_starts, join_sentences
from annotate.settings import load_labels
from annotate.spans import Span, keep_first, trim
from training.inputs import find_pipelines
from training.pieces import group_pieces
from training.refusals import name_refusals

Reading = tuple[Doc, list[Sentence]]


def load_model(path: Path) -> Language:
    """Load a pipeline that recognises our labels. Raises ParknerError for a folder without such a pipeline."""
    list(find_pipelines([path]))
    with name_refusals(f"{path}: spaCy cannot load this pipeline"):
        nlp = spacy.load(path)
    recognisers = [name for name in nlp.pipe_names if name == "ner" or "doc.ents" in nlp.get_pipe_meta(name).assigns]
    if not recognisers:
        raise ParknerError(
            f"{path}: the pipeline has no entity recogniser, only {', '.join(nlp.pipe_names) or 'nothing'}"
        )
    labels = {label for name in recognisers for label in nlp.get_pipe(name).labels}
    if labels and labels.isdisjoint(label.name for label in load_labels()):
        raise ParknerError(f"{path}: none of its labels is in configs/labels.toml: {', '.join(sorted(labels))}")
    return nlp


def read(sentences: Iterable[Sentence], nlp: Language, *, disable: Iterable[str] = ()) -> Iterator[Reading]:
    """Run a pipeline over each article; yield its Doc, one sentence a line, together with the sentences.

    A long article is read in pieces (`training.pieces`). Components in `disable` do not run.
    """
    pairs = ((join_sentences(piece).text, piece) for piece in group_pieces(sentences))
    yield from nlp.pipe(pairs, as_tuples=True, disable=[*disable])


def predict(sentences: Iterable[Sentence], nlp: Language) -> Iterator[Sentence]:
    """Yield each sentence, in the same order, with the spans that the pipeline finds in it.

    The extra key `origin` holds `[start, end, label, "model"]` for each span. The spans of any pipeline come out sound:
    labels that are not in `configs/labels.toml` are left out, and `to_span` trims the others.
    """
    labels = {label.name for label in load_labels()}
    for doc, article in read(sentences, nlp):
        starts = list(find_starts(sentence.text for sentence in article))
        found: list[list[Span]] = [[] for _ in article]
        for entity in doc.ents:
            span = to_span(entity.start_char, entity.text, entity.label_)
            if span.start < span.end and span.label in labels:
                number = bisect_right(starts, span.start) - 1
                found[number].append(span.shift(-starts[number]))
        for sentence, spans in zip(article, found, strict=True):
            yield sentence.with_spans(spans, origin=[[*span, "model"] for span in spans])


def to_span(start: int, surface: str, label: str) -> Span:
    """Return the span of an entity, trimmed by `trim`; of an entity with a line break only the first line is kept.

    >>> to_span(7, " 青谷， \\n二期", "PARK")
    Span(start=8, end=10, label='PARK')
    """
    text = surface.lstrip()
    line = text.partition("\n")[0]
    return trim(Span(0, len(line), label), line).shift(start + len(surface) - len(text))


def merge(first: Iterable[Sentence], second: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield each sentence with the spans of `first`, and with those of `second` that overlap no span of `first`.

    Both hold the same sentences in the same order. Each span keeps its `origin`.

    >>> one = Sentence("光谷见", (Span(0, 2, "PARK"),), extra={"origin": [[0, 2, "PARK", "model"]]})
    >>> two = Sentence("光谷见", (Span(0, 3, "ORG"),), extra={"origin": [[0, 3, "ORG", "suffix"]]})
    >>> next(merge([one], [two])).extra
    {'origin': [[0, 2, 'PARK', 'model']]}
    """
    for one, other in zip(first, second, strict=True):
        spans = keep_first([*one.spans, *other.spans])
        origins = {Span(*origin[:3]): origin for origin in [*other.extra["origin"], *one.extra["origin"]]}
        yield one.with_spans(spans, origin=[origins[span] for span in spans])
