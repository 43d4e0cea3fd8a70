"""The augmenter `parkner.augment.v1` of a config: it changes articles before the model learns from them.

First it may rewrite the article. Then it splits it into one example per line, because training on lines is much faster.
A line keeps the hints that it has within the article, so that short names are known.
"""

import random
from collections.abc import Callable, Iterator

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, LEMMA, NORM, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from annotate.gazetteer import build_gazetteer
from annotate.rules.file import Rules
from annotate.sentence import find_starts
from training.data.convert import to_doc, to_sentence
from training.data.rewrite import drop_blanks, group_names, spin, swap_names, to_half_width, to_traditional
from training.model.tokenizer import CharacterTokenizer, make_doc, to_hints, to_tokens

VIEWS = 8  # the number of random choices of hidden names
ATTRIBUTES = (NORM, LEMMA, TAG, DEP, ENT_IOB, ENT_TYPE)  # what the embedding reads and what the model learns


@registry.augmenters("parkner.augment.v1")
def create_augmenter(
    *,
    hidden: float = 0.0,
    swapped: float = 0.0,
    spun: float = 0.0,
    blanks: float = 0.0,
    half_width: float = 0.0,
    traditional: float = 0.0,
) -> Callable[[Language, Example], Iterator[Example]]:
    """Make a function that turns an article into one example per line. The settings are shares from 0 to 1; 0 is never.

    `hidden` is the share of listed names that get no hint. `swapped` is the share of an article's names that are
    replaced by other names. The others are shares of the articles: `spun` articles get synonyms, `blanks` articles lose
    their blanks, `half_width` articles get half-width punctuation, `traditional` articles get Traditional characters.
    Without rules nothing is hidden or swapped. With `max_epochs = 0` an article is changed once for the whole training,
    with -1 again in every pass.
    """
    changes = ((spin, spun), (drop_blanks, blanks), (to_half_width, half_width), (to_traditional, traditional))
    views: list[Rules] = []
    pools: dict[tuple[str, int], list[str]] = {}

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        rules = nlp.tokenizer.stored.rules if isinstance(nlp.tokenizer, CharacterTokenizer) else None
        if rules and hidden and not views:
            views.extend(hide_names(rules, hidden, seed) for seed in range(VIEWS))
        if rules and swapped and not pools:
            pools.update(group_names(rules))
        article = swap_names(to_sentence(example.reference), pools, swapped)
        for change, share in changes:
            if random.random() < share:
                article = change(article)
        if views:
            hints = to_hints(article.text, random.choice(views))
            predicted = make_doc(nlp.vocab, to_tokens(article.text), *hints)
        elif article.text != example.text:
            predicted = nlp.make_doc(article.text)
        else:
            predicted = example.predicted
        yield from split_lines(predicted, to_doc(article, nlp.vocab))

    return augment


def hide_names(rules: Rules, share: float, seed: int) -> Rules:
    """Return the rules without a random share of their listed names; the same seed hides the same names."""
    draw = random.Random(seed)
    names = zip(rules.names.names, rules.names.meanings, strict=True)
    return rules._replace(names=build_gazetteer({name: origin for name, origin in names if draw.random() >= share}))


def split_lines(predicted: Doc, reference: Doc) -> Iterator[Example]:
    """Yield an example for each line that is not empty; its tokens keep the attributes they have in the article."""
    lines = reference.text.split("\n")
    docs = [(doc, doc.to_array(ATTRIBUTES)) for doc in (predicted, reference)]
    for start, line in zip(find_starts(lines), lines, strict=True):
        if line:
            spans = [(doc.char_span(start, start + len(line)), array) for doc, array in docs]
            yield Example(*(span.as_doc(array_head=ATTRIBUTES, array=array) for span, array in spans))
