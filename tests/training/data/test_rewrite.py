"""Spans move with their text in every rewriting, and lines stay lines."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.sentence import Sentence
from annotate.spans import Span
from training.data.rewrite import (
    HALF_WIDTH,
    drop_blanks,
    load_synonyms,
    load_traditional,
    rewrite,
    spin,
    swap_names,
    to_half_width,
    to_traditional,
)
from training.model.tokenizer import to_tokens

WORDS = st.sampled_from([*"青谷药业与第3A（，\n ", "研究院", "企业", "GDP", "  "])


@st.composite
def articles(draw):
    """Pieces of text; some are spans, and these do not begin or end with a blank."""
    text, spans = "", []
    for piece in draw(st.lists(st.lists(WORDS, min_size=1, max_size=4).map("".join), max_size=8)):
        if piece == piece.strip() and "\n" not in piece and draw(st.booleans()):
            spans.append(Span(len(text), len(text) + len(piece), draw(st.sampled_from(["PARK", "ORG", ""]))))
        text += piece
    return Sentence(text, tuple(spans), "a")


def surfaces(article):
    return [(article.text[span.start : span.end], span.label) for span in article.spans]


@given(articles())
def test_one_character_for_another(article):
    for change, table in ((to_half_width, HALF_WIDTH), (to_traditional, load_traditional())):
        changed = change(article)
        assert changed.spans == article.spans
        assert changed.text == article.text.translate(table)
        assert len(changed.text) == len(article.text)


@given(articles())
def test_blanks_go_and_tokens_stay(article):
    changed = drop_blanks(article)
    assert [token for token in to_tokens(changed.text) if token != " "] == [
        token for token in to_tokens(article.text) if token != " "
    ]
    assert [("".join(name.split()), label) for name, label in surfaces(changed)] == [
        ("".join(name.split()), label) for name, label in surfaces(article)
    ]
    assert changed.text.count("\n") == article.text.count("\n")


@given(articles(), st.integers())
def test_words_are_spun_inside_and_outside_spans(article, seed):
    pattern, synonyms = load_synonyms()
    random.seed(seed)
    changed = spin(article)
    assert changed.text.count("\n") == article.text.count("\n")
    for (name, label), (spun, same) in zip(surfaces(article), surfaces(changed), strict=True):
        assert same == label
        word = pattern.fullmatch(name)
        assert spun in synonyms[name] if word else bool(pattern.search(name)) or spun == name


@given(articles(), st.floats(0, 1))
def test_a_name_is_swapped_everywhere(article, share):
    pools = {(label, size): [f"新{label}{size}"] for label in ("PARK", "ORG") for size in range(4)}
    changed = swap_names(article, pools, share)
    pairs = list(zip(surfaces(article), surfaces(changed), strict=True))
    assert len(set(pairs)) == len({old for old, _ in pairs})
    assert all(new == old or new[0].startswith(f"新{old[1]}") for old, new in pairs)
    lengths = sum(len(new[0]) - len(old[0]) for old, new in pairs)
    assert len(changed.text) == len(article.text) + lengths
    assert swap_names(article, pools, 0) == article
    assert all(name.startswith("新") for name, label in surfaces(swap_names(article, pools, 1)) if label)


@given(articles())
def test_what_cuts_a_span_is_not_written(article):
    edits = [(place, place + 2, "?") for place in range(0, len(article.text) - 1, 2)]
    changed = rewrite(article, edits)
    assert [label for _, label in surfaces(changed)] == [span.label for span in article.spans]
    for old, new in zip(surfaces(article), surfaces(changed), strict=True):
        assert len(old[0]) - len(new[0]) == new[0].count("?")


@pytest.mark.parametrize("text", ["研究院", "青谷研究院"])
def test_the_longer_word_is_spun(text):
    random.seed(0)
    assert spin(Sentence(text, (Span(0, len(text), "ORG"),))).text.removeprefix("青谷") in load_synonyms()[1]["研究院"]


def test_no_synonym_changes_what_a_token_or_a_line_is():
    _, synonyms = load_synonyms()
    for word, others in synonyms.items():
        assert others
        assert all(to_tokens(other) == [*other] and not any(map(str.isspace, other)) for other in (word, *others))
