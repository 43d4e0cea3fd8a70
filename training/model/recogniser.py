"""An entity recogniser that tags a whole Doc at once: the factory `crf_ner`, in place of spaCy's `ner`.

spaCy's `ner` decides token by token and cannot take back an entity that it has begun. Here a network scores each tag at
each token, and a conditional random field (`training.model.crf`) finds the best legal tag sequence.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import kl_div
from spacy.errors import Errors
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.pipeline.ner import ner_score
from spacy.tokens import Doc, Span
from spacy.training import Example, validate_examples, validate_get_examples
from spacy.util import check_lexeme_norms, registry
from thinc.api import Linear, Model, NumpyOps, chain, set_dropout_rate, with_array
from thinc.types import Floats2d

from training.model.crf import (
    Floats,
    Marginals,
    decode,
    to_confidence,
    to_entities,
    to_illegal,
    to_marginals,
    to_row,
    to_tags,
)
from training.model.hints import read_hints
from training.model.references import OUTSIDE, to_allowed
from training.model.resize import build_transitions, resize_output

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
    "hint_weight": 0.0,
    "scorer": {"@scorers": "spacy.ner_scorer.v1"},
}
SCORES = {"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None}
BATCH = 4000  # tokens read at once, so that memory does not grow with the texts
TAKEN = (1, 3)  # spaCy's `ent_iob` inside (1) and at the start (3) of an entity; a blocked token has 3 without a type
Reading = Callable[[Floats, Floats, list[int]], NDArray[Any]]  # a function of `training.model.crf`: a value per token


@registry.architectures("parkner.CRF.v1")
def build_crf_model(
    tok2vec: Model[list[Doc], list[Floats2d]], nO: int | None = None
) -> Model[list[Doc], list[Floats2d]]:
    """Build the network: it scores `nO` tags at each token of a Doc, (n, nO); the transitions are a parameter."""
    output: Model[Floats2d, Floats2d] = Linear(nO=nO)
    transitions = build_transitions()
    model: Model[list[Doc], list[Floats2d]] = chain(tok2vec, with_array(output), transitions)
    model.set_ref("tok2vec", tok2vec)
    model.set_ref("output", output)
    model.set_ref("transitions", transitions)
    model.attrs["resize_output"] = resize_output
    if isinstance(model.ops, NumpyOps):
        for layer in model.walk():
            layer.ops = NumpyOps(use_blis=False)  # NumPy multiplies matrices three times as fast as blis does
    return model


class CRFRecogniser(TrainablePipe):  # type: ignore[misc]  # spaCy trains, stores and calls only a TrainablePipe
    """A pipe that learns from `doc.ents` of the references and adds its entities to those that a Doc already has.

    No entity crosses a line break, and none begins or ends with a blank. `hint_weight`, 0 or more, is added to the
    score of the tag that the rules give a token: its tag in a hint (`training.model.hints`), or O outside of hints. It
    keeps the model from inventing names in kinds of text that it has not learned from. Use 0 without rules.
    """

    def __init__(
        self,
        vocab: Any,
        model: Model[list[Doc], list[Floats2d]],
        name: str = "ner",
        *,
        hint_weight: float = 0.0,
        scorer: Callable[..., dict[str, Any]] | None = ner_score,
    ) -> None:
        self.vocab, self.model, self.name, self.hint_weight, self.scorer = vocab, model, name, hint_weight, scorer
        self.cfg: dict[str, Any] = {"labels": []}
        self._rehearsal_model: Model[list[Doc], list[Floats2d]] | None = None  # `nlp.resume_training` sets it

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> tuple[str, ...]:
        """The labels for `spacy init labels` to write and for `initialize` to read."""
        return self.labels

    def add_label(self, label: str) -> int:
        """Add a label without forgetting anything learned; return 1 if it is new, 0 if it was known."""
        if not isinstance(label, str):
            raise ValueError(Errors.E187)
        if label in self.labels:
            return 0
        self.cfg["labels"].append(label)
        self.vocab.strings.add(label)
        for model in (self.model, self._rehearsal_model):
            if model:
                resize_output(model, len(to_tags(self.labels)))
        return 1

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
    ) -> None:
        """Add `labels`, or else the labels of the references, and initialize the model's parameters."""
        examples = list(get_examples())  # read only once, because augmentation is random
        validate_get_examples(lambda: examples, "CRFRecogniser.initialize")
        check_lexeme_norms(self.vocab, self.name)
        for label in collect_labels(examples) if labels is None else labels:
            self.add_label(label)
        count = len(to_tags(self.labels))
        resize_output(self.model, count)
        self.model.get_ref("transitions").set_param("T", self.model.ops.alloc2f(count + 1, count + 1))
        self.model.initialize(X=[example.reference for example in examples[:10]])

    def predict(self, docs: Iterable[Doc]) -> list[NDArray[np.intp]]:
        """Return the number of the best tag of each token, an array (n) for each Doc."""
        return list(self._read(docs, decode))

    def to_confidence(self, docs: Iterable[Doc]) -> list[Floats]:
        """Return the probability of each tag of `predict`, given the tag before it: an array (n) for each Doc."""
        return list(self._read(docs, to_confidence))

    def _read(self, docs: Iterable[Doc], find: Reading) -> Iterator[NDArray[Any]]:
        for batch in group_docs(docs):
            yield from self._read_batch(batch, find)

    def _read_batch(self, docs: list[Doc], find: Reading) -> list[NDArray[Any]]:
        lengths = [len(doc) for doc in docs]
        if not any(lengths):
            return [np.zeros(0, dtype=np.intp) for _ in docs]
        scores = self._join(self.model.predict(docs))
        if self.hint_weight:
            scores[np.arange(len(scores)), self._read_tags(docs)] += self.hint_weight
        scores[self._to_impossible(docs)] = -np.inf
        found = find(scores, self._get_transitions(self.model), [length for length in lengths if length])
        return np.split(found, np.cumsum(lengths)[:-1])

    def _to_impossible(self, docs: Iterable[Doc]) -> NDArray[np.bool_]:
        """Mark the tags (N, K) that a token cannot have.

        A line break and a token of an existing entity can only be O; a blank can only be O or inside an entity.
        """
        states, blanks = np.concatenate([doc.to_array(["ENT_IOB", "IS_SPACE"]) for doc in docs]).T
        breaks = np.array(["\n" in token.text for doc in docs for token in doc])
        closed, blank = breaks | np.isin(states, TAKEN), blanks.astype(bool)
        edges = np.array([tag[0] in "BLU" for tag in to_tags(self.labels)])
        impossible: NDArray[np.bool_] = closed[:, None] | blank[:, None] & edges
        impossible[:, OUTSIDE] = False
        return impossible

    def _read_tags(self, docs: Iterable[Doc]) -> NDArray[np.intp]:
        """Return the number of the tag that the rules give each token, all Docs one after the other."""
        rows, numbers = [], {tag: number for number, tag in enumerate(to_tags(self.labels))}
        for doc in docs:
            row = np.full(len(doc), OUTSIDE)
            for start, end, label in read_hints(doc):
                row[start:end] = [numbers.get(tag, OUTSIDE) for tag in to_row(end - start, label)]
            rows.append(row)
        return np.concatenate(rows)

    def set_annotations(self, docs: Iterable[Doc], scores: Iterable[NDArray[np.intp]]) -> None:
        """Set the entities from the tag numbers of `predict`; existing entities stay."""
        tags = to_tags(self.labels)
        for doc, numbers in zip(docs, scores, strict=True):
            entities = to_entities([tags[number] for number in numbers])
            found = [Span(doc, start, end, label=label) for start, end, label in entities]
            blocked = [doc[token.i : token.i + 1] for token in doc if token.ent_iob in TAKEN and not token.ent_type]
            doc.set_ents([*doc.ents, *found], blocked=blocked)

    def update(
        self, examples: Iterable[Example], *, drop: float = 0.0, sgd: Any = None, losses: dict[str, float] | None = None
    ) -> dict[str, float]:
        """Learn from a batch, like every component of spaCy; new labels in it are added."""
        batch = list(examples)
        validate_examples(batch, "CRFRecogniser.update")
        for label in collect_labels(batch):
            self.add_label(label)
        learned: dict[str, float] = super().update(batch, drop=drop, sgd=sgd, losses=losses)
        return learned

    def get_loss(self, examples: Iterable[Example], scores: Sequence[Floats2d]) -> tuple[float, list[Floats2d]]:
        """Return the negative log-likelihood of the references and its gradient with respect to the scores.

        The gradient with respect to the transitions is added to theirs. If a reference says nothing about a token,
        every tag is right.
        """
        right = self._to_marginals(self.model, scores, allowed=to_allowed(examples, self.labels))
        every, gradients = self._to_gradients(scores, right)
        return every.log_partition - right.log_partition, gradients

    def rehearse(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Any = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from a batch to tag as before `nlp.resume_training`; its references are ignored.

        The loss is the Kullback-Leibler divergence of the tag probabilities, summed over the tokens.
        """
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        docs = [example.predicted for example in examples if len(example.predicted)]
        if docs and self._rehearsal_model:
            set_dropout_rate(self.model, drop)
            scores, backpropagate = self.model.begin_update(docs)
            right = self._to_marginals(self._rehearsal_model, self._rehearsal_model.predict(docs))
            every, gradients = self._to_gradients(scores, right)
            backpropagate(gradients)
            losses[self.name] += float(kl_div(right.tags, every.tags).sum())
            if sgd:
                self.finish_update(sgd)
        return losses

    def _to_marginals(
        self, model: Model[Any, Any], scores: Sequence[Floats2d], allowed: NDArray[np.bool_] | None = None
    ) -> Marginals:
        lengths = [len(rows) for rows in scores if len(rows)]
        return to_marginals(self._join(scores), self._get_transitions(model), lengths, allowed=allowed)

    def _to_gradients(self, scores: Sequence[Floats2d], right: Marginals) -> tuple[Marginals, list[Floats2d]]:
        """Return the marginals over all tag sequences and, for each Doc, the gradient with respect to the scores.

        The gradient is these marginals minus the `right` ones; that of the transitions is added to theirs.
        """
        every = self._to_marginals(self.model, scores)
        self.model.get_ref("transitions").inc_grad("T", self._to_model(every.transitions - right.transitions))
        ends = np.cumsum([len(rows) for rows in scores])
        return every, [self._to_model(rows) for rows in np.split(every.tags - right.tags, ends[:-1])]

    def _to_model(self, numbers: Floats) -> Any:
        ops: Any = self.model.ops
        return ops.asarray(numbers, dtype="float32")

    def _from_model(self, numbers: Any) -> Floats:
        ops: Any = self.model.ops
        return np.asarray(ops.to_numpy(numbers), dtype="float64")

    def _join(self, scores: Sequence[Floats2d]) -> Floats:
        return np.concatenate([self._from_model(rows) for rows in scores])

    def _get_transitions(self, model: Model[Any, Any]) -> Floats:
        learned = self._from_model(model.get_ref("transitions").get_param("T")).copy()
        learned[to_illegal(to_tags(self.labels))] = -np.inf
        return learned


def group_docs(docs: Iterable[Doc], size: int = BATCH) -> Iterator[list[Doc]]:
    """Yield the Docs in batches of at most `size` tokens, in their order; a longer Doc is a batch alone.

    spaCy's `minibatch_by_words` yields a long Doc before the shorter ones that came before it.

    >>> import spacy
    >>> docs = spacy.blank("zh").pipe(["光谷", "高新区见", "见"])
    >>> [[len(doc) for doc in batch] for batch in group_docs(docs, size=3)]
    [[2], [4], [1]]
    """
    batch: list[Doc] = []
    length = 0
    for doc in docs:
        length += len(doc)
        if batch and length > size:
            yield batch
            batch, length = [], len(doc)
        batch.append(doc)
    if batch:
        yield batch


def collect_labels(examples: Iterable[Example]) -> list[str]:
    """List the labels of the references, sorted."""
    return sorted({entity.label_ for example in examples for entity in example.reference.ents})


@Language.factory(
    "crf_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config=SETTINGS,
    default_score_weights=SCORES,
)
def create_recogniser(
    nlp: Language,
    name: str,
    model: Model[list[Doc], list[Floats2d]],
    hint_weight: float,
    scorer: Callable[..., dict[str, Any]] | None,
) -> CRFRecogniser:
    """Make the component for `factory = "crf_ner"` in a config."""
    return CRFRecogniser(nlp.vocab, model, name, hint_weight=hint_weight, scorer=scorer)
