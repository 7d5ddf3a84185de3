"""Boosted trees as flat arrays: two walks over them, for one phone and for many, with the same sums to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Floats

FEW = 24
"""Up to so many rows it is faster to walk all trees at once, a level at a time."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees by nodes; a leaf points to itself.

    Attributes:
        feature: Which column a node asks; trees by nodes.
        threshold: At most that goes left.
        missing_left: Whether NaN goes left.
        value: Of a leaf.
        depth: Of the deepest leaf.
    """

    feature: NDArray[np.int16]
    threshold: Floats
    missing_left: NDArray[np.bool_]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: Floats
    depth: int
    _flat: _Flat = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_flat", _flat(self))

    def predict(self, rows: Floats) -> Floats:
        """Return the sum of the trees' leaves for each row of features."""
        if not len(self.feature):
            return np.zeros(len(rows))
        return self._walk(rows) if len(rows) <= FEW else self._fold(rows)

    def _walk(self, rows: Floats) -> Floats:
        return np.array([self._walk_one(row) for row in rows])

    def _walk_one(self, row: Floats) -> float:
        flat = self._flat
        node = flat.roots
        missing = np.isnan(row)
        any_missing = bool(missing.any())
        for _ in range(self.depth):
            asked = flat.feature.take(node)
            left = row.take(asked) <= flat.threshold.take(node)
            if any_missing:
                left |= missing.take(asked) & flat.missing_left.take(node)
            node = flat.children.take(2 * node + left)
        total = 0.0
        # One after the other, as in `_fold`: another order would differ in the last bits.
        for leaf in flat.value.take(node).tolist():
            total += leaf
        return total

    def _fold(self, rows: Floats) -> Floats:
        total = np.zeros(len(rows))
        columns = np.ascontiguousarray(rows.T)
        missing = np.isnan(columns)
        gaps = np.asarray(missing.any(axis=1))
        for tree in range(len(self.feature)):
            total += self._tree(tree, 0, columns, missing, gaps)
        return total

    def _tree(
        self,
        tree: int,
        node: int,
        columns: Floats,
        missing: NDArray[np.bool_],
        gaps: NDArray[Any],
    ) -> Any:
        """Return a node's value for every row, from the leaves upwards: no row is sent anywhere."""
        if self.left[tree, node] == node:
            return self.value[tree, node]
        asked = self.feature[tree, node]
        goes = columns[asked] <= self.threshold[tree, node]
        if gaps[asked] and self.missing_left[tree, node]:
            goes = goes | missing[asked]
        return np.where(
            goes,
            self._tree(tree, int(self.left[tree, node]), columns, missing, gaps),
            self._tree(tree, int(self.right[tree, node]), columns, missing, gaps),
        )


@dataclass(frozen=True, slots=True)
class _Flat:
    """All nodes of all trees in one row, for the walk of one phone.

    Attributes:
        roots: Where each tree begins.
        children: The right and the left child of each node, one after the other.
    """

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: Floats
    missing_left: NDArray[np.bool_]
    children: NDArray[np.intp]
    value: Floats


def _flat(forest: Forest) -> _Flat:
    trees, nodes = forest.feature.shape
    roots = np.arange(trees, dtype=np.intp) * nodes
    pairs = np.stack([forest.right, forest.left], axis=-1).astype(np.intp) + roots[:, None, None]
    return _Flat(
        roots,
        forest.feature.ravel().astype(np.intp),
        forest.threshold.ravel(),
        forest.missing_left.ravel(),
        pairs.ravel(),
        forest.value.ravel(),
    )


def no_trees() -> Forest:
    """Return a forest that adds nothing."""
    short = np.zeros((0, 1), dtype=np.int16)
    return Forest(short, np.zeros((0, 1)), np.zeros((0, 1), dtype=bool), short, short, np.zeros((0, 1)), 0)


def flatten(trees: Sequence[NDArray[Any]], features: Sequence[int]) -> Forest:
    """Return scikit-learn's trees as flat arrays.

    Args:
        trees: The nodes of each tree, as `HistGradientBoostingRegressor` holds them.
        features: Which of our features each of the estimator's columns is.
    """
    size = (len(trees), max(len(nodes) for nodes in trees))
    own = np.broadcast_to(np.arange(size[1], dtype=np.int16), size)
    arrays: dict[str, NDArray[Any]] = {
        "feature": np.zeros(size, dtype=np.int16),
        "threshold": np.zeros(size),
        "missing_left": np.zeros(size, dtype=bool),
        "left": own.copy(),
        "right": own.copy(),
        "value": np.zeros(size),
    }
    for number, nodes in enumerate(trees):
        _fill({name: array[number] for name, array in arrays.items()}, nodes, np.asarray(features))
    return Forest(**arrays, depth=max(int(nodes["depth"].max()) for nodes in trees))


def _fill(tree: dict[str, NDArray[Any]], nodes: NDArray[Any], features: NDArray[np.intp]) -> None:
    inner = np.flatnonzero(nodes["is_leaf"] == 0)
    tree["feature"][inner] = features[nodes["feature_idx"][inner]]
    tree["threshold"][inner] = nodes["num_threshold"][inner]
    tree["missing_left"][inner] = nodes["missing_go_to_left"][inner] != 0
    tree["left"][inner] = nodes["left"][inner]
    tree["right"][inner] = nodes["right"][inner]
    tree["value"][: len(nodes)] = nodes["value"]
