"""A model on the disk: it comes back as it was, and nothing that is not whole and ours is taken."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from diagnostics.errors import BadInput
from pricing.model.columns import Columns
from pricing.model.keeping import _NO_SEAL, _sha, load, save, sealed
from pricing.model.scoring import Scorer
from pricing.model.trained import Trained


@pytest.fixture
def folder(tmp_path: Path, model: Trained) -> Path:
    save(model, tmp_path / "kept")
    return tmp_path / "kept"


def test_a_model_comes_back_to_the_bit(folder: Path, scorer: Scorer, sales: Columns) -> None:
    again, before = Scorer(load(folder)).price(sales), scorer.price(sales)
    for name in ("p10", "p50", "p90"):
        np.testing.assert_array_equal(getattr(again, name), getattr(before, name))


def test_the_card_says_what_the_model_was_made_from(folder: Path, model: Trained) -> None:
    card = (folder / "card.md").read_text(encoding="utf-8")
    assert model.card.fingerprint in card
    assert "500 prices" in card
    assert "FR EUR" in card


def test_a_model_loads_in_a_moment(folder: Path) -> None:
    def seconds() -> float:
        start = time.process_time()
        load(folder)
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.02


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no price model in") as refused:
        load(tmp_path)
    assert refused.value.code == "model_absent"


@pytest.mark.parametrize("file", ["model.json", "trees.npz"])
def test_every_damaged_byte_is_noticed(folder: Path, file: str) -> None:
    whole = (folder / file).read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        (folder / file).write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(BadInput) as refused:
            load(folder)
        assert refused.value.code in {"model_damaged", "model_foreign"}


def test_a_file_cut_off_is_noticed(folder: Path) -> None:
    for file in ("trees.npz", "model.json"):
        whole = (folder / file).read_bytes()
        (folder / file).write_bytes(whole[: len(whole) // 2])
        with pytest.raises(BadInput):
            load(folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"schema": "other/1"}', "[" * 100_000])
def test_a_foreign_file_is_refused(folder: Path, text: str) -> None:
    (folder / "model.json").write_text(text)
    with pytest.raises(BadInput, match="holds no price model of this program"):
        load(folder)


def test_a_model_of_another_edition_is_refused_as_such(folder: Path) -> None:
    reseal(folder, lambda it: it.__setitem__("edition", 0))
    with pytest.raises(BadInput, match="of another version") as refused:
        load(folder)
    assert refused.value.code == "model_foreign"


def reseal(folder: Path, change: Any) -> None:
    """Change a model and seal it anew, as somebody would who wants to be believed."""
    document = json.loads((folder / "model.json").read_text())
    change(document)
    document["trees"]["sha256"] = _sha((folder / "trees.npz").read_bytes())
    document["sha256"] = _NO_SEAL
    (folder / "model.json").write_text(sealed(json.dumps(document, sort_keys=True)))


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it["model"]["coefficients"].__setitem__(3, -1.0),
        lambda it: it["model"]["coefficients"].pop(),
        lambda it: it["model"].__setitem__("level", "6"),
        lambda it: it["model"].__setitem__("level", True),
        lambda it: it["model"]["ranges"]["new"].__setitem__("low", [0.5, 0.5, 0.5]),
        lambda it: it["model"]["ranges"].pop("known"),
        lambda it: it["model"]["shape"]["launch_knots"].reverse(),
        lambda it: it["model"]["card"].pop("version"),
        lambda it: it["trees"].__setitem__("depth", 10**9),
        lambda it: it.__setitem__("model", None),
    ],
)
def test_what_no_training_makes_is_refused_though_its_seal_fits(folder: Path, change: Any) -> None:
    reseal(folder, change)
    with pytest.raises(BadInput) as refused:
        load(folder)
    assert refused.value.code == "model_damaged"


@pytest.mark.parametrize("name", ["left", "right", "feature", "threshold", "value"])
def test_trees_that_lead_nowhere_are_refused_though_their_seal_fits(folder: Path, name: str) -> None:
    nodes = _nodes(folder)
    nodes[name][0, 0] = -1 if name in {"left", "right", "feature"} else np.nan
    _refused(folder, nodes)


@pytest.mark.parametrize("side", ["left", "right"])
def test_trees_whose_branches_meet_again_are_refused(folder: Path, side: str) -> None:
    """A walk over all of them would take as many steps as there are ways through."""
    nodes = _nodes(folder)
    nodes[side][0, 0] = nodes["right" if side == "left" else "left"][0, 0]
    _refused(folder, nodes)


def test_trees_of_another_form_are_refused(folder: Path) -> None:
    _refused(folder, _nodes(folder)["value"])


def test_an_array_that_would_run_code_is_never_opened(folder: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return pytest.fail, ("it was run",)

    np.savez_compressed(folder / "trees.npz", allow_pickle=True, nodes=np.array([Trap()], dtype=object))
    reseal(folder, lambda _: None)
    with pytest.raises(BadInput, match="damaged"):
        load(folder)


def _nodes(folder: Path) -> Any:
    with np.load(folder / "trees.npz") as arrays:
        return arrays["nodes"].copy()


def _refused(folder: Path, nodes: Any) -> None:
    np.savez_compressed(folder / "trees.npz", nodes=nodes)
    reseal(folder, lambda _: None)
    with pytest.raises(BadInput, match="damaged"):
        load(folder)
