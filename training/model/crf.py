"""The mathematics of a linear-chain conditional random field (Lafferty, McCallum & Pereira 2001), in NumPy.

A batch is one array of scores, with its sequences one after the other, and a list of their lengths. N is the number of
tokens in a batch, K the number of tags. The transitions have one more row and column than there are tags: the last row
scores the first tag of a sequence, the last column scores its last tag.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

Floats = NDArray[np.floating]
TINY = 1e-300  # replaces a probability of 0, so that its logarithm exists


class Marginals(NamedTuple):
    """Sums over all tag sequences of a batch: the sum of the log partition functions, the probability of each tag
    at each token (N, K), and the expected count of each transition (K + 1, K + 1)."""

    log_partition: float
    tags: Floats
    transitions: Floats


def group_by_position(lengths: Sequence[int]) -> list[NDArray[np.intp]]:
    """List the places of the first elements of all sequences, then of the second ones, and so on, longest one first.

    >>> [step.tolist() for step in group_by_position([2, 3])]
    [[2, 0], [3, 1], [4]]
    """
    sizes = np.asarray(lengths)
    order = np.argsort(-sizes, kind="stable")
    starts, sizes = (np.cumsum(sizes) - sizes)[order], sizes[order]
    counts = np.searchsorted(-sizes, -np.arange(sizes.max(initial=0)), side="left")
    return [starts[:count] + step for step, count in enumerate(counts)]


def to_marginals(
    scores: Floats, transitions: Floats, lengths: Sequence[int], allowed: NDArray[np.bool_] | None = None
) -> Marginals:
    """Sum over all tag sequences, or those with `allowed` tags only (N, K), by the forward-backward algorithm.

    A transition of -inf is never taken. Each step is scaled to sum to one (Rabiner 1989). So nothing overflows as long
    as scores differ by a few hundred at most.
    """
    kept = scores.astype("float64") if allowed is None else np.where(allowed, scores.astype("float64"), -np.inf)
    best = kept.max(axis=1, keepdims=True)
    emit, move = np.exp(kept - best), np.exp(transitions.astype("float64"))
    begin, inner, end = move[-1, :-1], move[:-1, :-1], move[:-1, -1]
    steps = group_by_position(lengths)
    forward, scale = np.empty_like(emit), np.empty((len(emit), 1))
    for before, here in zip([None, *steps], steps, strict=False):
        reached = (begin if before is None else forward[before[: len(here)]] @ inner) * emit[here]
        scale[here] = np.maximum(reached.sum(axis=1, keepdims=True), TINY)
        forward[here] = reached / scale[here]
    lasts = np.cumsum(lengths) - 1
    closed = np.maximum(forward[lasts] @ end, TINY)
    backward, taken = np.empty_like(emit), emit / scale
    backward[lasts] = end / closed[:, None]
    for here, after in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        taken[after] *= backward[after]
        backward[here[: len(after)]] = taken[after] @ inner.T
    tags = forward * backward
    expected = np.zeros_like(move)
    expected[-1, :-1] = tags[lasts - np.asarray(lengths) + 1].sum(axis=0)
    expected[:-1, -1] = tags[lasts].sum(axis=0)
    follow = np.setdiff1d(np.arange(len(emit)), lasts)
    expected[:-1, :-1] = inner * (forward[follow].T @ taken[follow + 1])
    return Marginals(float(np.log(scale).sum() + np.log(closed).sum() + best.sum()), tags, expected)


def decode(scores: Floats, transitions: Floats, lengths: Sequence[int]) -> NDArray[np.intp]:
    """Find the best tag sequence of each sequence by the Viterbi algorithm; return the numbers of its tags (N).

    >>> never = -np.inf
    >>> scores, transitions = np.array([[1.0, 0.9], [0.0, 1.0]]), np.array([[0, never, 0], [0, 0, 0], [0, 0, never]])
    >>> decode(scores, transitions, [2]).tolist()
    [1, 1]
    """
    begin, inner, end = transitions[-1, :-1], transitions[:-1, :-1], transitions[:-1, -1]
    steps = group_by_position(lengths)
    reached, came = np.empty_like(scores), np.empty(scores.shape, dtype=np.intp)
    for before, here in zip([None, *steps], steps, strict=False):
        if before is None:
            reached[here] = begin + scores[here]
        else:
            ways = reached[before[: len(here)], :, None] + inner
            came[here] = ways.argmax(axis=1)
            reached[here] = ways.max(axis=1) + scores[here]
    tags = np.empty(len(scores), dtype=np.intp)
    lasts = np.cumsum(lengths) - 1
    tags[lasts] = (reached[lasts] + end).argmax(axis=1)
    for here, after in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        tags[here[: len(after)]] = came[after, tags[after]]
    return tags


def to_confidence(scores: Floats, transitions: Floats, lengths: Sequence[int]) -> Floats:
    """Return the probability (N) of each tag in the best tag sequence, given the tag before it.

    Their product over a sequence is the probability of the whole tag sequence. Their product over a part of it is the
    probability of that part if the tag before it is certain.

    >>> to_confidence(np.array([[3.0, 3.0], [2.0, 0.0]]), np.zeros((3, 3)), [1, 1]).round(2).tolist()
    [0.5, 0.88]
    """
    inner, end, steps = transitions[:-1, :-1], transitions[:-1, -1], group_by_position(lengths)
    lasts = np.cumsum(lengths) - 1
    ahead = scores.astype("float64")  # the score of a tag and of everything that can follow it
    ahead[lasts] += end
    for here, after in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        ahead[here[: len(after)]] += np.logaddexp.reduce(inner + ahead[after, None], axis=2)
    best = decode(scores, transitions, lengths)
    before = np.roll(best, 1)
    before[lasts - np.asarray(lengths) + 1] = -1  # the row for the first tag of a sequence
    found: Floats = softmax(transitions[before, :-1] + ahead, axis=1)[np.arange(len(best)), best]
    return found


def to_tags(labels: Sequence[str]) -> list[str]:
    """List the tags of the BILUO scheme: outside, then begin, inside, last and unit of each label.

    >>> to_tags(["DATE"])
    ['O', 'B-DATE', 'I-DATE', 'L-DATE', 'U-DATE']
    """
    return ["O", *(f"{position}-{label}" for label in labels for position in "BILU")]


def to_row(length: int, label: str) -> list[str]:
    """Return the tags of an entity with this number of tokens.

    >>> to_row(3, "DATE"), to_row(1, "DATE")
    (['B-DATE', 'I-DATE', 'L-DATE'], ['U-DATE'])
    """
    positions = "U" if length == 1 else "B" + "I" * (length - 2) + "L"
    return [f"{position}-{label}" for position in positions]


def to_illegal(tags: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the transitions (K + 1, K + 1) that are illegal: an entity that has begun must go on to its last tag.

    >>> [tag for tag, illegal in zip(to_tags("X"), to_illegal(to_tags("X"))[1]) if illegal]  # after B-X
    ['O', 'B-X', 'U-X']
    """
    names = [*tags, "O"]
    opened = np.array([name[2:] if name[0] in "BI" else "" for name in names])
    awaited = np.array([name[2:] if name[0] in "IL" else "" for name in names])
    illegal: NDArray[np.bool_] = opened[:, None] != awaited
    return illegal


def to_entities(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of each entity in a legal tag sequence.

    >>> list(to_entities(["U-X", "O", "B-Y", "I-Y", "L-Y"]))
    [(0, 1, 'X'), (2, 5, 'Y')]
    """
    start = 0
    for place, tag in enumerate(tags):
        if tag[0] in "BU":
            start = place
        if tag[0] in "LU":
            yield start, place + 1, tag[2:]
