"""Boosted trees as flat arrays: two walks over them, for one phone and for many, with the same sums to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Floats
from pricing.model.leaves import Leaves, Trees

FEW = 24
"""Up to so many rows it is faster to look up one after the other which leaves are its own."""


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
    _leaves: list[Leaves] = field(init=False, repr=False, compare=False, default_factory=list)

    def predict(self, rows: Floats) -> Floats:
        """Return the sum of the trees' leaves for each row of features."""
        if not len(self.feature):
            return np.zeros(len(rows))
        if len(rows) > FEW:
            return self._fold(rows)
        return np.array([self.predict_one(row) for row in rows.tolist()])

    def predict_one(self, features: Sequence[float]) -> float:
        """Return the same sum for one phone's features, NaN where one is not known."""
        if not len(self.feature):
            return 0.0
        if not self._leaves:
            # Not before it is asked for: training and lists of prices have no use for it.
            self._leaves.append(Leaves(self._trees()))
        return self._leaves[0].predict(features)

    def _trees(self) -> Trees:
        return Trees(self.feature, self.threshold, self.missing_left, self.left, self.right, self.value)

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
