"""Names on the box for model codes: a shop's own, those that came with the program, and Google Play's list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from diagnostics.android.names import NONE, Names
from diagnostics.android.rules import name_of
from resources.opening import read_bytes

_LIST = "android/names.tsv"
_LONGEST_CODE = 80


@dataclass(frozen=True, slots=True)
class Known:
    """What a table says.

    Attributes:
        name: The name on the box.
        source: Which table, and by what.
        typed: Whether a person of the shop wrote it down.
    """

    name: str
    source: str
    typed: bool = False


def own_name(model: str, device: str, names: Names = NONE) -> Known | None:
    """Return what a person of the shop called this phone."""
    name = names.name_of(model, device)
    return Known(name, "own names: ro.product.model", typed=True) if name else None


def table_name(model: str, device: str) -> Known | None:
    """Return the name that the tables have.

    Some 400 codes belong to several phones (KM5, A1), so Google Play's list is asked by the pair of model and
    codename, and by the model alone only where all its phones have one name.
    """
    if name := name_of(model):
        return Known(name, "table by ro.product.model")
    if not model or len(model) > _LONGEST_CODE:
        return None
    listed = dict(_listed(model))
    if name := listed.get(device):
        return Known(name, "Google Play's list by ro.product.model and ro.product.device")
    names = set(listed.values())
    return Known(names.pop(), "Google Play's list by ro.product.model") if len(names) == 1 else None


def is_shared(model: str) -> bool:
    """Return whether several phones carry a model code, so that it takes the codename to tell them apart."""
    return bool(model) and len(model) <= _LONGEST_CODE and len(dict(_listed(model))) > 0


def _listed(model: str) -> Iterator[tuple[str, str]]:
    """Yield codename and name of each phone with a model code; a look into bytes, for a dict of them takes 10 MB."""
    data, key = _data(), f"\n{model}\t".encode()
    at = data.find(key)
    while at >= 0:
        start = at + len(key)
        device, _, name = data[start : data.index(b"\n", start)].decode().partition("\t")
        yield device, name
        at = data.find(key, start)


@cache
def _data() -> bytes:
    return b"\n" + read_bytes(_LIST)
