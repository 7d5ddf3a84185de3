"""Keeps a model in a folder: ``model.json`` for the numbers, ``trees.npz`` for the arrays, ``card.md`` for people.

No pickle, so that a file can hold no program. Both files are sealed: the JSON with the SHA-256 of the trees' file, and
of its own bytes as they were before the seal was put in. A seal proves that a file is whole, not who made it; so what
it says is checked before it is used, too.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnostics.errors import BadInput
from diagnostics.regular import regular_bytes
from pricing.model.arrays import packed_array
from pricing.model.checking_numbers import check
from pricing.model.codec import model_from_json, model_to_json
from pricing.model.forest import Forest
from pricing.model.terms import EDITION
from pricing.model.trained import Trained

SCHEMA = "tradein/price-model-1"
MODEL_FILE = "model.json"
TREES_FILE = "trees.npz"
CARD_FILE = "card.md"
_LIMIT = 64 * 1024 * 1024
"""Bytes of a file; ours have a hundredth of that."""
_UNPACKED = 1024 * 1024
"""Bytes of all trees; ours have a tenth of that. What is made of them to price one phone grows with the square."""
_DEEPEST = 64
"""Steps from a root to a leaf; ours have a dozen. A walk over trees calls itself at each step."""
NODES = np.dtype(
    [
        ("feature", np.int16),
        ("threshold", np.float64),
        ("missing_left", np.bool_),
        ("left", np.int16),
        ("right", np.int16),
        ("value", np.float64),
    ]
)
"""All trees are one array, because each array of a file takes longer to open than to read."""
_NO_SEAL = "0" * 64


def save(model: Trained, folder: Path) -> None:
    """Write a model into a folder, which is made when needed; the same model gives the same bytes.

    Raises:
        BadInput: The folder cannot be written.
    """
    from pricing.model.card import card_text

    try:
        folder.mkdir(parents=True, exist_ok=True)
        trees = _trees(model.forest)
        document = {
            "schema": SCHEMA,
            "edition": EDITION,
            "sha256": _NO_SEAL,
            "trees": {"file": TREES_FILE, "depth": model.forest.depth, "sha256": _sha(trees)},
            "model": model_to_json(model),
        }
        text = json.dumps(document, indent=1, sort_keys=True, allow_nan=False)
        new = folder / f"{TREES_FILE}.new"
        new.write_bytes(trees)
        _replace(folder / MODEL_FILE, sealed(text))
        new.replace(folder / TREES_FILE)
        _replace(folder / CARD_FILE, card_text(model))
    except OSError as error:
        raise BadInput(
            f"The model cannot be written to {folder}: {error.strerror or error}.", code="model_not_written"
        ) from None


def load(folder: Path, version: str = "") -> Trained:
    """Return the model of a folder.

    Args:
        folder: Where it was kept.
        version: Which one it must be, where the folder stands for one: whole, it may still be a copy of another one.

    Raises:
        BadInput: There is none, or it is damaged, not ours, or of a newer version; the code says which:
            ``model_absent``, ``model_foreign``, ``model_damaged``.
    """
    document = _document(_read(folder / MODEL_FILE), folder)
    data = _read(folder / TREES_FILE)
    try:
        _check_seal(document["trees"]["sha256"], data)
        model = model_from_json(document["model"], _forest(data, document["trees"]["depth"]))
        check(model)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, MemoryError) as error:
        raise _damaged(folder, str(error)) from None
    if version not in {"", model.card.version}:
        raise _damaged(folder, f"it is a copy of {model.card.version}")
    return model


def _document(data: bytes, folder: Path) -> dict[str, Any]:
    try:
        document = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _foreign(folder) from None
    if (
        not isinstance(document, dict)
        or document.get("schema") != SCHEMA
        or document.get("edition") != EDITION
    ):
        raise _foreign(folder)
    seal = document.get("sha256")
    if not isinstance(seal, str) or seal != _sha(data.replace(_named(seal), _named(_NO_SEAL), 1)):
        raise _damaged(folder, "its checksum does not fit")
    return document


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of a model")


def sealed(text: str) -> str:
    """Return a document that has no seal yet with its seal in it: the SHA-256 of its bytes without."""
    return text.replace(_named(_NO_SEAL).decode(), _named(_sha(text.encode())).decode(), 1)


def _named(seal: str) -> bytes:
    return f'"sha256": "{seal}"'.encode()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> bytes:
    try:
        data = regular_bytes(path, _LIMIT)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise BadInput(
            f"There is no price model in {path.parent}: {path.name}: {why}.",
            "Make one: tradein price train DATA.csv --model DIR",
            "model_absent",
        ) from None
    if len(data) > _LIMIT:
        raise _foreign(path.parent)
    return data


def _check_seal(seal: object, data: bytes) -> None:
    if seal != _sha(data):
        raise ValueError("the trees are not those that belong to it")


def _trees(forest: Forest) -> bytes:
    nodes = np.zeros(forest.feature.shape, dtype=NODES)
    for name in NODES.names or ():
        nodes[name] = getattr(forest, name)
    file = io.BytesIO()
    np.savez_compressed(file, nodes=nodes)
    return file.getvalue()


def _forest(data: bytes, depth: object) -> Forest:
    nodes = packed_array(data, "nodes", _UNPACKED)
    if nodes.dtype != NODES or nodes.ndim != 2:  # noqa: PLR2004 - trees by nodes
        raise ValueError("the trees have another form")
    if isinstance(depth, bool) or not isinstance(depth, int):
        raise TypeError("the depth is no number")
    forest = Forest(**{name: np.ascontiguousarray(nodes[name]) for name in NODES.names or ()}, depth=depth)
    _check(forest)
    return forest


def _check(forest: Forest) -> None:
    """Refuse arrays over which a walk could leave the tree or never end, and such as are not what is said of them."""
    if not forest.feature.shape[1] or not _are_trees(forest) or _depth(forest) != forest.depth:
        raise ValueError("the trees are none")
    if forest.depth > _DEEPEST:
        raise ValueError("the trees are too deep")


def _depth(forest: Forest) -> int:
    """Return how many steps lead to the deepest leaf; children come after their parents."""
    deep, each = np.zeros(forest.left.shape, dtype=np.int64), np.arange(len(forest.left))
    for node in range(forest.left.shape[1]):
        inner = each[forest.left[:, node] != node]
        for children in (forest.left, forest.right):
            deep[inner, children[inner, node]] = deep[inner, node] + 1
    return int(deep.max(initial=0))


def _are_trees(forest: Forest) -> bool:
    place = np.arange(forest.feature.shape[1])
    leaf = (forest.left == place) & (forest.right == place)
    onward = (forest.left > place) & (forest.right > place)
    inside = np.maximum(forest.left, forest.right) < forest.feature.shape[1]
    finite = np.isfinite(forest.value) & ~np.isnan(forest.threshold)
    asked = (forest.feature >= 0) & (forest.feature < 9)  # noqa: PLR2004 - the features of `Scorer.features`
    return bool(((leaf | onward) & inside & finite & asked).all()) and _one_parent(forest, ~leaf)


def _one_parent(forest: Forest, inner: NDArray[np.bool_]) -> bool:
    """Return whether each node is the child of at most one, and each that asks, but for the root, of one."""
    tree, node = np.nonzero(inner)
    parents = np.zeros(inner.shape, dtype=np.int64)
    for children in (forest.left, forest.right):
        np.add.at(parents, (tree, children[tree, node]), 1)
    return bool((parents <= 1).all() and (parents[:, 1:] == 1)[inner[:, 1:]].all())


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _foreign(folder: Path) -> BadInput:
    return BadInput(
        f"{folder} holds no price model of this program, or one of another version.",
        "Train one with this version: tradein price train DATA.csv --model DIR",
        "model_foreign",
    )


def _damaged(folder: Path, why: str) -> BadInput:
    return BadInput(
        f"The price model in {folder} is damaged: {why}.",
        "Train it anew, or take a copy that is whole.",
        "model_damaged",
    )
