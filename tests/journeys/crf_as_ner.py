"""A plugin of pytest: in spaCy's own tests, `ner` is `crf_ner`."""

from dataclasses import replace

import spacy
from spacy.language import Language
from spacy.util import registry

from training.model.recogniser import create_recogniser

spacy.blank("xx")  # registers spaCy's own factories, which it does once
registry.factories.register("ner", func=create_recogniser)
Language.set_factory_meta("ner", replace(Language.get_factory_meta("crf_ner"), factory="ner"))
