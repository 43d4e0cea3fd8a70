"""Pre-labelling by name lists and patterns, which are data: `configs/rules.toml`.

If two matches overlap, the longer one wins, then the one whose rule comes first; name lists come before patterns. A
rule with the label NONE competes too but sets no span: it suppresses what only looks like a mention.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotate.gazetteer import cuts_latin, mark_words, match_names
from annotate.normalise import normalise
from annotate.rules.file import NONE, Rule, Rules
from annotate.rules.seams import LONGEST, find_cut_in, find_cut_off, find_torn
from annotate.rules.short_names import add_short_names
from annotate.sentence import Sentence
from annotate.settings import NAMES
from annotate.spans import Span, keep_longest

Mention = tuple[int, int, str]  # start and end in the normalised text, and the label


def match_rules(text: str, rules: Rules) -> list[tuple[Span, str]]:
    """Find the mentions in a text, each with the name of its rule or list, in text order and without overlaps."""
    plain = normalise(text)
    words = match_names(plain.text, rules.lexicon.words)
    views = {"text": plain.text, "words": mark_words(plain.text, words)}
    found = {
        (start, end, rules.labels[origin]): origin for start, end, origin in _find_listed(plain.text, words, rules)
    }
    labelled: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        labelled[mention[2]].append(mention)
    for rule in rules.select(views):
        for mention in _match_mentions(rule, views[rule.view], labelled):
            if mention not in found and plain.text[mention[0] : mention[1]].strip():
                found[mention] = rule.name
                labelled[mention[2]].append(mention)
    kept = keep_longest(Span(*mention) for mention in found)
    while torn := set(_find_torn(plain.text, kept, found, rules)):
        for mention in torn:
            del found[mention]
        kept = keep_longest(Span(*mention) for mention in found)
    return [(plain.to_span(*mention), found[mention]) for mention in kept if mention.label != NONE]


def _find_torn(text: str, kept: Iterable[Span], found: Mapping[Mention, str], rules: Rules) -> Iterator[Mention]:
    """Yield the mentions of `kept` that words of the text tear apart."""
    names = [mention for mention in kept if mention.label in NAMES]
    by_chance = (mention for mention in kept if mention.label not in NAMES or found[mention] in rules.labels)
    unsure = (name for name in names if found[name] not in rules.labels or name.end - name.start <= LONGEST)
    yield from find_torn(text, by_chance, rules.seams)
    yield from find_cut_off(text, names, rules.seams)
    yield from find_cut_in(text, unsure, rules.seams)


def _match_mentions(rule: Rule, view: str, labelled: Mapping[str, Sequence[Mention]]) -> list[Mention]:
    """The mentions of one rule, given those of the lists and of earlier rules by their label."""
    if rule.after:
        prolonged = [(start, rule.pattern.match(view, end)) for start, end, _ in labelled[rule.after]]
        return [(start, match.end(), rule.label) for start, match in prolonged if match]
    if rule.before:
        begun = labelled[rule.before]
        starts = {match.end(): match.start() for match in rule.pattern.finditer(view)} if begun else {}
        return [(starts[start], end, rule.label) for start, end, _ in begun if start in starts]
    return [(*match.span(rule.group), rule.label) for match in rule.pattern.finditer(view)]


def _find_listed(text: str, words: Sequence[Mention], rules: Rules) -> Iterator[Mention]:
    """Yield the listed names, except doubtful ones without a sign, and those that begin or end within a known word or a
    run of Latin letters."""
    starts = [start for start, _, _ in words]

    def cuts_word(place: int) -> bool:
        before = bisect_left(starts, place) - 1
        return before >= 0 and place < words[before][1]

    doubtful = rules.doubtful
    for start, end, origin in match_names(text, rules.names):
        if doubtful and text[start:end] in doubtful.names and not doubtful.has_sign(text, start, end):
            continue
        if not (cuts_word(start) or cuts_word(end) or cuts_latin(text, start, end)):
            yield start, end, origin


def find_words(text: str, rules: Rules) -> Iterator[Span]:
    """Yield the known words of a text in order, each labelled with its class."""
    plain = normalise(text)
    classes = {sign: name for name, sign in rules.lexicon.signs.items()}
    for start, end, sign in match_names(plain.text, rules.lexicon.words):
        yield plain.to_span(start, end, classes[sign])


def prelabel(sentences: Iterable[Sentence], rules: Rules) -> Iterator[Sentence]:
    """Set the spans that the rules find, and `origin`: each span with the name of its rule or list.

    It works article by article: `add_short_names` finds the short names of what an article names in full.
    """
    return add_short_names((_label(sentence, rules) for sentence in sentences), rules.lexicon)


def _label(sentence: Sentence, rules: Rules) -> Sentence:
    found = match_rules(sentence.text, rules)
    return sentence.with_spans((span for span, _ in found), origin=[[*span, origin] for span, origin in found])
