"""The rules as a component of any spaCy pipeline: `nlp.add_pipe("parkner_rules")`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.span_ruler import prioritize_existing_ents_filter
from spacy.tokens import Doc

from annotate.rules import find_spans
from annotate.rules_file import RULES, Rules
from training.stored_rules import StoredRules

SETTINGS = {"rules": None, "spans_key": "rules", "alignment_mode": "expand", "set_ents": False}


class RulesComponent:
    """What the rules find in a Doc, as `doc.spans["rules"]`: spans with their labels, and as `id_` the rule's name.

    A span that begins or ends within a token grows to whole tokens, so that two may overlap, or with `alignment_mode`
    "contract" shrinks; with "strict" it is left out. With `set_ents` what overlaps no entity becomes one.
    The Doc is read alone: short names over the sentences of an article (`annotate.shortnames`) are no part of this.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> component = nlp.add_pipe("parkner_rules")
    >>> doc = nlp("临江高新区有12家")
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["rules"]]
    [('临江高新区', 'PARK', 'park after a place'), ('12家', 'METRIC', 'quantity')]
    """

    def __init__(self, path: Path, *, spans_key: str, alignment_mode: str, set_ents: bool) -> None:
        self.path = path
        self.spans_key, self.alignment_mode, self.set_ents = spans_key, alignment_mode, set_ents
        self.stored = StoredRules()

    def load(self) -> Rules:
        """The rules, read when they are first needed, since a pipeline that was stored brings its own.

        Raises ParknerError for a rules file that is missing or wrong.
        """
        return self.stored.rules or self.stored.load(self.path)

    def __call__(self, doc: Doc) -> Doc:
        found = (
            doc.char_span(*span, alignment_mode=self.alignment_mode, span_id=origin)
            for span, origin in find_spans(doc.text, self.load())
        )
        spans = [span for span in found if span]
        doc.spans[self.spans_key] = spans
        if self.set_ents:
            doc.ents = prioritize_existing_ents_filter(doc.ents, spans)
        return doc

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        self.load()
        return self.stored.to_bytes()

    def from_bytes(self, content: bytes, exclude: Iterable[str] = ()) -> "RulesComponent":
        self.stored.from_bytes(content)
        return self

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        self.load()
        self.stored.to_disk(path)

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> "RulesComponent":
        self.stored.from_disk(path)
        return self

    def __getstate__(self) -> dict[str, Any]:
        """What goes to the processes of `nlp.pipe(…, n_process=2)` where they are not forked: files, no automaton."""
        return vars(self) | {"stored": self.to_bytes()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, stored=StoredRules())
        self.from_bytes(state["stored"])


@Language.factory("parkner_rules", assigns=["doc.spans"], default_config=SETTINGS)
def create_rules_component(
    nlp: Language, name: str, rules: str | None, spans_key: str, alignment_mode: str, set_ents: bool
) -> RulesComponent:
    """What `nlp.add_pipe("parkner_rules")` makes; `rules` is a rules file, and None configs/rules.toml."""
    path = Path(rules) if rules else RULES
    return RulesComponent(path, spans_key=spans_key, alignment_mode=alignment_mode, set_ents=set_ents)
