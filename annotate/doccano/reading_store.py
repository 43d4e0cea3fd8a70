"""The readings of many sentences, on disk, with what belongs together side by side."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from annotate.agreement.readings import Reading, join_readings
from annotate.sentence import Sentence
from annotate.sentence_store import Spool

FILE = ""  # the user of a sentence that comes from a file, and counts only where no other reading does


class Place(NamedTuple):
    """Where a reading lies in the spool, whose it is and whether it is confirmed."""

    user: str
    confirmed: bool
    at: int


class Shelf:
    """Readings by uid, articles in the order in which they first come, sentences of an article by number.

    Where readings of a sentence differ in its number, which says where it stood when they were sent, the first one has
    it right: that of the file.
    """

    def __init__(self) -> None:
        self.spool = Spool()
        self.places: defaultdict[str, list[Place]] = defaultdict(list)
        self.ranks: dict[str, int] = {}
        self.order: dict[str, tuple[int, int, int]] = {}

    def add(self, reading: Reading) -> None:
        """Put a reading, which has its uid, beside the others of its sentence."""
        user, confirmed, sentence = reading
        uid = sentence.extra["uid"]
        self.places[uid].append(Place(user, confirmed, self.spool.add(sentence)))
        rank = self.ranks.setdefault(sentence.article, len(self.ranks))
        self.order.setdefault(uid, (rank, sentence.number, len(self.order)))

    def join(self) -> Iterator[tuple[Sentence, list[str]]]:
        """Yield each sentence once, with the remarks of `join_readings`."""
        for uid in sorted(self.order, key=self.order.__getitem__):
            places = [place for place in self.places[uid] if place.user != FILE] or self.places[uid]
            sentence, remarks = join_readings([Reading(user, sure, self.spool.read(at)) for user, sure, at in places])
            yield self._place(sentence), remarks

    def _place(self, sentence: Sentence) -> Sentence:
        """The sentence with the number that it has here."""
        _, number, _ = self.order[sentence.extra["uid"]]
        return replace(sentence, number=number or sentence.number)

    def find_users(self) -> list[str]:
        """Who has confirmed anything, by name."""
        return sorted({place.user for places in self.places.values() for place in places if place.confirmed})

    def find_confirmed(self, uid: str) -> dict[str, Sentence]:
        """A sentence as each who has confirmed it left it, by user."""
        return {place.user: self.spool.read(place.at) for place in self.places.get(uid, ()) if place.confirmed}

    def read(self, user: str) -> Iterator[Sentence]:
        """Yield what this user has confirmed."""
        for uid in sorted(self.order, key=self.order.__getitem__):
            at = [place.at for place in self.places[uid] if place.confirmed and place.user == user]
            yield from (self._place(self.spool.read(place)) for place in at[-1:])
