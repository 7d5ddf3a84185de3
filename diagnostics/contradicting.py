"""Whether two readings are of two phones, though both phones tell one serial. Pure.

A serial is a phone's own, until a maker gives one to many. Then something else in what they tell differs that cannot
change on one phone: its IMEIs, its chip's number, its storage, its model, its maker's USB id in one and the same mode.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from diagnostics.model import Platform, Quality, Reading
from resources.opening import load_toml

_ECID = "identity.serial@ecid"
_CODE = re.compile(r"[A-Z]{1,4}-?[A-Z0-9]*\d[A-Z0-9]*(?:-\d+)?")
"""A maker's model code, such as SM-G991B, M2101K6G, XT2041-1: the same in every protocol, unlike a name."""
_FAR = 2
"""Two protocols that both estimate the size on the box may be one box apart, never two."""


def contradict(earlier: Reading, now: Reading) -> str | None:
    """Return by what two readings are not one phone's, in a word; ``None`` where they may be."""
    return next((word for word, differs in _RULES.items() if differs(earlier, now)), None)


def _platforms(one: Reading, other: Reading) -> bool:
    both = {one.platform, other.platform}
    return len(both) > 1 and Platform.UNKNOWN not in both


def _ecids(one: Reading, other: Reading) -> bool:
    return _ECID in one.evidence and _ECID in other.evidence and _raws(_ECID, one, other)


def _imeis(one: Reading, other: Reading) -> bool:
    mine, theirs = ({r.identity.imei, r.identity.imei2} - {None} for r in (one, other))
    return bool(mine) and bool(theirs) and not mine & theirs


def _sizes(one: Reading, other: Reading) -> bool:
    sizes = [size for r in (one, other) if (size := r.storage.capacity_gb)]
    if len(sizes) != len((one, other)):
        return False
    alike = _are_of_one_source("storage.capacity_gb", one, other)
    return sizes[0] != sizes[1] if alike else max(sizes) > _FAR * min(sizes)


def _models(one: Reading, other: Reading) -> bool:
    name, codes = "identity.model_code", [r.identity.model_code for r in (one, other)]
    if None in codes or codes[0] == codes[1] or not _are_sound(name, one, other):
        return False
    return _are_of_one_source(name, one, other) or all(_CODE.fullmatch(code or "") for code in codes)


def _makers(one: Reading, other: Reading) -> bool:
    if one.usb.mode is None or one.usb.mode != other.usb.mode or one.platform is Platform.IOS:
        return False
    ids = [evidence.raw[:4] for r in (one, other) if (evidence := r.evidence.get("usb.mode"))]
    vendors = [load_toml("usb/modes.toml")["vendors"].get(vid, {}) for vid in ids]
    own = all(vendor.get("maker") and not vendor.get("shared") for vendor in vendors)
    return own and len(ids) == len((one, other)) and ids[0] != ids[1]


def _are_of_one_source(name: str, one: Reading, other: Reading) -> bool:
    mine, theirs = one.evidence.get(name), other.evidence.get(name)
    return mine is not None and theirs is not None and mine.source == theirs.source


def _are_sound(name: str, one: Reading, other: Reading) -> bool:
    """Return whether nothing but a hint stands behind neither value."""
    both = (one.evidence.get(name), other.evidence.get(name))
    return all(evidence is not None and evidence.quality is not Quality.HINT for evidence in both)


def _raws(name: str, one: Reading, other: Reading) -> bool:
    return one.evidence[name].raw.casefold() != other.evidence[name].raw.casefold()


_RULES: dict[str, Callable[[Reading, Reading], bool]] = {
    "platform": _platforms,
    "ecid": _ecids,
    "imei": _imeis,
    "storage": _sizes,
    "model": _models,
    "usb id": _makers,
}
