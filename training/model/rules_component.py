"""The rules as components of any spaCy pipeline: `nlp.add_pipe("parkner_rules")`, and `parkner_hints` for training."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.span_ruler import prioritize_existing_ents_filter
from spacy.tokens import Doc

from annotate.errors import ParknerError
from annotate.rules.file import Rules
from annotate.rules.find import match_rules
from training.model.hints import set_hints
from training.model.stored_rules import DEFAULT, StoredRules, to_rules_path

SETTINGS = {"rules": DEFAULT, "spans_key": "rules", "alignment_mode": "expand", "set_ents": False}


class RulesComponent:
    """A pipe that runs `annotate` on each Doc with the rules; the rules are stored with the pipeline.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> component = nlp.add_pipe("parkner_rules")
    >>> doc = nlp("临江高新区有12家")
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["rules"]]
    [('临江高新区', 'PARK', 'park after a place'), ('12家', 'METRIC', 'quantity')]
    """

    def __init__(self, path: Path, annotate: Callable[[Doc, Rules], Doc]) -> None:
        self.path, self.annotate = path, annotate
        self.stored = StoredRules()

    def load(self) -> Rules:
        """Return the rules. They are read when first needed, because a stored pipeline brings its own.

        Raises ParknerError for a rules file that is missing or wrong.
        """
        return self.stored.rules or self.stored.load(self.path)

    def __call__(self, doc: Doc) -> Doc:
        return self.annotate(doc, self.load())

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        self.load()
        return self.stored.to_bytes()

    def from_bytes(self, content: bytes, exclude: Iterable[str] = ()) -> "RulesComponent":
        self.stored.from_bytes(content)
        return self._check("stored rules")

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        self.load()
        self.stored.to_disk(path)

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> "RulesComponent":
        self.stored.from_disk(path)
        return self._check(str(path))

    def _check(self, address: str) -> "RulesComponent":
        """Refuse a stored pipeline without rules: it must not read the rules file that its config names instead."""
        if self.stored.rules is None:
            raise ParknerError(f"{address}: the rules of this pipeline are missing")
        return self

    def __getstate__(self) -> dict[str, Any]:
        """Return what `nlp.pipe(…, n_process=2)` sends to processes that are not forked: the files, no automaton."""
        return vars(self) | {"stored": self.to_bytes()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, stored=StoredRules())
        self.from_bytes(state["stored"])


def set_spans(doc: Doc, rules: Rules, *, spans_key: str, alignment_mode: str, set_ents: bool) -> Doc:
    """Set `doc.spans[spans_key]` to the spans that the rules find, with the rule's name as `id_`.

    With `alignment_mode` "expand", a span that begins or ends within a token grows to whole tokens, so two spans may
    overlap; with "contract" it shrinks; with "strict" it is left out. With `set_ents`, a span that overlaps no entity
    becomes an entity. Short names that an article defines (`annotate.rules.short_names`) are not found here, because
    each Doc is read alone.
    """
    found = (
        doc.char_span(*span, alignment_mode=alignment_mode, span_id=origin)
        for span, origin in match_rules(doc.text, rules)
    )
    spans = [span for span in found if span]
    doc.spans[spans_key] = spans
    if set_ents:
        doc.ents = prioritize_existing_ents_filter(doc.ents, spans)
    return doc


@Language.factory("parkner_rules", assigns=["doc.spans"], default_config=SETTINGS)
def create_rules_component(
    nlp: Language, name: str, rules: str, spans_key: str, alignment_mode: str, set_ents: bool
) -> RulesComponent:
    """Make the component for `nlp.add_pipe("parkner_rules")`; `rules` is a rules file or "default", parkner's own."""
    set_found = partial(set_spans, spans_key=spans_key, alignment_mode=alignment_mode, set_ents=set_ents)
    return RulesComponent(to_rules_path(rules), set_found)


@Language.factory("parkner_hints", assigns=["token.tag", "token.dep"], default_config={"rules": DEFAULT})
def create_hints_component(nlp: Language, name: str, rules: str) -> RulesComponent:
    """Make the component for `factory = "parkner_hints"` in a config (`training.model.hints`)."""
    return RulesComponent(to_rules_path(rules), set_hints)
