"""An entity recogniser that decides on a whole Doc at once: in place of spaCy's `ner`, the factory `crf_ner`.

spaCy's own decides token by token and cannot take back an entity that it has begun. Here a network scores each tag at
each token, and a conditional random field (`training.crf`) finds the best legal row of tags.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import registry
from thinc.api import Linear, Model, NumpyOps, chain, with_array
from thinc.types import Floats2d

from training.crf import Floats, find_best, find_confidence, find_illegal, find_marginals, to_entities, to_row, to_tags
from training.hints import read_hints

SETTINGS = {
    "model": {
        "@architectures": "parkner.CRF.v1",
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 96,
            "depth": 4,
            "embed_size": 2000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        },
    },
    "trust": 0.0,
}
OUTSIDE = 0  # the place of the tag O
BATCH = 4000  # tokens that are read at once: memory does not grow with the texts
MISSING = 0  # what spaCy has for a token of which nothing is known
Reading = Callable[[Floats, Floats, list[int]], NDArray[Any]]  # what `training.crf` finds for each token


@registry.architectures("parkner.CRF.v1")
def build_crf_model(
    tok2vec: Model[list[Doc], list[Floats2d]], nO: int | None = None
) -> Model[list[Doc], list[Floats2d]]:
    """Scores of `nO` tags at each token of each Doc, (n, nO), and as a parameter the transitions between the tags."""
    output: Model[Floats2d, Floats2d] = Linear(nO=nO)
    transitions: Model[Any, Any] = Model("transitions", _pass_on, params={"T": None})
    model: Model[list[Doc], list[Floats2d]] = chain(tok2vec, with_array(output), transitions)
    model.set_ref("tok2vec", tok2vec)
    model.set_ref("output", output)
    model.set_ref("transitions", transitions)
    if isinstance(model.ops, NumpyOps):
        for layer in model.walk():
            layer.ops = NumpyOps(use_blis=False)  # NumPy multiplies matrices three times as fast as blis does
    return model


def _pass_on(model: Model[Any, Any], scores: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    return scores, lambda gradient: gradient


class CRFRecogniser(TrainablePipe):  # type: ignore[misc]  # spaCy trains, stores and calls only what is one
    """Trains on `doc.ents` of the references and sets `doc.ents`. No entity goes over a line break.

    `trust` in the rules, 0 or more, is added to the score of what they say of a token: its tag in a hint
    (`training.hints`) or O. It keeps the model from inventing names in text of another kind than it has learned from.
    0 where there are no rules.
    """

    def __init__(
        self, vocab: Any, model: Model[list[Doc], list[Floats2d]], name: str = "ner", *, trust: float = 0.0
    ) -> None:
        self.vocab, self.model, self.name, self.trust = vocab, model, name, trust
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> tuple[str, ...]:
        """What `spacy init labels` writes and `initialize` takes back."""
        return self.labels

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Take the labels of the references, if none are given, and make the model's parameters."""
        examples = list(get_examples())
        found = {entity.label_ for example in examples for entity in example.reference.ents}
        self.cfg["labels"] = sorted(found) if labels is None else list(labels)
        count = len(to_tags(self.labels))
        self.model.get_ref("output").set_dim("nO", count)
        self.model.get_ref("transitions").set_param("T", self.model.ops.alloc2f(count + 1, count + 1))
        self.model.initialize(X=[example.reference for example in examples[:10]])

    def predict(self, docs: Iterable[Doc]) -> list[NDArray[np.intp]]:
        """The number of the best tag of each token, an array (n) for each Doc."""
        return list(self._read(docs, find_best))

    def find_confidence(self, docs: Iterable[Doc]) -> list[Floats]:
        """How probable the tag is that `predict` gives each token, if that before it is right: an array (n) a Doc."""
        return list(self._read(docs, find_confidence))

    def _read(self, docs: Iterable[Doc], find: Reading) -> Iterator[NDArray[Any]]:
        for batch in minibatch_by_words(docs, size=BATCH, get_length=len):
            yield from self._read_batch(batch, find)

    def _read_batch(self, docs: list[Doc], find: Reading) -> list[NDArray[Any]]:
        lengths = [len(doc) for doc in docs]
        if not any(lengths):
            return [np.zeros(0, dtype=np.intp) for _ in docs]
        scores = self._join(self.model.predict(docs))
        if self.trust:
            scores[np.arange(len(scores)), self._read_tags(docs)] += self.trust
        scores[_find_breaks(docs), OUTSIDE + 1 :] = -np.inf
        found = find(scores, self._get_transitions(), [length for length in lengths if length])
        return np.split(found, np.cumsum(lengths)[:-1])

    def _read_tags(self, docs: Iterable[Doc]) -> NDArray[np.intp]:
        """The numbers of the tags that the rules say, one after the other."""
        rows, numbers = [], {tag: number for number, tag in enumerate(to_tags(self.labels))}
        for doc in docs:
            row = np.full(len(doc), OUTSIDE)
            for start, end, label in read_hints(doc):
                row[start:end] = [numbers.get(tag, OUTSIDE) for tag in to_row(end - start, label)]
            rows.append(row)
        return np.concatenate(rows)

    def set_annotations(self, docs: Iterable[Doc], scores: Iterable[NDArray[np.intp]]) -> None:
        """Set the entities that the tags say, of which `predict` gives the numbers."""
        tags = to_tags(self.labels)
        for doc, numbers in zip(docs, scores, strict=True):
            entities = to_entities([tags[number] for number in numbers])
            doc.set_ents([Span(doc, start, end, label=label) for start, end, label in entities])

    def get_loss(self, examples: Iterable[Example], scores: Sequence[Floats2d]) -> tuple[float, list[Floats2d]]:
        """The negative log-likelihood of the references, and its gradient by the scores; that by the transitions is
        added to their own. Where a reference says nothing of a token, every tag is right."""
        lengths = [len(rows) for rows in scores if len(rows)]
        joined, transitions = self._join(scores), self._get_transitions()
        every = find_marginals(joined, transitions, lengths)
        right = find_marginals(joined, transitions, lengths, allowed=self._find_allowed(examples))
        self.model.get_ref("transitions").inc_grad("T", self._to_model(every.transitions - right.transitions))
        ends = np.cumsum([len(rows) for rows in scores])
        gradients = [self._to_model(rows) for rows in np.split(every.tags - right.tags, ends[:-1])]
        return every.log_partition - right.log_partition, gradients

    def score(self, examples: Iterable[Example], **settings: Any) -> dict[str, Any]:
        """Precision, recall and F1 of exact entities, as spaCy names them: `ents_f`, `ents_per_type`."""
        scores: dict[str, Any] = get_ner_prf(examples)
        return scores

    def _to_model(self, numbers: Floats) -> Any:
        ops: Any = self.model.ops
        return ops.asarray(numbers, dtype="float32")

    def _from_model(self, numbers: Any) -> Floats:
        ops: Any = self.model.ops
        return np.asarray(ops.to_numpy(numbers), dtype="float64")

    def _join(self, scores: Sequence[Floats2d]) -> Floats:
        return np.concatenate([self._from_model(rows) for rows in scores])

    def _get_transitions(self) -> Floats:
        learned = self._from_model(self.model.get_ref("transitions").get_param("T")).copy()
        learned[find_illegal(to_tags(self.labels))] = -np.inf
        return learned

    def _find_allowed(self, examples: Iterable[Example]) -> NDArray[np.bool_]:
        rows = []
        for example in examples:
            allowed = np.zeros((len(example.predicted), len(to_tags(self.labels))), dtype=bool)
            allowed[:, OUTSIDE] = True
            for start, end, tags in self._find_right(example):
                allowed[start:end] = tags
            rows.append(allowed)
        return np.concatenate(rows)

    def _find_right(self, example: Example) -> Iterator[tuple[int, int, NDArray[np.bool_]]]:
        """Yield the tokens of each entity with their right tags, and with all tags what the reference leaves open."""
        predicted, reference, tags = example.predicted, example.reference, to_tags(self.labels)
        for token in reference if MISSING in reference.to_array("ENT_IOB") else ():
            if token.ent_iob == MISSING:
                left_open = predicted.char_span(token.idx, token.idx + len(token), alignment_mode="expand")
                yield left_open.start, left_open.end, np.array(True)
        for entity in reference.ents:
            place = entity.start_char, entity.end_char
            if found := predicted.char_span(*place):
                numbers = [tags.index(tag) for tag in to_row(len(found), entity.label_)]
                yield found.start, found.end, np.eye(len(tags), dtype=bool)[numbers]
            else:
                cut = predicted.char_span(*place, alignment_mode="expand")
                yield cut.start, cut.end, np.array(True)


def _find_breaks(docs: Iterable[Doc]) -> NDArray[np.bool_]:
    return np.array(["\n" in token.text for doc in docs for token in doc])


@Language.factory("crf_ner", assigns=["doc.ents", "token.ent_iob", "token.ent_type"], default_config=SETTINGS)
def create_recogniser(nlp: Language, name: str, model: Model[list[Doc], list[Floats2d]], trust: float) -> CRFRecogniser:
    """What `factory = "crf_ner"` in a config makes."""
    return CRFRecogniser(nlp.vocab, model, name, trust=trust)
