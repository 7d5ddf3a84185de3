"""One phone through all trees at once: each answer strikes out leaves, and the first one left of each tree is its own.

All leaves of all trees are the bits of one number. What a feature's value strikes out depends only on how many of its
thresholds lie below the value, so that is worked out once for each of them (QuickScorer: Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Floats

Nodes = NDArray[np.int64]
"""A number for each node: trees by nodes."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees as `pricing.model.forest.Forest` holds them; children come after their parents."""

    feature: NDArray[np.int16]
    threshold: Floats
    missing_left: NDArray[np.bool_]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: Floats


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a feature's value strikes out.

    Attributes:
        thresholds: Ascending.
        struck: By how many of them lie below the value.
        missing: Where the value is not known.
    """

    thresholds: list[float]
    struck: list[int]
    missing: int


class Leaves:
    """The leaves of some trees.

    Args:
        trees: At least one.
    """

    def __init__(self, trees: Trees) -> None:
        count, first = _numbered(trees)
        offsets = np.concatenate([[0], np.cumsum(count[:, 0])])
        bits = first + offsets[:-1, None]
        self._values = _by_bit(trees, bits, int(offsets[-1]))
        self._all = (1 << len(self._values)) - 1
        self._firsts = sum(1 << int(offset) for offset in offsets[:-1])
        self._bytes = (len(self._values) + 7) // 8
        self._asked = list(_asked(trees, count, bits))

    def predict(self, features: Sequence[float]) -> float:
        """Return the sum of the trees' leaves, first tree first: another order would differ in the last bits."""
        struck = 0
        for at, asked in self._asked:
            value = features[at]
            struck |= (
                asked.struck[bisect_left(asked.thresholds, value)] if value == value else asked.missing  # noqa: PLR0124 - not NaN
            )
        left = self._all & ~struck
        # One tree's bits never borrow from the next one's, because in each a leaf is left.
        own = left & ~(left - self._firsts)
        packed = np.frombuffer(own.to_bytes(self._bytes, "little"), np.uint8)
        chosen = np.unpackbits(packed, count=len(self._values), bitorder="little").view(np.bool_)
        return float(np.add.accumulate(self._values[chosen])[-1])


def _is_leaf(trees: Trees) -> NDArray[np.bool_]:
    return np.asarray(trees.left == np.arange(trees.left.shape[1]))


def _numbered(trees: Trees) -> tuple[Nodes, Nodes]:
    """Return how many leaves each node has below it, and the place of the first one in its tree, left to right."""
    leaf, each = _is_leaf(trees), np.arange(len(trees.left))
    count, first = np.ones(trees.left.shape, np.int64), np.zeros(trees.left.shape, np.int64)
    for node in reversed(range(trees.left.shape[1])):
        left, right = trees.left[:, node], trees.right[:, node]
        count[:, node] = np.where(leaf[:, node], 1, count[each, left] + count[each, right])
    for node in range(trees.left.shape[1]):
        inner = each[~leaf[:, node]]
        left, right = trees.left[inner, node], trees.right[inner, node]
        first[inner, left] = first[inner, node]
        first[inner, right] = first[inner, node] + count[inner, left]
    return count, first


def _by_bit(trees: Trees, bits: Nodes, size: int) -> Floats:
    """Return the value of each leaf that is reached, in the order of the bits."""
    leaf = _is_leaf(trees)
    reached = np.zeros(leaf.shape, dtype=np.bool_)
    reached[:, 0] = True
    tree, node = np.nonzero(~leaf)
    reached[tree, trees.left[tree, node]] = reached[tree, trees.right[tree, node]] = True
    values = np.zeros(size)
    values[bits[leaf & reached]] = trees.value[leaf & reached]
    return values


def _asked(trees: Trees, count: Nodes, bits: Nodes) -> Iterator[tuple[int, _Asked]]:
    """Yield each feature that is asked for: a value above a node's threshold strikes out all leaves to its left."""
    tree, node = np.nonzero(~_is_leaf(trees))
    features, thresholds = trees.feature[tree, node], trees.threshold[tree, node]
    kept = trees.missing_left[tree, node]
    wide = count[tree, trees.left[tree, node]].tolist()
    starts = bits[tree, node].tolist()
    strikes = [((1 << width) - 1) << start for width, start in zip(wide, starts, strict=True)]
    for feature in np.unique(features).tolist():
        places = np.flatnonzero(features == feature)
        rising = places[np.argsort(thresholds[places], kind="stable")].tolist()
        struck, missing = [0], 0
        for place in rising:
            struck.append(struck[-1] | strikes[place])
            missing |= 0 if kept[place] else strikes[place]
        yield feature, _Asked(thresholds[rising].tolist(), struck, missing)
