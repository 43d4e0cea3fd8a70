"""The readings of many sentences, on disk, with what belongs together side by side."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from annotate.corpus import Sentence
from annotate.doccano.readings import Reading, join_readings
from annotate.spool import Spool

FILE = ""  # the user of a sentence that comes from a file, and counts only where no other reading does


class Place(NamedTuple):
    """Where a reading lies in the spool, whose it is and whether it is confirmed."""

    user: str
    confirmed: bool
    at: int


class Shelf:
    """Readings by uid, articles in the order in which they first come, sentences of an article by number."""

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
            yield join_readings([Reading(user, confirmed, self.spool.read(at)) for user, confirmed, at in places])

    def find_users(self) -> list[str]:
        """Who has confirmed anything, by name."""
        return sorted({place.user for places in self.places.values() for place in places if place.confirmed})

    def read(self, user: str) -> Iterator[Sentence]:
        """Yield what this user has confirmed."""
        for uid in sorted(self.order, key=self.order.__getitem__):
            at = [place.at for place in self.places[uid] if place.confirmed and place.user == user]
            yield from map(self.spool.read, at[-1:])
