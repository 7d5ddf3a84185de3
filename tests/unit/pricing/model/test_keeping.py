"""A model on the disk: it comes back as it was, and nothing that is not whole and ours is taken."""

from __future__ import annotations

import io
import json
import os
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from diagnostics.errors import BadInput
from pricing.model import keeping
from pricing.model.columns import Columns
from pricing.model.keeping import _NO_SEAL, NODES, _sha, load, save, sealed
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
        lambda it: it["model"]["ranges"]["new"].__setitem__("aged", -1.0),
        lambda it: it["model"]["shape"]["launch_knots"].reverse(),
        lambda it: it["model"]["card"].pop("version"),
        lambda it: it["trees"].__setitem__("depth", 10**9),
        lambda it: it["trees"].__setitem__("depth", 1),
        lambda it: it.__setitem__("model", None),
    ],
)
def test_what_no_training_makes_is_refused_though_its_seal_fits(folder: Path, change: Any) -> None:
    reseal(folder, change)
    with pytest.raises(BadInput) as refused:
        load(folder)
    assert refused.value.code == "model_damaged"


NUMBERS: list[tuple[str, Any]] = [
    ("level", 1000.0),
    ("level", -20.0),
    ("level", 10**400),
    ("usual", 1e300),
    ("slope", 1e6),
    ("coefficients", [1e300] * 60),
    ("numbered", ["apple"] * 5),
    ("brands > apple", 500.0),
    ("tokens > apple|pro", -500.0),
    ("slopes > apple", 99.0),
    ("places", {}),
    ("places > LT", 0.1),
    ("places > a|b|c", 1.0),
    ("places > FR|EUR", 50.0),
    ("months > FR|EUR", {"24290": 99.0}),
    ("months > FR|EUR", {"99999999999999999999": 1.0}),
    ("months > Paris", {"24290": 0.1}),
    ("models > ? > effect", 500.0),
    ("models > ? > launch_day", 1e300),
    ("models > ? > launch_day", -1.0),
    ("models > ? > launch_prices", {"128": 0.0}),
    ("models > ? > launch_prices", {"-1": 5.0}),
    ("models > ? > launch_prices", {"128": 1e300}),
    ("models > ? > counts", {"FR": 5}),
    ("shape > fills > age", 1e308),
    ("shape > fills > battery", -1.0),
    ("shape > launch", [-1e9, 1e9]),
    ("shape > vintage_knots", [-1e300, 0.0, 1e300]),
    ("card > days", [1, 10**9]),
    ("card > days", [739000, 738000]),
    ("card > days", [0, 739000]),
    ("card > version", "../../x\n<b>"),
    ("card > scores", [dict.fromkeys(("split", "rows", "r2", "mape", "coverage", "width"), "x")]),
    ("ranges > known > low", [-1e9, -1e9, -1e9]),
    ("ranges > new > high", [1e9, 1e9, 1e9]),
    ("ranges > new > difficulty > level", 800.0),
]
"""Where in a model, and what; ``?`` is the first phone model."""


@pytest.mark.parametrize(
    ("where", "value"), NUMBERS, ids=[f"{n}-{case[0]}" for n, case in enumerate(NUMBERS)]
)
def test_numbers_that_no_price_comes_from_are_refused_though_their_seal_fits(
    folder: Path, where: str, value: Any
) -> None:
    def change(document: Any) -> None:
        place, names = document["model"], where.split(" > ")
        for name in names[:-1]:
            place = place[min(place) if name == "?" else name]
        place[names[-1]] = value

    reseal(folder, change)
    with pytest.raises(BadInput) as refused:
        load(folder)
    assert refused.value.code == "model_damaged"


def test_numbers_that_are_each_right_and_too_much_together_are_refused(folder: Path) -> None:
    """No single one is out of its bounds, but an amount of 28 digits could not hold the price."""

    def change(document: Any) -> None:
        model = document["model"]
        model["places"] = {"VN|VND": 9.0}
        model["level"], model["months"] = 20.0, {}
        model["brands"] = dict.fromkeys(model["brands"], 9.0)
        model["tokens"] = dict.fromkeys(model["tokens"], 9.0)

    reseal(folder, change)
    with pytest.raises(BadInput, match="its dearest phone cannot be"):
        load(folder)


def test_a_market_in_a_currency_of_many_zeros_is_as_good_as_any(folder: Path) -> None:
    def change(document: Any) -> None:
        document["model"]["places"]["VN|VND"] = 10.1
        document["model"]["places"]["|"] = 0.0

    reseal(folder, change)
    assert "VN|VND" in load(folder).places


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


@pytest.mark.parametrize("change", [lambda it: it[:0], lambda it: it[:, :0]], ids=["trees", "nodes"])
def test_trees_without_what_they_are_said_to_have_are_refused(folder: Path, change: Any) -> None:
    _refused(folder, change(_nodes(folder)))


def test_leaves_of_huge_numbers_are_refused(folder: Path) -> None:
    nodes = _nodes(folder)
    nodes["value"][0] = 1e308
    _refused(folder, nodes)


def test_one_long_branch_is_refused(folder: Path) -> None:
    """A walk calls itself at each step; a thousand of them is the end of a program."""
    nodes = np.zeros((1, 2001), dtype=_nodes(folder).dtype)
    place = np.arange(2001)
    nodes["left"], nodes["right"] = place, place
    nodes["left"][0, :-1:2], nodes["right"][0, :-1:2] = place[1::2], place[2::2]
    np.savez_compressed(folder / "trees.npz", nodes=nodes)
    reseal(folder, lambda it: it["trees"].__setitem__("depth", 1000))
    with pytest.raises(BadInput, match="too deep"):
        load(folder)


def _stating(shape: tuple[int, ...], dtype: np.dtype[Any], body: bytes) -> bytes:
    """Return an array's file whose first line states a shape, whatever follows."""
    file = io.BytesIO()
    stated = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, stated)
    return file.getvalue() + body


@pytest.mark.parametrize("shape", [(10**8, 10**4), (10**9, 10**9), (200_000, 200_000), (-1, 5), (10**30, 1)])
def test_trees_that_state_more_than_there_is_cost_no_memory(
    folder: Path, shape: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        keeping, "_LIMIT", 1 << 20
    )  # room for so much is asked for, and hardly used, before it is read
    with zipfile.ZipFile(folder / "trees.npz", "w") as archive:
        archive.writestr("nodes.npy", _stating(shape, NODES, bytes(100)))
    reseal(folder, lambda _: None)
    assert _peak_of_refusal(folder) < 8 << 20


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_trees_that_unpack_to_very_much_cost_no_memory(
    folder: Path, way: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_LIMIT", 1 << 20)
    count = 20_000
    with zipfile.ZipFile(folder / "trees.npz", "w", way) as archive:
        archive.writestr("nodes.npy", _stating((count, 100), NODES, bytes(count * 100 * NODES.itemsize)))
    reseal(folder, lambda _: None)
    assert _peak_of_refusal(folder) < 8 << 20


def _peak_of_refusal(folder: Path) -> int:
    tracemalloc.start()
    try:
        with pytest.raises(BadInput) as refused:
            load(folder)
        assert refused.value.code == "model_damaged"
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("file", ["model.json", "trees.npz"])
def test_a_pipe_in_a_models_place_holds_nobody_up(folder: Path, file: str) -> None:
    (folder / file).unlink()
    os.mkfifo(folder / file)
    with pytest.raises(BadInput, match="not an ordinary file") as refused:
        load(folder)
    assert refused.value.code == "model_absent"


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
