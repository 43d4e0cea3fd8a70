"""Names to add to the lists: people labelled them and the rules do not find them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from annotate.files import open_output
from annotate.gazetteer import cuts_latin
from annotate.normalise import normalise
from annotate.rules.file import Rules
from annotate.rules.find import prelabel
from annotate.sentence import Sentence
from annotate.settings import NAMES
from annotate.spans import Span, overlap

NO_LABEL = ""


class Suggestion(NamedTuple):
    """A name for a list: how often it has this label, and how often it occurs at all outside longer spans."""

    name: str
    label: str
    labelled: int
    places: int


def suggest_names(gold: Iterable[Sentence], rules: Rules, *, least: int = 1) -> list[Suggestion]:
    """The normalised parks and organisations that the gold labels `least` times and the rules miss at least once.

    The best come first: names with the largest surplus of labelled places over unlabelled ones. Names that a list has
    already, and names that cannot be written into one (`is_listable`), are left out.
    """
    sentences = list(gold)
    read, found = (
        [_normalise(sentence) for sentence in labelled] for labelled in (sentences, prelabel(sentences, rules))
    )
    listed = {(name, rules.labels[rule]) for name, rule in zip(rules.names.names, rules.names.meanings, strict=True)}
    missed = {entry for one, other in zip(read, found, strict=True) for entry in _find_missed(one, other)} - listed
    places = _count_places(read, sorted({name for name, _ in missed}))
    entries = (Suggestion(name, label, places[name][label], places[name].total()) for name, label in missed)
    frequent = (entry for entry in entries if entry.labelled >= least)
    return sorted(frequent, key=lambda entry: (entry.places - 2 * entry.labelled, entry))


def _normalise(sentence: Sentence) -> Sentence:
    """The sentence with its text normalised, as the rules read it, and its spans moved accordingly."""
    plain = normalise(sentence.text)
    return replace(sentence, text=plain.text, spans=tuple(map(plain.from_span, sentence.spans)))


def _find_missed(gold: Sentence, found: Sentence) -> Iterator[tuple[str, str]]:
    for span in gold.spans:
        name = gold.text[span.start : span.end]
        if span.label in NAMES and span not in found.spans and is_listable(name):
            yield name, span.label


def is_listable(name: str) -> bool:
    """Whether a name can be written into a list, where tabs, `#` and outer blanks have a meaning.

    >>> [is_listable(name) for name in ("青谷", "Bio Island", "C#园", "青\\t谷", "")]
    [True, True, False, False, False]
    """
    return bool(name) and name == " ".join(name.split()) and "#" not in name


def _count_places(sentences: Iterable[Sentence], names: list[str]) -> dict[str, Counter[str]]:
    """Count how often each name is labelled, by label, and how often it occurs unlabelled outside longer spans.

    An occurrence that begins or ends within a run of Latin letters is another word and does not count.
    """
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    automaton = AhoCorasick(names)
    for sentence in sentences:
        labels = {(start, end): label for start, end, label in sentence.spans}
        for index, start, end in automaton.find_matches_as_indexes(sentence.text, overlapping=True):
            if (start, end) in labels:
                places[names[index]][labels[start, end]] += 1
            elif not cuts_latin(sentence.text, start, end) and not _is_in_longer(sentence, start, end):
                places[names[index]][NO_LABEL] += 1
    return places


def _is_in_longer(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a longer span of the sentence overlaps the place."""
    place = Span(start, end, NO_LABEL)
    return any(overlap(span, place) and span.end - span.start > end - start for span in sentence.spans)


def write_suggestions(path: Path, suggestions: Iterable[Suggestion]) -> int:
    """Write each as a line `name<TAB>label<TAB>count<TAB>consistency` for `load_gazetteer`; return how many.

    The consistency is the share of the name's places that have this label.
    """
    count = 0
    with open_output(path) as stream:
        for name, label, labelled, places in suggestions:
            stream.write(f"{name}\t{label}\t{labelled}\t{labelled / places:.2f}\n")
            count += 1
    return count
