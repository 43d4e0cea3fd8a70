"""A trained pipeline as a stage: sentences in, the same sentences with the model's spans out."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language

from annotate.corpus import Sentence, find_starts, group_articles, join_sentences
from annotate.errors import ParknerError
from annotate.spans import Span, keep_first


def load_model(path: Path) -> Language:
    """Load a pipeline that recognises entities. Raises ParknerError for a folder that holds none."""
    try:
        nlp = spacy.load(path)
    except (OSError, ValueError, KeyError) as error:
        raise ParknerError(f"{path}: no spaCy pipeline that can be loaded ({str(error).splitlines()[0]})") from error
    if not {"ner", "entity_ruler"} & set(nlp.pipe_names):
        raise ParknerError(
            f"{path}: the pipeline has no entity recogniser, only {', '.join(nlp.pipe_names) or 'nothing'}"
        )
    return nlp


def predict(sentences: Iterable[Sentence], nlp: Language) -> Iterator[Sentence]:
    """Yield each sentence with the spans that the pipeline finds in it, in the order in which they come.

    The pipeline reads an article at a time, its sentences as the lines of a Doc. The extra key `origin` says
    `[start, end, label, "model"]` for each span.
    """
    pairs = ((join_sentences(article).text, article) for article in group_articles(sentences))
    for doc, article in nlp.pipe(pairs, as_tuples=True):
        starts = list(find_starts(sentence.text for sentence in article))
        found: list[list[Span]] = [[] for _ in article]
        for entity in doc.ents:
            number = bisect_right(starts, entity.start_char) - 1
            found[number].append(Span(entity.start_char, entity.end_char, entity.label_).shift(-starts[number]))
        for sentence, spans in zip(article, found, strict=True):
            yield sentence.with_spans(spans, origin=[[*span, "model"] for span in spans])


def merge(first: Iterable[Sentence], second: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield each sentence with the spans of `first` and those of `second` that overlap none of them.

    Both hold the same sentences in the same order; each span keeps its `origin`.

    >>> one = Sentence("光谷见", (Span(0, 2, "PARK"),), extra={"origin": [[0, 2, "PARK", "model"]]})
    >>> two = Sentence("光谷见", (Span(0, 3, "ORG"),), extra={"origin": [[0, 3, "ORG", "suffix"]]})
    >>> next(merge([one], [two])).extra
    {'origin': [[0, 2, 'PARK', 'model']]}
    """
    for one, other in zip(first, second, strict=True):
        spans = keep_first([*one.spans, *other.spans])
        origins = {Span(*origin[:3]): origin for origin in [*other.extra["origin"], *one.extra["origin"]]}
        yield one.with_spans(spans, origin=[origins[span] for span in spans])
