"""The readings of many sentences on disk, grouped by sentence."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from annotate.agreement.readings import Reading, join_readings
from annotate.sentence import Sentence
from annotate.sentence_store import SentenceStore

FILE = ""  # the user of a sentence from a file; it counts only if there is no other reading


class StoredReading(NamedTuple):
    """The user of a reading, whether it is confirmed, and its place in the store."""

    user: str
    confirmed: bool
    at: int


class ReadingStore:
    """Readings by uid; articles in the order in which they first come, sentences of an article by number.

    Readings of a sentence may differ in its number, because the article grew between uploads: the first one counts.
    """

    def __init__(self) -> None:
        self.sentences = SentenceStore()
        self.readings: defaultdict[str, list[StoredReading]] = defaultdict(list)
        self.ranks: dict[str, int] = {}
        self.order: dict[str, tuple[int, int, int]] = {}

    def add(self, reading: Reading) -> None:
        """Add a reading, which has its uid, to those of its sentence."""
        user, confirmed, sentence = reading
        uid = sentence.extra["uid"]
        self.readings[uid].append(StoredReading(user, confirmed, self.sentences.add(sentence)))
        rank = self.ranks.setdefault(sentence.article, len(self.ranks))
        self.order.setdefault(uid, (rank, sentence.number, len(self.order)))

    def join(self) -> Iterator[tuple[Sentence, list[str]]]:
        """Yield each sentence once, with the remarks of `join_readings`."""
        for uid in self._list_uids():
            stored = [reading for reading in self.readings[uid] if reading.user != FILE] or self.readings[uid]
            sentence, remarks = join_readings([self._read(reading) for reading in stored])
            yield self._number(sentence), remarks

    def list_confirmers(self) -> list[str]:
        """The names of all who have confirmed something."""
        return sorted({reading.user for stored in self.readings.values() for reading in stored if reading.confirmed})

    def get_confirmed(self, uid: str) -> dict[str, Sentence]:
        """The confirmed readings of a sentence, by user."""
        stored = [reading for reading in self.readings.get(uid, ()) if reading.confirmed]
        return {reading.user: self._read(reading).sentence for reading in stored}

    def read(self, user: str) -> Iterator[Sentence]:
        """Yield what this user has confirmed; if a sentence came twice, the later reading."""
        for uid in self._list_uids():
            stored = [reading for reading in self.readings[uid] if reading.confirmed and reading.user == user]
            yield from (self._number(self._read(reading).sentence) for reading in stored[-1:])

    def _list_uids(self) -> list[str]:
        return sorted(self.order, key=self.order.__getitem__)

    def _read(self, stored: StoredReading) -> Reading:
        return Reading(stored.user, stored.confirmed, self.sentences.read(stored.at))

    def _number(self, sentence: Sentence) -> Sentence:
        """The sentence with the number that it has here."""
        _, number, _ = self.order[sentence.extra["uid"]]
        return replace(sentence, number=number or sentence.number)
