"""The algorithms, compared with an explicit sum over all tag sequences."""

from itertools import pairwise, product

import numpy as np
import pytest

from training.model.crf import decode, to_confidence, to_entities, to_illegal, to_marginals, to_row, to_tags

TAGS = to_tags(["ORG", "PARK"])
LENGTHS = [3, 1, 4]


@pytest.fixture
def field():
    draw = np.random.default_rng(0)
    transitions = draw.normal(size=(len(TAGS) + 1, len(TAGS) + 1))
    transitions[to_illegal(TAGS)] = -np.inf
    return draw.normal(size=(sum(LENGTHS), len(TAGS))), transitions


def list_ways(scores, transitions, allowed):
    """Each tag sequence of one input sequence, with its score."""
    for way in product(range(len(TAGS)), repeat=len(scores)):
        if all(allowed[place, tag] for place, tag in enumerate(way)):
            yield (
                way,
                (
                    transitions[-1, way[0]]
                    + sum(scores[place, tag] for place, tag in enumerate(way))
                    + sum(transitions[step] for step in pairwise(way))
                    + transitions[way[-1], -1]
                ),
            )


@pytest.mark.parametrize("known", [{}, {0: "B-PARK", 5: "O"}], ids=["all tags", "some known"])
def test_marginals_are_sums_over_all_ways(field, known):
    scores, transitions = field
    allowed = np.ones_like(scores, dtype=bool)
    for place, tag in known.items():
        allowed[place] = np.arange(len(TAGS)) == TAGS.index(tag)
    log_partition, tags, expected = 0.0, np.zeros_like(scores), np.zeros_like(transitions)
    for end, length in zip(np.cumsum(LENGTHS), LENGTHS, strict=True):
        part = slice(end - length, end)
        ways = [(way, np.exp(score)) for way, score in list_ways(scores[part], transitions, allowed[part])]
        total = sum(weight for _, weight in ways)
        log_partition += np.log(total)
        for way, weight in ways:
            tags[np.arange(part.start, end), way] += weight / total
            for step in pairwise([-1, *way, -1]):
                expected[step] += weight / total
    found = to_marginals(scores, transitions, LENGTHS, allowed if known else None)
    assert found.log_partition == pytest.approx(log_partition)
    np.testing.assert_allclose(found.tags, tags, atol=1e-12)
    np.testing.assert_allclose(found.transitions, expected, atol=1e-12)


def test_the_best_way_is_the_best_of_all_ways(field):
    scores, transitions = field
    best = []
    for end, length in zip(np.cumsum(LENGTHS), LENGTHS, strict=True):
        part = scores[end - length : end]
        best += max(list_ways(part, transitions, np.ones_like(part)), key=lambda pair: pair[1])[0]
    assert decode(scores, transitions, LENGTHS).tolist() == best


def test_confidences_multiply_to_the_probability_of_the_best_way(field):
    scores, transitions = field
    confidence = to_confidence(scores, transitions, LENGTHS)
    for end, length in zip(np.cumsum(LENGTHS), LENGTHS, strict=True):
        part = slice(end - length, end)
        ways = [score for _, score in list_ways(scores[part], transitions, np.ones((length, len(TAGS)), dtype=bool))]
        assert confidence[part].prod() == pytest.approx(np.exp(max(ways)) / np.exp(ways).sum())


def test_scores_of_hundreds_do_not_overflow(field):
    scores, transitions = field
    found = to_marginals(200 * scores, transitions, LENGTHS)
    assert np.isfinite(found.log_partition)
    np.testing.assert_allclose(found.tags.sum(axis=1), 1)
    assert np.isfinite(to_confidence(2000 * scores, transitions, LENGTHS)).all()


def test_every_row_of_entities_is_legal():
    row = [*to_row(1, "ORG"), "O", *to_row(4, "PARK"), *to_row(2, "ORG")]
    assert list(to_entities(row)) == [(0, 1, "ORG"), (2, 6, "PARK"), (6, 8, "ORG")]
    numbers = [-1, *(TAGS.index(tag) for tag in row), -1]
    illegal = to_illegal(TAGS)
    assert not any(illegal[step] for step in pairwise(numbers))
