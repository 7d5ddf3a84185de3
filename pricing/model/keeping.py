"""Keeps a model in a folder: ``model.json`` for the numbers, ``trees.npz`` for the arrays, ``card.md`` for people.

No pickle, so that a file can hold no program. Both files are sealed: the JSON with the SHA-256 of the arrays and of
itself. A seal proves that a file is whole, not who made it; so what it says is checked before it is used, too.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from diagnostics.errors import BadInput
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
_TYPES = {
    "feature": np.int16,
    "threshold": np.float64,
    "missing_left": np.bool_,
    "left": np.int16,
    "right": np.int16,
    "value": np.float64,
}


def save(model: Trained, folder: Path) -> None:
    """Write a model into a folder, which is made when needed; the same model gives the same bytes.

    Raises:
        BadInput: The folder cannot be written.
    """
    from pricing.model.card import card_text

    arrays = {name: getattr(model.forest, name) for name in _TYPES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trees = folder / f"{TREES_FILE}.new"
        with trees.open("wb") as file:
            np.savez_compressed(file, **arrays)
        document = {
            "schema": SCHEMA,
            "edition": EDITION,
            "trees": {
                "file": TREES_FILE,
                "depth": model.forest.depth,
                "sha256": _sha(trees.read_bytes()),
            },
            "model": model_to_json(model),
        }
        document["sha256"] = _seal(document)
        _replace(folder / MODEL_FILE, json.dumps(document, indent=1, sort_keys=True, allow_nan=False))
        trees.replace(folder / TREES_FILE)
        _replace(folder / CARD_FILE, card_text(model))
    except OSError as error:
        raise BadInput(
            f"The model cannot be written to {folder}: {error.strerror or error}.", code="model_not_written"
        ) from None


def load(folder: Path) -> Trained:
    """Return the model of a folder.

    Raises:
        BadInput: There is none, or it is damaged, not ours, or of a newer version; the code says which:
            ``model_absent``, ``model_foreign``, ``model_damaged``.
    """
    document = _document(_read(folder / MODEL_FILE), folder)
    data = _read(folder / TREES_FILE)
    try:
        _check_seal(document["trees"]["sha256"], data)
        forest = _forest(folder / TREES_FILE, document["trees"]["depth"])
        return model_from_json(document["model"], forest)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, zipfile.BadZipFile) as error:
        raise _damaged(folder, str(error)) from None


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
    seal = document.pop("sha256", None)
    if seal != _seal(document):
        raise _damaged(folder, "its checksum does not fit")
    return document


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of a model")


def _seal(document: dict[str, Any]) -> str:
    return _sha(json.dumps(document, sort_keys=True, separators=(",", ":")).encode())


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
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


def _forest(path: Path, depth: object) -> Forest:
    with np.load(path, allow_pickle=False) as arrays:
        found = {name: np.asarray(arrays[name]) for name in _TYPES}
    if not isinstance(depth, int):
        raise TypeError("the depth is no number")
    forest = Forest(**found, depth=depth)
    _check(forest)
    return forest


def _check(forest: Forest) -> None:
    """Refuse arrays over which a walk could leave the tree or never end."""
    shape = forest.feature.shape
    for name, kind in _TYPES.items():
        array = getattr(forest, name)
        if array.shape != shape or array.ndim != 2 or array.dtype != kind:  # noqa: PLR2004 - trees by nodes
            raise ValueError(f"{name} has another shape")
    if not 0 <= forest.depth <= shape[1] or not _is_tree(forest):
        raise ValueError("the trees are none")


def _is_tree(forest: Forest) -> bool:
    place = np.arange(forest.feature.shape[1])
    leaf = (forest.left == place) & (forest.right == place)
    onward = (forest.left > place) & (forest.right > place)
    inside = np.maximum(forest.left, forest.right) < forest.feature.shape[1]
    finite = np.isfinite(forest.value) & ~np.isnan(forest.threshold)
    asked = (forest.feature >= 0) & (forest.feature < 9)  # noqa: PLR2004 - the features of `Scorer.features`
    return bool(((leaf | onward) & inside & finite & asked).all())


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
