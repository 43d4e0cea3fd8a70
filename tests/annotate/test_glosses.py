"""Readings in brackets are told from abbreviations and foreign words."""

import pytest

from annotate.glosses import find_glosses


@pytest.mark.parametrize(
    "gloss", ["(chuàng)", "(zhāng jiāng)", "[yuán]", "【wǎng】", "(lǜ)", "( é )", "(xī'ān)", "(ㄩㄢˊ)", "(nǚ-ér)"]
)
def test_a_reading_with_tones_is_a_gloss(gloss):
    text = f"青{gloss}芦"
    assert list(find_glosses(text, text)) == [(1, 1 + len(gloss))]


@pytest.mark.parametrize(
    "gloss", ["(café)", "(pH)", "(app)", "(AI)", "(ai)", "(naïve)", "()", "(.)", "(résumé)", "(yuan)"]
)
def test_other_letters_are_none(gloss):
    text = f"青{gloss}芦"
    assert list(find_glosses(text, text)) == []


def test_a_reading_without_tones_needs_a_traditional_character():
    assert list(find_glosses("園(yuan)区(qu)", "园(yuan)区(qu)")) == [(1, 7)]
    assert list(find_glosses("園(app)", "园(app)")) == []


def test_a_reading_stands_behind_a_character():
    assert list(find_glosses("A(yī)", "A(yī)")) == []
    assert list(find_glosses("𠀀(yī)", "𠀀(yī)")) == [(1, 5)]
