"""Keep a folder with one file per person of the sentences they confirmed: find losses and takeovers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from annotate.doccano.reading_store import ReadingStore
from annotate.errors import ParknerError
from annotate.files import is_hidden
from annotate.overwrite import find_losses, read_file
from annotate.sentence import Sentence
from annotate.uid import add_uids

Takeovers = dict[tuple[str, str], list[Sentence]]
"""The sentences, as they are now, by (person who had them, person who has them now)."""


def name_files(folder: Path, store: ReadingStore) -> dict[str, Path]:
    """Return the file of each person who has confirmed something or has a file from an earlier pull.

    Raises ParknerError for a user name that cannot be a file name.
    """
    found = (file for file in sorted(folder.glob("*.jsonl")) if not is_hidden(Path(file.name)))
    files = {file.stem: file for file in found}
    for user in store.list_confirmers():
        files[user] = folder / f"{user}.jsonl"
        if files[user].parent != folder:
            raise ParknerError(f"{folder}: the user name {user} cannot be a file name: pull with -o")
    return files


def to_takeovers(files: Mapping[str, Path], store: ReadingStore) -> Takeovers:
    """Find sentences in a person's file that now only others have confirmed, later and for the first time.

    This happens when somebody in doccano confirms again what another person had confirmed. No work is lost.
    """
    had = {user: _read_times(file) for user, file in files.items()}
    found: Takeovers = defaultdict(list)
    for user, times in had.items():
        for uid, time in times.items():
            now = store.get_confirmed(uid)
            new = [other for other in now if uid not in had[other] and now[other].extra.get("confirmed_at", "") > time]
            if new and user not in now:
                found[user, new[0]].append(now[new[0]])
    return found


def _read_times(file: Path) -> dict[str, str]:
    """Read when each sentence of a file was confirmed, by uid; "" if unknown."""
    return {sentence.extra["uid"]: sentence.extra.get("confirmed_at", "") for sentence in add_uids(read_file(file))}


def find_losses_by_annotator(files: Mapping[str, Path], store: ReadingStore, takeovers: Takeovers) -> Iterator[str]:
    """Yield a line for each loss of the files (`find_losses`), except for what somebody else has taken over."""
    for user, file in files.items():
        taken = chain.from_iterable(sentences for (whose, _), sentences in takeovers.items() if whose == user)
        for loss in find_losses(add_uids(read_file(file)), chain(store.read(user), taken)):
            yield f"{file.name}: {loss}"
