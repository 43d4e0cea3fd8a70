"""Store sentences on disk, so that a hundred thousand of them need the memory of one."""

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from os import SEEK_END
from typing import IO

from annotate.files import open_temporary
from annotate.sentence import Sentence
from annotate.spans import Span


@dataclass(frozen=True, slots=True)
class SentenceStore:
    """A temporary file of sentences that can be read many times. It is deleted when nothing refers to it any more."""

    file: IO[bytes] = field(default_factory=open_temporary)

    def add(self, sentence: Sentence) -> int:
        """Store a sentence; return its place for `read`."""
        place = self.file.seek(0, SEEK_END)
        spans = [tuple(span) for span in sentence.spans]
        pickle.dump((sentence.text, spans, sentence.article, sentence.number, dict(sentence.extra)), self.file)
        return place

    def read(self, place: int) -> Sentence:
        """Read the sentence at a place."""
        self.file.seek(place)
        text, spans, article, number, extra = pickle.load(self.file)  # we have just written it ourselves
        return Sentence(text, tuple(Span(*span) for span in spans), article, number, extra)

    def __iter__(self) -> Iterator[Sentence]:
        place, end = 0, self.file.seek(0, SEEK_END)
        while place < end:
            sentence = self.read(place)
            place = self.file.tell()
            yield sentence


def store_sentences(sentences: Iterable[Sentence]) -> SentenceStore:
    """Store all sentences of a stream. The stream is read to its end.

    >>> store = store_sentences([Sentence("甲。"), Sentence("乙。")])
    >>> [sentence.text for _ in range(2) for sentence in store]
    ['甲。', '乙。', '甲。', '乙。']
    """
    store = SentenceStore()
    for sentence in sentences:
        store.add(sentence)
    return store
