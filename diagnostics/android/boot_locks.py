"""The bootloader and signs of root: what the chain of trust says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnostics.android.asking import Answers
from diagnostics.android.parsers import packages
from diagnostics.android.refusals import explain, text
from diagnostics.android.rules import rules
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality

_SU = re.compile(r"^/\S*/su\s*$", re.MULTILINE)
_ENOUGH = 2
_FINGERPRINT = re.compile(r"([^/\s]{1,80})/[^/\s]{1,80}/([^/:\s]{1,80}):")


def fill(builder: ReadingBuilder, properties: Mapping[str, str], answers: Answers) -> None:
    """Put root, then the bootloader: a rooted phone can print any property, so its bootloader is but a hint."""
    signs = root_signs(properties, answers)
    if signs:
        raw = "; ".join(signs)
        builder.put("locks.root", LockState.ON, "signs of root", raw=raw, quality=Quality.HINT)
    else:
        builder.problem("locks.root", "not_proved_off")
    _fill_bootloader(builder, properties, Quality.HINT if signs else Quality.EXACT)
    if not builder.explained("locks.bootloader"):
        explain(builder, "locks.bootloader", answers, "getprop")


def root_signs(properties: Mapping[str, str], answers: Answers) -> list[str]:
    """Return what speaks for root; an empty list proves nothing, as root can be hidden."""
    rule = rules("root")
    signs = [
        f"{name}={properties[name]}"
        for name, values in rule["properties"].items()
        if properties.get(name, "").strip() in values
    ]
    if su := _SU.search(text(answers, "which_su")):
        signs.append(su[0].strip())
    return [*signs, *_foreign_name(properties), *packages.named(text(answers, "packages"), rule["packages"])]


def _foreign_name(properties: Mapping[str, str]) -> list[str]:
    """Return the build's fingerprint (brand/product/device:…) where it is another phone's, by brand and by device.

    Modules that hide root lend a phone the fingerprint of one that passes. Both must differ: Huawei's brands share one.
    """
    name = "ro.build.fingerprint"
    told = _FINGERPRINT.match(properties.get(name, ""))
    own = [properties.get(f"ro.product.{part}", "").strip().lower() for part in ("brand", "device")]
    if told and all(own) and told[1].lower() != own[0] and told[2].lower() != own[1]:
        return [f"{name}={told[0]}"]
    return []


def _fill_bootloader(builder: ReadingBuilder, properties: Mapping[str, str], quality: Quality) -> None:
    """Unlocked by any sign; locked where at least two agree that it is, and none speaks of foreign keys.

    Verified boot: green is the maker's own system on a locked bootloader, orange unlocked, yellow locked again with
    somebody else's key (https://source.android.com/docs/security/features/verifiedboot/boot-flow). A property that is
    missing is no sign of either.
    """
    said = {name: properties.get(name, "").strip().lower() for name in rules("bootloader")}
    raw = ", ".join(f"{name}={value}" for name, value in said.items() if value)
    verdicts = [_verdict(name, value) for name, value in said.items()]
    if "unlocked" in verdicts:
        builder.put("locks.bootloader", LockState.OFF, "getprop ro.boot", raw=raw, quality=quality)
    elif "foreign" in verdicts:
        builder.problem("locks.bootloader", "foreign_system")
    elif verdicts.count("locked") >= _ENOUGH:
        builder.put("locks.bootloader", LockState.ON, "getprop ro.boot", raw=raw, quality=quality)


def _verdict(name: str, value: str) -> str:
    return next((verdict for verdict, values in rules("bootloader")[name].items() if value in values), "")
