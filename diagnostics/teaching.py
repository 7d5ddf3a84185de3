"""What no table has a name for, and keeping the name that a person gives it: the same for the phones of all makers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.model import Platform, Quality

if TYPE_CHECKING:
    from diagnostics.model import Problem, Reading

FILES = {Platform.ANDROID: "android-names.toml", Platform.IOS: "iphone-names.toml"}
"""What the files in the data folder are called that keep the names."""
_MODEL, _COLOUR = "identity.model", "identity.colour"
_BETWEEN = ", "
"""Between model code and codename in the evidence of an Android phone's name."""
_NOT_IN_A_TABLE = frozenset({"unknown_code", "bad_names"})


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A model that no table knows, or a colour of a model.

    Attributes:
        platform: Whose codes these are.
        model: The model code: ``ro.product.model``, or Apple's product type.
        device: An Android phone's codename; ``""`` where it tells none.
        colour: The code of an iPhone's housing, where its colour is what nobody knows.
        called: The name of the model, where that is known.
    """

    platform: Platform
    model: str
    device: str = ""
    colour: str = ""
    called: str = ""

    @property
    def code(self) -> str:
        """The code that has no name."""
        return self.colour or self.model


def unnamed(reading: Reading | None) -> Unnamed | None:
    """Return what a phone tells of itself that nobody knows by name; ``None`` where there is nothing to name.

    The model goes before its colour.
    """
    if reading is None or not reading.identity.model_code:
        return None
    return _unnamed_iphone(reading) if reading.platform is Platform.IOS else _unnamed_android(reading)


def _unnamed_iphone(reading: Reading) -> Unnamed | None:
    identity = reading.identity
    model = Unnamed(Platform.IOS, identity.model_code or "", called=identity.model or "")
    if identity.model is None:
        return model if any(problem.field == _MODEL for problem in _not_in_a_table(reading)) else None
    told = (p.params.get("housing", "") for p in _not_in_a_table(reading) if p.field == _COLOUR)
    colour = next((code for code in told if code), "")
    return replace(model, colour=colour) if colour else None


def _not_in_a_table(reading: Reading) -> list[Problem]:
    return [problem for problem in reading.problems if problem.code in _NOT_IN_A_TABLE]


def _unnamed_android(reading: Reading) -> Unnamed | None:
    evidence = reading.evidence.get(_MODEL)
    if reading.platform is not Platform.ANDROID or evidence is None or evidence.quality is not Quality.HINT:
        return None
    return Unnamed(Platform.ANDROID, reading.identity.model_code or "", evidence.raw.partition(_BETWEEN)[2])


def platform_of(model: str) -> Platform:
    """Return whose code a person typed: Apple's have a shape of their own."""
    from diagnostics.apple.names import is_code

    return Platform.IOS if is_code(model) else Platform.ANDROID


def to_be_kept(what: Unnamed) -> Unnamed:
    """Return what a name is to be kept for: the codename counts only where several phones carry the model code."""
    from diagnostics.android.naming import is_shared

    model, device = what.model.strip(), what.device.strip()
    shared = what.platform is Platform.ANDROID and is_shared(model)
    return replace(what, model=model, device=device if shared else "", colour=what.colour.strip())


def learn(folder: Path, what: Unnamed, name: str, shop: Path | None = None) -> bool:
    """Write a name into the shop's own file, in place of the one that stood there; it counts from the next reading on.

    Blocks, so never call it from the loop.

    Args:
        folder: The data folder.
        what: The model, or the colour.
        name: What stands on the box; of a colour its name.
        shop: The folder that all benches share; ``None`` for none.

    Returns:
        Whether it is where it belongs: ``False`` where the shared folder cannot be written. It counts on this bench
        then, and is handed on at a later reading.

    Raises:
        BadInput: The name or a code cannot be one, or the file cannot be used as it is: nothing was written.
        OSError: The file cannot be written.
    """
    from diagnostics.android import names as android
    from diagnostics.apple import names as apple

    file = FILES[what.platform]
    path, shared = folder / file, shop / file if shop else None
    if what.platform is Platform.IOS:
        return apple.learn(path, what.model, name, colour=what.colour, shop=shared)
    return android.learn(path, what.model, name, device=what.device, shop=shared)
